#include "index/names.h"

#include <algorithm>
#include <set>
#include <utility>

#include "index/canonical.h"
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

double ratio(std::size_t part, std::size_t whole) {
    return whole == 0 ? 0 : static_cast<double>(part) / static_cast<double>(whole);
}

/// What is typed, in the forms names are compared in.
struct Typed {
    std::string squashed;
    std::string sound;
    std::u32string points, sound_points;
    std::size_t allowed_typos = 0;

    explicit Typed(std::string_view text)
        : squashed(index::squashed(canonical(text).text)),
          sound(sound_key(squashed)),
          points(code_points(squashed)),
          sound_points(code_points(sound)),
          allowed_typos(points.size() < 4   ? 0
                        : points.size() < 8 ? 1
                                            : 2) {}
};

/// Only three characters and more say something inside a longer name or text.
constexpr std::size_t least_inside = 3;

NameMatch compare(const Typed& typed, const Name& name) {
    NameMatch found{name.node, 0, Match::exact, 0};
    const auto at = name.squashed.find(typed.squashed);
    if (name.squashed == typed.squashed) {
        found.score = 100;
    } else if (at == 0) {
        found = {name.node, 50 + 40 * ratio(typed.points.size(), name.points.size()), Match::prefix,
                 0};
    } else if (at != std::string::npos && typed.points.size() >= least_inside &&
               cluster_begin(name.squashed, at) == at) {
        found = {name.node, 35 + 45 * ratio(typed.points.size(), name.points.size()), Match::exact,
                 0};
    } else if (!name.sound.empty() && name.sound == typed.sound) {
        found = {name.node, 85, Match::romanised, 0};
    } else if (typed.allowed_typos > 0) {
        const auto distance = edit_distance(typed.points, name.points, typed.allowed_typos);
        if (distance <= typed.allowed_typos) {
            found = {name.node, 70 - 8.0 * static_cast<double>(distance), Match::typo, 0};
        } else if (const auto by_sound = edit_distance(typed.sound_points, name.sound_points, 1);
                   by_sound <= 1 && typed.points.size() >= 5) {
            found = {name.node, 58, Match::typo, 0};
        } else if (name.sound.size() >= 5 && typed.sound.size() >= 5 &&
                   name.sound.rfind(typed.sound, 0) == 0) {
            found = {name.node, 30 + 30 * ratio(typed.sound.size(), name.sound.size()),
                     Match::romanised, 0};
        } else if (name.points.size() >= 5 &&
                   typed.squashed.find(name.squashed) != std::string::npos) {
            found = {name.node, 60 * ratio(name.points.size(), typed.points.size()), Match::exact,
                     0};
        } else if (name.sound.size() >= 5 && typed.sound.find(name.sound) != std::string::npos) {
            found = {name.node, 50 * ratio(name.sound.size(), typed.sound.size()), Match::romanised,
                     0};
        }
    }
    if (!name.own_name) {
        found.score *= 0.97;
    }
    return found;
}

bool word_begins(const Name& name, std::string_view typed) {
    const auto text = canonical(name.text).text;
    for (std::size_t at = text.find(' '); at != std::string::npos; at = text.find(' ', at + 1)) {
        if (squashed(std::string_view(text).substr(at)).rfind(typed, 0) == 0) {
            return true;
        }
    }
    return false;
}

NameMatch complete_with(const Typed& typed, const Name& name) {
    const double covered = ratio(typed.points.size(), name.points.size());
    const double alias = name.own_name ? 1 : 0.9;
    if (name.squashed == typed.squashed) {
        return {name.node, 100 * alias, Match::exact, 0};
    }
    const auto at = name.squashed.find(typed.squashed);
    if (at == 0) {
        return {name.node, (70 + 20 * covered) * alias, Match::prefix, 0};
    }
    if (at != std::string::npos && word_begins(name, typed.squashed)) {
        return {name.node, (55 + 20 * covered) * alias, Match::prefix, 0};
    }
    if (at != std::string::npos && typed.points.size() >= least_inside &&
        cluster_begin(name.squashed, at) == at) {
        return {name.node, (40 + 20 * covered) * alias, Match::prefix, 0};
    }
    if (typed.sound.size() >= 4 && name.sound.rfind(typed.sound, 0) == 0) {
        return {name.node, (35 + 20 * covered) * alias, Match::romanised, 0};
    }
    if (typed.allowed_typos > 0 && typed.points.size() >= 5 &&
        name.points.size() >= typed.points.size() &&
        edit_distance(typed.points, std::u32string_view(name.points).substr(0, typed.points.size()),
                      1) <= 1) {
        return {name.node, 25 * alias, Match::typo, 0};
    }
    return {name.node, 0, Match::exact, 0};
}

template <class Compare>
std::vector<NameMatch> best_of_each(const std::vector<Name>& names, const Typed& typed,
                                    Compare compare) {
    std::unordered_map<std::uint64_t, NameMatch> best;
    if (!typed.squashed.empty()) {
        for (std::size_t i = 0; i < names.size(); ++i) {
            auto found = compare(typed, names[i]);
            found.name = i;
            auto& known = best[graph::number(found.node)];
            if (found.score > known.score) {
                known = found;
            }
        }
    }
    std::vector<NameMatch> all;
    for (const auto& [node, found] : best) {
        if (found.score > 0) {
            all.push_back(found);
        }
    }
    return all;
}

}  // namespace

Names::Names(const graph::Snapshot& graph) {
    for (const auto node : graph.nodes()) {
        add(graph, node);
    }
}

void Names::add(const graph::Snapshot& graph, graph::NodeId node) {
    std::set<std::string> known;
    for (const auto& [property, field, own_name] : fields) {
        const auto value = graph.property(node, property);
        std::vector<std::string_view> texts = graph::strings_of(value);
        if (value.is(graph::ValueKind::string)) {
            texts.push_back(value.string());
        }
        for (const auto text : texts) {
            const auto plain = canonical(text).text;
            auto key = squashed(plain);
            if (key.empty() || !known.insert(key).second) {
                continue;
            }
            by_canonical_[plain].push_back(node);
            longest_ = std::max(longest_, plain.size());
            auto sound = sound_key(key);
            auto sound_points = code_points(sound);
            names_.push_back({node, field, std::string(text), key, std::move(sound),
                              code_points(key), std::move(sound_points), own_name});
        }
    }
}

std::vector<NameMatch> Names::match(std::string_view text) const {
    return best_of_each(names_, Typed(text), compare);
}

std::vector<NameMatch> Names::complete(std::string_view text) const {
    return best_of_each(names_, Typed(text), complete_with);
}

std::vector<Names::Found> Names::find_in(std::string_view text) const {
    std::vector<Found> all;
    for (std::size_t begin = 0; begin < text.size();) {
        std::size_t step = 0;
        for (auto length = std::min(longest_, text.size() - begin); length >= 6 && step == 0;
             --length) {
            const auto found = by_canonical_.find(std::string(text.substr(begin, length)));
            if (found != by_canonical_.end() && cluster_begin(text, begin) == begin &&
                cluster_end(text, begin + length) == begin + length) {
                all.push_back({begin, begin + length, found->second});
                step = length;
            }
        }
        begin += std::max<std::size_t>(step, 1);
    }
    return all;
}

}  // namespace khom::index
