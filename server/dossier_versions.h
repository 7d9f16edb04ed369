#pragma once

#include <optional>
#include <string>
#include <vector>

#include "query/dossier.h"
#include "query/reading.h"
#include "server/kept.h"

namespace khom::server {

/// Where the kept ones of a data folder lie, and how many there may be.
inline std::filesystem::path kept_dossiers_folder(const std::filesystem::path& data) {
    return data / "kept" / "dossiers";
}
inline constexpr std::size_t most_kept_dossiers = 1'000;

/// What of a dossier is asked for: today's, or the version that was kept at a revision.
struct DossierWanted {
    query::DossierQuestion question;
    std::uint64_t revision = 0;  ///< 0: today's
};

/// A dossier and the JSON that its digest is of. Of a kept one the JSON is as it was kept, whatever
/// this build would write.
struct DossierVersion {
    query::Dossier dossier;
    std::string json;
    std::string digest;    ///< "sha256:…"
    bool is_kept = false;  ///< whether it is on record under its revision
};

/// How a kept version is told from others.
struct DossierVersionName {
    std::uint64_t revision = 0;
    std::string from, to, digest;
};

DossierVersionName name_of(const DossierVersion& version);

/// Refuses: as query::dossier; entity_not_found for a form or a version that there is not, saying
/// which there are. Throws: graph::Fault if what was kept is not what its digest says.
graph::Result<DossierVersion> find_dossier(const query::Reading& reading, const KeptTexts* kept,
                                           const std::string& id, const DossierWanted& wanted);

/// Keeps a dossier to be cited. Refuses: storage_unavailable.
graph::Result<KeptTexts::Outcome> keep_dossier(KeptTexts& kept, const DossierVersion& version);

/// "?rev=7&from=2020-09-24": what follows `/dossiers/{id}` and `/v1/dossiers/{id}` to find a kept
/// version again.
std::string version_query(const DossierVersionName& name);

/// The kept versions of one form, oldest first.
std::vector<DossierVersionName> kept_dossiers(const KeptTexts& kept, const std::string& id);

/// A dossier from its own JSON. Throws: graph::Fault if it is none.
query::Dossier dossier_from_json(std::string_view json);

/// {"id", "versions": [{"rev", "from", "to", "digest"}]}
std::string dossier_versions_json(const KeptTexts& kept, const std::string& id,
                                  const query::Reading& reading);

}  // namespace khom::server
