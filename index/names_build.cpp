// Names are learnt once; what changes is learnt beside them, until it is worth to learn all anew.

#include <algorithm>
#include <cmath>
#include <set>
#include <utility>

#include "index/calendar.h"
#include "index/canonical.h"
#include "index/names_private.h"
#include "index/sound.h"

namespace khom::index {

namespace {

struct Field {
    const char* property;
    const char* field;
    bool own_name;
};

constexpr Field fields[] = {{"name_en", "name.en", true},
                            {"name_th", "name.th", true},
                            {"aliases_en", "aliases.en", false},
                            {"aliases_th", "aliases.th", false},
                            {"aliases_other", "aliases.other", false},
                            {"acronym", "aliases.en", false}};

std::string squashed_in_common_era(std::string_view plain) {
    return squashed(in_common_era(plain));
}

NameStarts starts_of(const std::vector<Name>& names, std::uint32_t first) {
    std::vector<std::string> texts(first);
    std::vector<NameStart> starts;
    for (std::uint32_t i = first; i < names.size(); ++i) {
        const auto plain = canonical(names[i].text).text;
        std::set<std::size_t> words = {0};  // bytes of the squashed name
        for (std::size_t at = plain.find(' '); at != std::string::npos;
             at = plain.find(' ', at + 1)) {
            words.insert(squashed(std::string_view(plain).substr(0, at)).size());
        }
        for (const auto& word : GenericWords::shipped().in_thai(plain)) {
            words.insert(squashed(std::string_view(plain).substr(0, word.end_bytes)).size());
        }
        const auto& text = names[i].squashed;
        for (std::size_t at = 0; at < std::min<std::size_t>(text.size(), 0xFFFF); ++at) {
            if (words.contains(at) ||
                (static_cast<unsigned char>(text[at]) >= 0x80 && cluster_begin(text, at) == at)) {
                starts.push_back({i, static_cast<std::uint16_t>(at), words.contains(at)});
            }
        }
        texts.push_back(text);
    }
    return {std::move(texts), std::move(starts)};
}

/// The byte behind the character that begins at one.
std::size_t next_character(std::string_view text, std::size_t at) {
    do {
        ++at;
    } while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80);
    return at;
}

NameStarts sounds_of(const std::vector<Name>& names, std::uint32_t first) {
    std::vector<std::string> texts(first);
    std::vector<NameStart> starts;
    for (auto i = first; i < names.size(); ++i) {
        texts.push_back(names[i].sound);
        starts.push_back({i, 0, true});
    }
    return {std::move(texts), std::move(starts)};
}

template <class Of>
std::vector<Vocabulary::Word> words_of(const std::vector<Name>& names, std::uint32_t first, Of of) {
    std::vector<Vocabulary::Word> words;
    for (auto i = first; i < names.size(); ++i) {
        if (!names[i].gone) {
            words.emplace_back(of(names[i]), 1);
        }
    }
    return words;
}

std::vector<std::pair<std::string, std::uint32_t>> numbered(const std::vector<Name>& names,
                                                            std::uint32_t first) {
    std::vector<std::pair<std::string, std::uint32_t>> all;
    for (auto i = first; i < names.size(); ++i) {
        if (!names[i].gone) {
            all.emplace_back(names[i].squashed, i);
        }
    }
    return all;
}

}  // namespace

Names::Tables::Tables(const std::vector<Name>& names, std::uint32_t from, Learnt learnt)
    : first(from),
      starts(starts_of(names, from)),
      sounds(sounds_of(names, from)),
      in_squashed(numbered(names, from)),
      spellings(words_of(names, from, [](const Name& name) { return name.squashed; })),
      sound_spellings(words_of(names, from, [](const Name& name) { return name.sound; })),
      across(learnt.romanisation, learnt.words) {
    for (auto i = from; i < names.size(); ++i) {
        const auto& name = names[i];
        if (name.gone) {
            continue;
        }
        const auto plain = canonical(name.text).text;
        by_squashed[name.squashed].push_back(i);
        by_sound[name.sound].push_back(i);
        if (auto era = squashed_in_common_era(plain); era != name.squashed) {
            by_era[std::move(era)].push_back(i);
        }
        across.add(i, plain);
    }
    choose_best(names);
}

std::span<const NameStart> Names::Tables::starts_with(std::string_view squashed) const {
    if (const auto best = best_.find(std::string(squashed)); best != best_.end()) {
        return best->second;
    }
    return starts.going_on_with(squashed);
}

void Names::Tables::choose_best(const std::vector<Name>& names) {
    constexpr std::size_t too_many = 4000, kept = 1000;
    const auto shortened = [&](std::span<const NameStart> range, std::size_t letters) {
        std::vector<NameStart> best(range.begin(), range.end());
        const auto worth = [&](const NameStart& start) {
            const auto& name = names[start.name];
            return start_score(start, name, letters) * (name.own_name ? 1 : alias_share) +
                   static_cast<double>(name.weight);
        };
        std::nth_element(best.begin(), best.begin() + kept, best.end(),
                         [&](const auto& a, const auto& b) {
                             const auto mine = worth(a), other = worth(b);
                             return mine != other ? mine > other : a.name < b.name;
                         });
        best.resize(kept);
        return best;
    };
    // Beginnings of one letter more at a time, as long as too many go on with them.
    std::vector<std::pair<std::string, std::size_t>> open = {{"", 0}};
    while (!open.empty()) {
        const auto [text, letters] = std::move(open.back());
        open.pop_back();
        const auto range = text.empty() ? starts.all() : starts.going_on_with(text);
        for (std::size_t i = 0; i < range.size();) {
            const auto rest = starts.rest(range[i]);
            if (rest.size() <= text.size()) {
                ++i;
                continue;
            }
            const auto end = next_character(rest, text.size());
            const auto longer = std::string(rest.substr(0, end));
            const auto going_on = starts.going_on_with(longer);
            if (going_on.size() > too_many) {
                best_.emplace(longer, shortened(going_on, letters + 1));
                open.emplace_back(longer, letters + 1);
            }
            i += std::max<std::size_t>(1, going_on.size());
        }
    }
}

Names::Names(const graph::Snapshot& graph, Learnt learnt) : learnt_(learnt) {
    for (const auto node : graph.nodes()) {
        add(graph, node);
    }
    tables_.push_back(std::make_shared<const Tables>(names_, 0, learnt_));
}

Names::Names(const Names& older, const graph::Snapshot& graph,
             const std::set<graph::NodeId>& changed)
    : learnt_(older.learnt_), names_(older.names_), tables_{older.tables_.front()} {
    const auto first = older.tables_.size() > 1 ? older.tables_.back()->first
                                                : static_cast<std::uint32_t>(names_.size());
    for (auto& name : names_) {
        if (!name.gone && changed.contains(name.node)) {
            name.gone = true;
            name.text.clear();
        }
    }
    for (const auto node : changed) {
        if (graph.has(node)) {
            add(graph, node);
        }
    }
    tables_.push_back(std::make_shared<const Tables>(names_, first, learnt_));
}

std::shared_ptr<const Names> Names::grown(const Names& older, const graph::Snapshot& graph,
                                          const std::set<graph::NodeId>& changed) {
    // Learning a name anew with each change costs as much as learning all anew once in a while.
    constexpr std::size_t few = 500, part = 32;
    const auto first = older.tables_.size() > 1 ? older.tables_.back()->first : older.names_.size();
    const auto gone = static_cast<std::size_t>(std::count_if(
        older.names_.begin(), older.names_.end(), [](const Name& name) { return name.gone; }));
    const auto newer = older.names_.size() - first + gone + changed.size();
    if (newer > few + first / part) {
        return std::make_shared<const Names>(graph, older.learnt_);
    }
    return std::shared_ptr<const Names>(new Names(older, graph, changed));
}

void Names::add(const graph::Snapshot& graph, graph::NodeId node) {
    std::set<std::string> known;
    const auto weight = static_cast<float>(std::log1p(static_cast<double>(graph.degree(node))));
    for (const auto& [property, field, own_name] : fields) {
        const auto value = graph.property(node, property);
        std::vector<std::string_view> texts = graph::strings_of(value);
        if (value.is(graph::ValueKind::string)) {
            texts.push_back(value.string());
        }
        for (const auto text : texts) {
            auto key = squashed(canonical(text).text);
            if (key.empty() || !known.insert(key).second) {
                continue;
            }
            auto sound = sound_key(key);
            const auto letters = code_points(key).size();
            names_.push_back({node, field, std::string(text), std::move(key), std::move(sound),
                              letters, weight, own_name});
        }
    }
}

}  // namespace khom::index
