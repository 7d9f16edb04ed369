#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "graph/failure.h"
#include "query/dossier_template.h"
#include "query/entity.h"
#include "query/evidence.h"
#include "query/reading.h"

namespace khom::query {

struct DossierQuestion {
    std::string from, to;  ///< EDTF dates within the template's window; empty: its own
    /// A Thai fiscal year, Buddhist: 2567 is 1 October 2023 to 30 September 2024. 0: none; not
    /// together with `from` or `to`.
    int fiscal_year = 0;
};

/// A statement as it stands in a dossier: a sentence with numbered sources.
struct EvidenceLine {
    std::string id;  ///< "s-…"
    Wording sentence;
    std::string certainty;
    std::vector<std::size_t> sources;  ///< numbers, 1 is the first of `Dossier::sources`
    std::vector<Doubt> why;            ///< empty where it counts
};

/// One of the things that a claim counts, and every counted statement that speaks of it.
struct Counted {
    EntityRef entity;  ///< of a sector only the id and the names
    std::vector<std::string> statements;
};

struct Claim {
    std::string id;
    Wording text;  ///< with its number
    std::size_t count = 0;
    std::vector<Counted> counted;       ///< `count` of them
    std::vector<std::string> evidence;  ///< `count` statements, one for each of `counted`
    std::string query;  ///< Cypher that finds the statements, window and standing apart
};

enum class Coverage { evidenced, thin, missing };
/// "evidenced", "thin", "missing".
const char* name(Coverage coverage);
/// "evidenced" / "มีหลักฐาน".
Wording wording(Coverage coverage);

struct DossierSection {
    std::string id;
    Wording title, asks;
    Coverage status = Coverage::missing;
    Wording reason;                       ///< by which rule
    std::vector<Claim> claims;            ///< those that count something
    std::vector<Wording> gaps;            ///< what is missing, and what would fill it
    std::vector<std::string> to_confirm;  ///< statements that would speak for it
    std::size_t words_max = 0;
    Wording answer;            ///< the claims as one text, to start the form's answer from
    std::size_t words_en = 0;  ///< of `answer`, as words between spaces
};

struct AreaCoverage {
    EntityRef area;
    Coverage status = Coverage::missing;
    std::vector<EntityRef> programmes;
    std::vector<std::string> evidence, to_confirm;
};

struct DossierPartner {
    EntityRef entity;
    std::string sector;
    std::map<int, std::size_t> years;  ///< programmes that began in that year
    std::vector<std::string> evidence;
};

struct DossierProgramme {
    EntityRef entity;
    TimeLabel time;
    Wording summary;
    std::vector<EntityRef> partners, places;
    std::vector<std::size_t> sources;
};

/// A number with its date and source; never added up here, since one may contain another.
struct DossierFigure {
    EntityRef entity;
    Wording name;
    graph::Value value;
    std::string time;
    std::vector<std::size_t> sources;
    std::vector<Doubt> why;
};

struct DossierPlace {
    EntityRef entity;
    Point point;
    std::size_t programmes = 0;
};

struct Dossier {
    std::uint64_t revision = 0;
    std::string id;
    Wording title, about;
    std::string from, to;  ///< the window that counts
    Wording period;        ///< in both calendars
    Wording rule;          ///< how a status comes about
    std::vector<DossierSection> sections;
    std::vector<AreaCoverage> areas;
    std::vector<DossierPartner> partners;      ///< by sector, then by programmes, falling
    std::vector<DossierProgramme> programmes;  ///< oldest first
    std::vector<DossierFigure> figures;
    std::vector<DossierPlace> places;
    std::map<std::string, EvidenceLine> statements;  ///< all that are named above
    std::vector<SourceRef> sources;                  ///< numbered from 1, in order of first use
};

/// Evidence for a form. Only what is dated surely within the window, done and not doubtful counts;
/// the rest stands under `to_confirm`. A sector-group is never counted as a partner. The same
/// revision gives the same answer. Refuses: argument_error naming `from` or `to` (no date, Buddhist
/// year, outside the template's window, missing where it needs one). Cost: linear in the graph.
graph::Result<Dossier> dossier(const Reading& reading, const DossierTemplate& form,
                               const DossierQuestion& question);

}  // namespace khom::query
