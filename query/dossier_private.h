#pragma once

// What the parts of a dossier share: the judged statements of the graph, and the one numbered list
// of sources.

#include <map>
#include <string>
#include <vector>

#include "query/dossier.h"

namespace khom::query {

/// One statement of the graph with what decides whether it counts.
struct JudgedStatement {
    graph::RelationshipId relationship{};
    graph::Endpoints ends;
    std::string id, type;  ///< "s-…", "organized_by"
    Judgement judgement;
};

/// All statements that touch the window, in the order of their ids, and the record of those that
/// the dossier names.
class DossierRecord {
  public:
    DossierRecord(const Reading& reading, const graph::TimeWindow& window, Fit fit);

    const Reading& reading;
    const graph::TimeWindow window;
    const Fit fit;
    std::vector<JudgedStatement> statements;

    /// Puts the statement into the dossier with its sentence and sources, once; gives its id.
    const std::string& name(const JudgedStatement& statement);
    /// The numbers of sources, each listed once by id and locator.
    std::vector<std::size_t> numbers(const std::vector<SourceRef>& cited);
    /// How many different sources the statements have.
    std::size_t sources_of(const std::vector<std::string>& ids) const;

    std::map<std::string, EvidenceLine> lines;
    std::vector<SourceRef> sources;

  private:
    std::map<std::pair<std::string, std::string>, std::size_t> numbered_;
};

DossierSection section_of(DossierRecord& record, const DossierTemplate& form,
                          const SectionTemplate& section);
std::vector<AreaCoverage> areas_of(DossierRecord& record, const DossierTemplate& form);
std::vector<DossierPartner> partners_of(DossierRecord& record);
std::vector<DossierProgramme> programmes_of(DossierRecord& record);
std::vector<DossierFigure> figures_of(DossierRecord& record, const DossierTemplate& form);
std::vector<DossierPlace> places_of(DossierRecord& record);

Coverage coverage(const DossierTemplate& form, std::size_t counted, std::size_t sources);

}  // namespace khom::query
