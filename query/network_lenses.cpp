// A lens is named `<kinds>-by-<kind>`. Those that people ask for most have a name and say which
// statements link; the others take every type that the ontology allows between the two kinds.

#include <algorithm>
#include <array>

#include "query/nearest.h"
#include "query/network_private.h"

namespace khom::query {

namespace {

struct KindWords {
    std::string_view kind, many, one;
};

/// How kinds are spelt in the name of a lens; the second spelling of a kind is accepted, too.
constexpr std::array<KindWords, 10> kind_words = {{{"partner", "partners", "partner"},
                                                   {"program", "programmes", "programme"},
                                                   {"place", "places", "place"},
                                                   {"object", "objects", "object"},
                                                   {"person", "people", "person"},
                                                   {"theme", "themes", "theme"},
                                                   {"memory", "memories", "memory"},
                                                   {"source", "sources", "source"},
                                                   {"program", "programs", "program"},
                                                   {"person", "persons", "person"}}};

struct NamedLens {
    std::string_view node, via;
    std::vector<std::string> types;
};

const std::vector<NamedLens>& named() {
    static const std::vector<NamedLens> all = {
        {"partner", "program", {"organized_by", "has_participant", "funded_by", "supported_by"}},
        {"program", "theme", {"addresses", "aims_at"}},
        {"place", "program", {"held_at"}},
        {"object", "place", {"located_in", "originates_in"}},
        {"program", "partner", {"organized_by", "has_participant", "funded_by", "supported_by"}},
        {"program", "place", {"held_at"}},
        {"object", "program", {"uses_object", "produced", "part_of"}},
        {"theme", "program", {"addresses", "aims_at"}},
        {"partner", "theme", {"addresses", "aims_at"}},
        {"partner", "place", {"located_in", "stewards"}},
        {"person", "program", {"organized_by", "has_participant", "role_in"}},
        {"memory", "place", {"refers_to", "originates_in"}}};
    return all;
}

std::string lens_id(std::string_view node, std::string_view via) {
    const auto words = [](std::string_view kind) {
        return *std::ranges::find(kind_words, kind, &KindWords::kind);
    };
    return std::string(words(node).many) + "-by-" + std::string(words(via).one);
}

bool has(const std::vector<std::string>& words, std::string_view word) {
    return std::ranges::find(words, word) != words.end();
}

/// Every type the ontology allows between two kinds. A curator's judgement (evidences) is no link,
/// and what is documented links only through sources.
std::vector<std::string> types_between(const graph::Ontology& ontology, std::string_view node,
                                       std::string_view via) {
    std::vector<std::string> types;
    for (const auto& type : ontology.types) {
        const bool along = has(type.domain, node) && has(type.range, via);
        const bool against = has(type.domain, via) && has(type.range, node);
        if ((along || against) && type.id != "evidences") types.push_back(type.id);
    }
    return types;
}

std::string lowered(std::string text) {
    if (!text.empty() && text.front() >= 'A' && text.front() <= 'Z') {
        text.front() = static_cast<char>(text.front() - 'A' + 'a');
    }
    return text;
}

Lens lens_of(const graph::Ontology& ontology, std::string_view node, std::string_view via) {
    Lens lens;
    lens.id = lens_id(node, via);
    lens.node = std::string(node);
    lens.via = std::string(via);
    const auto known = std::ranges::find_if(
        named(), [&](const NamedLens& one) { return one.node == node && one.via == via; });
    lens.types = known != named().end() ? known->types : types_between(ontology, node, via);
    const auto* nodes = ontology.kind(node);
    const auto* vias = ontology.kind(via);
    if (nodes != nullptr && vias != nullptr) {
        lens.name = {nodes->many.en + " linked by the " + lowered(vias->many.en) + " they share",
                     nodes->many.th + "ที่มี" + vias->many.th + "ร่วมกัน"};
    }
    return lens;
}

}  // namespace

std::vector<Lens> lenses(const graph::Ontology& ontology) {
    std::vector<Lens> all;
    for (const auto& lens : named()) all.push_back(lens_of(ontology, lens.node, lens.via));
    return all;
}

graph::Result<Lens> find_lens(const graph::Ontology& ontology, std::string_view id) {
    for (const auto& node : kind_words) {
        for (const auto& via : kind_words) {
            const bool spelt = id.size() == node.many.size() + 4 + via.one.size() &&
                               id.starts_with(node.many) && id.ends_with(via.one) &&
                               id.substr(node.many.size(), 4) == "-by-";
            if (!spelt || node.kind == via.kind) continue;
            auto lens = lens_of(ontology, node.kind, via.kind);
            if (!lens.types.empty()) return lens;
        }
    }
    std::vector<std::string> names;
    for (const auto& lens : lenses(ontology)) names.push_back(lens.id);
    graph::Refusal refusal;
    refusal.code = graph::RefusalCode::entity_not_found;
    refusal.message = unknown_word(id.substr(0, 128), "network", names);
    refusal.parameter = "lens";
    return tl::unexpected(std::move(refusal));
}

}  // namespace khom::query
