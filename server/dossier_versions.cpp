// A version is kept as the JSON it was answered as, in a file named by form, revision and period.
// Pages, Markdown and CSV are made from that JSON again, so they follow today's style while what
// they say stays.

#include "server/dossier_versions.h"

#include <algorithm>
#include <array>
#include <tuple>
#include <utility>

#include "corpus/sha256.h"
#include "server/dossier.h"
#include "server/json_private.h"
#include "server/url.h"

namespace khom::server {

namespace {

constexpr std::string_view digest_key = ",\"digest\":\"";

/// EDTF's signs as letters that a file's name may have, and back.
constexpr std::array<std::pair<char, char>, 4> signs = {
    {{'~', 'a'}, {'?', 'u'}, {'%', 'b'}, {'X', 'x'}}};
enum class Way { to_file, from_file };
std::string date_text(std::string date, Way way) {
    for (auto& c : date) {
        for (const auto& [sign, letter] : signs) {
            if (c == (way == Way::to_file ? sign : letter)) {
                c = way == Way::to_file ? letter : sign;
                break;
            }
        }
    }
    return date;
}

/// "unesco-award-2024_17_2020-09-24_": an open end is empty.
std::string file_name(const std::string& id, std::uint64_t revision, const std::string& from,
                      const std::string& to) {
    return id + "_" + std::to_string(revision) + "_" + date_text(from, Way::to_file) + "_" +
           date_text(to, Way::to_file);
}

/// The digest a JSON names, and that it is its own; empty where it is not.
std::string digest_of(const std::string& json) {
    const auto at = json.find(digest_key);
    const auto end = at == std::string::npos ? at : json.find('"', at + digest_key.size());
    if (end == std::string::npos) return {};
    const auto begin = at + digest_key.size();
    auto digest = json.substr(begin, end - begin);
    const auto rest = json.substr(0, at) + json.substr(end + 1);
    return digest == "sha256:" + corpus::sha256(rest) ? digest : std::string();
}

std::optional<DossierVersionName> parse_name(const std::string& file, const std::string& id) {
    if (file.compare(0, id.size() + 1, id + "_") != 0) return std::nullopt;
    const auto first = file.find('_', id.size() + 1);
    const auto second = first == std::string::npos ? first : file.find('_', first + 1);
    if (second == std::string::npos) return std::nullopt;
    DossierVersionName name;
    for (auto at = id.size() + 1; at < first; ++at) {
        if (file[at] < '0' || file[at] > '9') return std::nullopt;
        name.revision = name.revision * 10 + static_cast<std::uint64_t>(file[at] - '0');
    }
    name.from = date_text(file.substr(first + 1, second - first - 1), Way::from_file);
    name.to = date_text(file.substr(second + 1), Way::from_file);
    return name;
}

tl::unexpected<graph::Refusal> not_kept(const KeptTexts* kept, const query::Dossier& today,
                                        std::uint64_t revision) {
    std::string which;
    for (const auto& name :
         kept == nullptr ? std::vector<DossierVersionName>() : kept_dossiers(*kept, today.id)) {
        if (name.from == today.from && name.to == today.to) {
            which += (which.empty() ? "" : ", ") + std::to_string(name.revision);
        }
    }
    return graph::refuse(graph::RefusalCode::entity_not_found,
                         "Revision " + std::to_string(revision) +
                             " of this dossier was not kept for this period. " +
                             (which.empty() ? "None was" : "Kept: " + which) +
                             "; today's is revision " + std::to_string(today.revision) + ".");
}

}  // namespace

DossierVersionName name_of(const DossierVersion& version) {
    const auto& dossier = version.dossier;
    return {dossier.revision, dossier.from, dossier.to, version.digest};
}

graph::Result<DossierVersion> find_dossier(const query::Reading& reading, const KeptTexts* kept,
                                           const std::string& id, const DossierWanted& wanted) {
    const auto form = dossier_form(id);
    if (!form) return tl::unexpected(form.error());
    auto made = query::dossier(reading, **form, wanted.question);
    if (!made) return tl::unexpected(made.error());
    const auto revision = wanted.revision == 0 ? made->revision : wanted.revision;
    auto text =
        kept == nullptr ? std::nullopt : kept->find(file_name(id, revision, made->from, made->to));
    if (text) {
        auto digest = digest_of(*text);
        if (digest.empty()) throw graph::Fault("the kept dossier " + id + " is damaged");
        auto dossier = dossier_from_json(*text);
        return DossierVersion{std::move(dossier), std::move(*text), std::move(digest), true};
    }
    if (revision != made->revision) return not_kept(kept, *made, revision);
    auto json = dossier_json(*made);
    auto digest = digest_of(json);
    return DossierVersion{std::move(*made), std::move(json), std::move(digest), false};
}

graph::Result<KeptTexts::Outcome> keep_dossier(KeptTexts& kept, const DossierVersion& version) {
    const auto name = name_of(version);
    return kept.keep(file_name(version.dossier.id, name.revision, name.from, name.to),
                     version.json);
}

std::string version_query(const DossierVersionName& name) {
    auto query = "?rev=" + std::to_string(name.revision);
    if (!name.from.empty()) query += "&from=" + percent_encoded(name.from);
    if (!name.to.empty()) query += "&to=" + percent_encoded(name.to);
    return query;
}

std::vector<DossierVersionName> kept_dossiers(const KeptTexts& kept, const std::string& id) {
    std::vector<DossierVersionName> all;
    for (const auto& file : kept.names()) {
        if (auto name = parse_name(file, id)) {
            const auto text = kept.find(file);
            name->digest = text ? digest_of(*text) : std::string();
            all.push_back(std::move(*name));
        }
    }
    std::sort(all.begin(), all.end(), [](const auto& one, const auto& other) {
        return std::tie(one.revision, one.from, one.to) <
               std::tie(other.revision, other.from, other.to);
    });
    return all;
}

std::string dossier_versions_json(const KeptTexts& kept, const std::string& id,
                                  const query::Reading& reading) {
    JsonText text;
    auto& json = text.writer;
    json.StartObject();
    member(json, "rev", graph::number(reading.graph().revision()));
    member(json, "id", id);
    json.Key("versions");
    json.StartArray();
    for (const auto& name : kept_dossiers(kept, id)) {
        json.StartObject();
        member(json, "rev", name.revision);
        member(json, "from", name.from);
        member(json, "to", name.to);
        member(json, "digest", name.digest);
        json.EndObject();
    }
    json.EndArray();
    json.EndObject();
    return text.str();
}

}  // namespace khom::server
