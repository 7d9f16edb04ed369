// Each way in which a text may be a name has a table of its own: the name itself, where names and
// their words begin, how they sound, how they are misspelt, how they look in the other script. A
// search asks the tables in that order and keeps the best match of each entity.

#include "index/names.h"

#include <algorithm>
#include <cmath>
#include <set>
#include <utility>

#include "index/calendar.h"
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

/// Only three characters and more say something inside a longer name or text.
constexpr std::size_t least_inside = 3;
constexpr std::size_t least_sound = 5;  // bytes of a key that is not the whole of a name
constexpr std::size_t most_typed_bytes = 400, most_completions = 200, most_typos = 50;
constexpr double alias_share = 0.97;
/// Costs across scripts up to which a spelling is looked at in a search, and while typing.
constexpr double most_across = 36, most_across_typing = 9;

double ratio(std::size_t part, std::size_t whole) {
    return whole == 0 ? 0 : static_cast<double>(part) / static_cast<double>(whole);
}

std::string squashed_in_common_era(std::string_view plain) {
    return squashed(in_common_era(plain));
}

/// What a cost across scripts is worth. Short spellings say less.
double across_score(double cost, std::size_t letters) {
    const auto few = std::max(1.0, 7.0 / static_cast<double>(std::max<std::size_t>(letters, 1)));
    return 90 * std::exp(-cost * few / 14);
}

}  // namespace

/// What is typed, in the forms names are compared in.
struct Names::TypedText {
    std::string plain, squashed, sound;
    std::string common_era;  ///< squashed, with years of one era
    std::size_t letters = 0;

    explicit TypedText(std::string_view text)
        : plain(canonical(text.substr(0, most_typed_bytes)).text),
          squashed(index::squashed(plain)),
          sound(sound_key(squashed)),
          common_era(squashed_in_common_era(plain)),
          letters(code_points(squashed).size()) {}
};

/// The best match of each entity so far.
class Names::Best {
  public:
    explicit Best(const std::vector<Name>& names) : names_(names) {}

    void offer(std::uint32_t number, double score, Match match) {
        const auto& name = names_[number];
        score *= name.own_name ? 1 : alias_share;
        auto& known = best_[graph::number(name.node)];
        if (score > known.score) {
            known = {name.node, score, match, number};
        }
    }
    bool has_above(double score) const {
        return std::any_of(best_.begin(), best_.end(),
                           [&](const auto& known) { return known.second.score > score; });
    }
    std::vector<NameMatch> all() const {
        std::vector<NameMatch> matches;
        for (const auto& [node, match] : best_) {
            matches.push_back(match);
        }
        return matches;
    }

  private:
    const std::vector<Name>& names_;
    std::unordered_map<std::uint64_t, NameMatch> best_;
};

Names::Names(const graph::Snapshot& graph, Learnt learnt)
    : across_(learnt.romanisation, learnt.words) {
    for (const auto node : graph.nodes()) {
        add(graph, node);
    }
    std::vector<Vocabulary::Word> spelt, heard;
    std::vector<std::pair<std::string, std::uint32_t>> squashed;
    std::vector<std::string> sounds;
    std::vector<NameStart> sound_starts;
    for (std::uint32_t i = 0; i < names_.size(); ++i) {
        const auto& name = names_[i];
        spelt.emplace_back(name.squashed, 1);
        heard.emplace_back(name.sound, 1);
        const auto plain = canonical(name.text).text;
        squashed.emplace_back(name.squashed, i);
        sounds.push_back(name.sound);
        sound_starts.push_back({i, 0, true});
        by_squashed_[name.squashed].push_back(i);
        by_sound_[name.sound].push_back(i);
        if (const auto era = squashed_in_common_era(plain); era != name.squashed) {
            by_era_[era].push_back(i);
        }
        across_.add(i, plain);
    }
    starts_ = std::make_unique<const NameStarts>(starts());
    sounds_ = std::make_unique<const NameStarts>(std::move(sounds), std::move(sound_starts));
    in_squashed_ = std::make_unique<const NamesInText>(std::move(squashed));
    spellings_ = std::make_unique<const Vocabulary>(std::move(spelt));
    sound_spellings_ = std::make_unique<const Vocabulary>(std::move(heard));
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

NameStarts Names::starts() const {
    std::vector<std::string> texts;
    std::vector<NameStart> starts;
    for (std::uint32_t i = 0; i < names_.size(); ++i) {
        const auto plain = canonical(names_[i].text).text;
        std::set<std::size_t> words = {0};  // bytes of the squashed name
        for (std::size_t at = plain.find(' '); at != std::string::npos;
             at = plain.find(' ', at + 1)) {
            words.insert(squashed(std::string_view(plain).substr(0, at)).size());
        }
        for (const auto& word : GenericWords::shipped().in_thai(plain)) {
            words.insert(squashed(std::string_view(plain).substr(0, word.end_bytes)).size());
        }
        const auto& text = names_[i].squashed;
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

void Names::match_spelt(const TypedText& typed, Best& best) const {
    for (const auto& start : starts_->going_on_with(typed.squashed)) {
        const auto covered = ratio(typed.letters, names_[start.name].letters);
        if (start.offset_bytes == 0) {
            best.offer(start.name, covered == 1 ? 100 : 50 + 40 * covered,
                       covered == 1 ? Match::exact : Match::prefix);
        } else if (typed.letters >= least_inside) {
            best.offer(start.name, (start.strong ? 40 : 35) + 45 * covered, Match::exact);
        }
    }
    // The same name with its year in the other era: the name or what was typed has one.
    for (const auto* table :
         {&by_era_, typed.common_era == typed.squashed ? &by_era_ : &by_squashed_}) {
        if (const auto same = table->find(typed.common_era); same != table->end()) {
            for (const auto number : same->second) {
                best.offer(number, 95, Match::era);
            }
        }
    }
    for (const auto& found : in_squashed_->find(typed.squashed)) {
        for (const auto number : found.names) {
            if (names_[number].letters >= 5) {
                best.offer(number, 60 * ratio(names_[number].letters, typed.letters), Match::exact);
            }
        }
    }
}

void Names::match_sound(const TypedText& typed, Best& best) const {
    if (typed.sound.empty()) {
        return;
    }
    if (const auto same = by_sound_.find(typed.sound); same != by_sound_.end()) {
        for (const auto number : same->second) {
            best.offer(number, 85, Match::romanised);
        }
    }
    if (typed.sound.size() >= least_sound) {
        for (const auto& start : sounds_->going_on_with(typed.sound)) {
            best.offer(start.name,
                       30 + 30 * ratio(typed.sound.size(), names_[start.name].sound.size()),
                       Match::romanised);
        }
    }
    // A name inside what was typed, by sound: every stretch that is long enough is looked up.
    for (std::size_t begin = 0; begin + least_sound < std::min<std::size_t>(typed.sound.size(), 90);
         ++begin) {
        for (auto end = begin + least_sound;
             end <= std::min<std::size_t>(typed.sound.size(), begin + 60); ++end) {
            const auto inside = by_sound_.find(typed.sound.substr(begin, end - begin));
            for (const auto number : inside == by_sound_.end() ? Numbers{} : inside->second) {
                best.offer(number, 50 * ratio(end - begin, typed.sound.size()), Match::romanised);
            }
        }
    }
}

void Names::match_typos(const TypedText& typed, Best& best) const {
    const auto allowed = allowed_distance(typed.letters);
    if (allowed == 0 || best.has_above(80)) {
        return;
    }
    for (const auto& near : spellings_->nearest(typed.squashed, allowed, most_typos)) {
        for (const auto number : by_squashed_.at(near.word)) {
            best.offer(number, 74 - 12 * near.distance, Match::typo);
        }
    }
    if (typed.letters >= 5) {
        for (const auto& near : sound_spellings_->nearest(typed.sound, 1, most_typos)) {
            for (const auto number : by_sound_.at(near.word)) {
                best.offer(number, 64 - 6 * near.distance, Match::typo);
            }
        }
    }
}

void Names::match_across(const TypedText& typed, Typed how, Best& best) const {
    const auto most = how == Typed::whole ? most_across : most_across_typing;
    for (const auto& found : across_.find(typed.plain, how, most)) {
        const auto score = across_score(found.cost, typed.letters);
        best.offer(found.name, how == Typed::whole ? score : score / 2, Match::romanised);
    }
}

std::vector<NameMatch> Names::match(std::string_view text) const {
    const TypedText typed(text);
    Best best(names_);
    if (typed.squashed.empty()) {
        return {};
    }
    match_spelt(typed, best);
    match_sound(typed, best);
    match_typos(typed, best);
    match_across(typed, Typed::whole, best);
    return best.all();
}

std::vector<NameMatch> Names::complete(std::string_view text) const {
    const TypedText typed(text);
    Best best(names_);
    if (typed.squashed.empty()) {
        return {};
    }
    // Whole names and beginnings, then what stands inside; what the entity is worth decides between
    // them.
    for (const auto& start : starts_->going_on_with(typed.squashed)) {
        const auto& name = names_[start.name];
        const auto covered = ratio(typed.letters, name.letters);
        const auto score = start.offset_bytes == 0 ? (covered == 1 ? 100 : 75 + 10 * covered)
                           : start.strong          ? 50 + 10 * covered
                           : typed.letters >= least_inside ? 40 + 10 * covered
                                                           : 0;
        best.offer(start.name, score, covered == 1 ? Match::exact : Match::prefix);
    }
    if (typed.sound.size() >= 4) {
        for (const auto& start : sounds_->going_on_with(typed.sound)) {
            best.offer(start.name,
                       40 + 10 * ratio(typed.sound.size(), names_[start.name].sound.size()),
                       Match::romanised);
        }
    }
    if (typed.letters >= least_inside && !best.has_above(60)) {
        match_across(typed, Typed::beginning, best);
    }
    if (typed.letters >= 5 && !best.has_above(40)) {
        for (const auto& near : spellings_->beginning_nearly(typed.squashed, 1, most_typos)) {
            for (const auto number : by_squashed_.at(near.word)) {
                best.offer(number, 32 - 8 * near.distance, Match::typo);
            }
        }
    }
    auto all = best.all();
    const auto worth = [&](const NameMatch& match) {
        return match.score + static_cast<double>(names_[match.name].weight);
    };
    const auto kept = std::min(all.size(), most_completions);
    std::partial_sort(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(kept), all.end(),
                      [&](const auto& a, const auto& b) {
                          return worth(a) != worth(b) ? worth(a) > worth(b) : a.node < b.node;
                      });
    all.resize(kept);
    return all;
}

}  // namespace khom::index
