#include "corpus/known_names.h"

#include <algorithm>
#include <array>

#include "corpus/validate.h"
#include "index/canonical.h"
#include "index/sound.h"

namespace khom::corpus {

namespace {

constexpr std::array<const char*, 2> own_names = {"name_en", "name_th"};
constexpr std::array<const char*, 3> aliases = {"aliases_en", "aliases_th", "aliases_other"};
constexpr std::size_t shortest_sound = 4;  // characters: shorter sounds meet by chance

std::string letters_of(std::string_view text) {
    return index::squashed(index::canonical(text).text);
}

std::string sound_of(const std::string& letters) {
    auto sound = index::sound_key(letters);
    return index::code_points(sound).size() < shortest_sound ? std::string() : sound;
}

bool is_among(const std::vector<std::string>& kinds, const std::string& id) {
    return std::find(kinds.begin(), kinds.end(), kind_of(id)) != kinds.end();
}

void keep_best(std::vector<KnownNames::Near>& all, KnownNames::Near one) {
    const auto known =
        std::find_if(all.begin(), all.end(), [&](const auto& other) { return other.id == one.id; });
    if (known == all.end()) {
        all.push_back(std::move(one));
    } else if (known->score < one.score) {
        *known = std::move(one);
    }
}

void order(std::vector<KnownNames::Near>& all, std::size_t most) {
    std::sort(all.begin(), all.end(), [](const auto& a, const auto& b) {
        return a.score != b.score ? a.score > b.score : a.id < b.id;
    });
    all.resize(std::min(all.size(), most));
}

}  // namespace

KnownNames::KnownNames(const graph::Snapshot& graph) {
    for (const auto node : graph.nodes()) {
        const auto id =
            std::string(graph::string_or_empty(graph.property(node, graph::public_id_key)));
        const auto time = graph.property(node, "time");
        const auto subtype = graph.property(node, "subtype");
        facts_[id] = {std::string(graph::string_or_empty(time)),
                      std::string(graph::string_or_empty(subtype))};
        for (const auto* key : own_names) {
            const auto name = graph.property(node, key);
            add(id, graph::string_or_empty(name), true);
        }
        for (const auto* key : aliases) {
            const auto list = graph.property(node, key);
            for (const auto alias : graph::strings_of(list)) {
                add(id, alias, false);
            }
        }
    }
}

void KnownNames::add(const Record& entity) {
    const auto& id = entity.at("id");
    auto& facts = facts_[id];
    facts.time = entity.at("time").empty() ? facts.time : entity.at("time");
    facts.subtype = entity.at("subtype").empty() ? facts.subtype : entity.at("subtype");
    for (const auto* column : own_names) {
        add(id, entity.at(column), true);
    }
    for (const auto* column : aliases) {
        for (const auto& alias : split_list(entity.at(column))) {
            add(id, alias, false);
        }
    }
}

void KnownNames::add(const std::string& id, std::string_view text, bool own) {
    const auto letters = letters_of(text);
    if (letters.empty()) {
        return;
    }
    names_.push_back({id, std::string(text), own});
    by_letters_.emplace(letters, names_.size() - 1);
    if (auto sound = sound_of(letters); !sound.empty()) {
        by_sound_.emplace(std::move(sound), names_.size() - 1);
    }
}

std::vector<std::string> KnownNames::called(std::string_view text,
                                            const std::vector<std::string>& kinds) const {
    if (const auto id = std::string(text); facts_.contains(id)) {
        return is_among(kinds, id) ? std::vector{id} : std::vector<std::string>();
    }
    std::vector<std::string> own, others;
    const auto [begin, end] = by_letters_.equal_range(letters_of(text));
    for (auto at = begin; at != end; ++at) {
        const auto& name = names_[at->second];
        auto& ids = name.own ? own : others;
        if (is_among(kinds, name.id) && std::find(ids.begin(), ids.end(), name.id) == ids.end()) {
            ids.push_back(name.id);
        }
    }
    auto& found = own.empty() ? others : own;
    std::sort(found.begin(), found.end());
    return found;
}

std::vector<KnownNames::Near> KnownNames::near(std::string_view text,
                                               const std::vector<std::string>& kinds) const {
    constexpr std::size_t most = 5, most_bytes = 300, most_edits = 2;
    const auto letters = letters_of(text.substr(0, most_bytes));
    const auto points = index::code_points(letters);
    const auto sound = sound_of(letters);
    std::vector<Near> all;
    for (const auto& name : names_) {
        if (!is_among(kinds, name.id)) {
            continue;
        }
        const auto other = letters_of(name.text);
        const auto other_points = index::code_points(other);
        const auto shorter = std::min(points.size(), other_points.size());
        if (shorter >= 3 && other == letters) {
            keep_best(all, {name.id, name.text, 1, "the same letters"});
        } else if (!sound.empty() && sound == sound_of(other)) {
            keep_best(all, {name.id, name.text, 0.9, "the same sound"});
        } else if (shorter >= 5 &&
                   index::edit_distance(points, other_points, most_edits) <= most_edits) {
            keep_best(all, {name.id, name.text, 0.8, "nearly the same letters"});
        } else if (shorter >= 4 && (other.find(letters) != std::string::npos ||
                                    letters.find(other) != std::string::npos)) {
            keep_best(all, {name.id, name.text, 0.6, "one contains the other"});
        }
    }
    order(all, most);
    return all;
}

std::vector<KnownNames::Near> KnownNames::resembling(const Record& entity) const {
    constexpr std::size_t most = 3;
    const std::vector<std::string> kinds = {kind_of(entity.at("id"))};
    std::vector<Near> all;
    const auto keep = [&](const auto& table, const std::string& key, double score,
                          const char* why) {
        const auto [begin, end] = table.equal_range(key);
        for (auto at = begin; at != end; ++at) {
            const auto& name = names_[at->second];
            if (name.id != entity.at("id") && is_among(kinds, name.id) && name.own) {
                keep_best(all, {name.id, name.text, score, "'" + name.text + "' " + why});
            }
        }
    };
    for (const auto* column : own_names) {
        const auto& text = entity.at(column);
        const auto letters = letters_of(text);
        if (letters.empty()) {
            continue;
        }
        keep(by_letters_, letters, 1, "has the same letters");
        if (const auto sound = sound_of(letters); !sound.empty()) {
            keep(by_sound_, sound, 0.8, "sounds the same");
        }
    }
    order(all, most);
    return all;
}

const KnownNames::Facts& KnownNames::facts_of(const std::string& id) const {
    static const Facts none;
    const auto found = facts_.find(id);
    return found == facts_.end() ? none : found->second;
}

const std::string& KnownNames::time_of(const std::string& id) const {
    return facts_of(id).time;
}

const std::string& KnownNames::subtype_of(const std::string& id) const {
    return facts_of(id).subtype;
}

}  // namespace khom::corpus
