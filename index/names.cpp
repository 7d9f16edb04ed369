// Each way in which a text may be a name has a table of its own: the name itself, where names and
// their words begin, how they sound, how they are misspelt, how they look in the other script. A
// search asks the tables in that order and keeps the best match of each entity.

#include "index/names.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <optional>
#include <utility>

#include "index/calendar.h"
#include "index/canonical.h"
#include "index/names_private.h"
#include "index/sound.h"

namespace khom::index {

namespace {

/// Only three characters and more say something inside a longer name or text.
constexpr std::size_t least_inside = 3;
constexpr std::size_t least_sound = 5;  // bytes of a key that is not the whole of a name
constexpr std::size_t most_typed_bytes = 400, most_completions = 200, most_typos = 50;
/// Costs across scripts up to which a spelling is looked at in a search, and while typing.
constexpr double most_across = 36, most_across_typing = 9;
/// A name with all that was typed, where that is but words that many names are made of: they say
/// what kind of thing is looked for, so neither the rest of the name nor where they stand counts.
constexpr double of_the_kind = 60;
/// What a match by sound or in spite of a typo may be worth.
constexpr double same_sound = 85, most_typo = 74;

double ratio(std::size_t part, std::size_t whole) {
    return whole == 0 ? 0 : static_cast<double>(part) / static_cast<double>(whole);
}

bool is_inside_character(std::string_view text, std::size_t at) {
    return at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80;
}

/// What a name is worth in a search that goes on with what was typed from a start on.
double start_worth(const NameStart& start, double covered, std::size_t letters) {
    return start.offset_bytes == 0   ? (covered == 1 ? 100 : 50 + 40 * covered)
           : letters >= least_inside ? (start.strong ? 40 : 35) + 45 * covered
                                     : 0;
}

/// A number is no other number misspelt: editions differ by their years alone.
std::string digits_of(std::string_view text) {
    std::string digits;
    std::copy_if(text.begin(), text.end(), std::back_inserter(digits), is_digit<char>);
    return digits;
}

/// What a cost across scripts is worth: so much for nothing, and less by a power of e for each unit
/// of it. Short spellings say less.
constexpr double most_across_score = 90;
double across_unit(std::size_t letters) {
    return 14 / std::max(1.0, 7.0 / static_cast<double>(std::max<std::size_t>(letters, 1)));
}
double across_score(double cost, std::size_t letters) {
    return most_across_score * std::exp(-cost / across_unit(letters));
}
/// The cost with that score, or what is looked at at most.
double across_cost(double score, std::size_t letters) {
    return score > 0
               ? std::min(most_across, across_unit(letters) * std::log(most_across_score / score))
               : most_across;
}

}  // namespace

/// What is typed, in the forms names are compared in.
struct Names::TypedText {
    std::string plain, squashed, sound;
    std::string common_era;   ///< squashed, with years of one era
    std::string written_out;  ///< squashed, without abbreviations
    std::string digits;
    std::size_t letters = 0;
    bool is_thai = false;  ///< and nothing in Latin letters
    // Of a whole search, not while typing:
    std::optional<int> year;
    bool is_generic = false;  ///< nothing but words that names are made of

    TypedText(std::string_view text, const GenericWords& words)
        : plain(canonical(text.substr(0, most_typed_bytes)).text),
          squashed(index::squashed(plain)),
          sound(sound_key(squashed)),
          common_era(index::squashed(in_common_era(plain))),
          written_out(index::squashed(words.written_out(plain))),
          digits(digits_of(squashed)),
          letters(code_points(squashed).size()),
          is_thai(has_thai(plain) && std::none_of(plain.begin(), plain.end(), is_latin<char>)) {}

    bool is_abbreviated() const { return written_out != squashed; }
    /// What a name is worth that stands in what was typed, with so much of it: less without the
    /// year beside it, which tells one edition from the next.
    double inside(const Name& name, double most, double covered) const {
        constexpr double without_year = 0.75;
        return most * covered * (!year || year_in(name.squashed) == year ? 1 : without_year);
    }
    /// Thai is seldom typed for a name in Latin letters: less than this, and the two only sound a
    /// little alike.
    double least_read(const Name& name) const {
        constexpr double least = 36;
        return is_thai && !has_thai(name.squashed) ? least : 0;
    }
};

/// The best match of each entity so far.
class Names::Best {
  public:
    Best(const std::vector<Name>& names, double least_score)
        : names_(names), least_score_(least_score) {}

    void offer(std::uint32_t number, double score, Match match) {
        const auto& name = names_[number];
        if (name.gone || score <= 0) {
            return;
        }
        score *= name.own_name ? 1 : alias_share;
        if (score < least_score_) {
            return;
        }
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
    double least_score_;
    std::unordered_map<std::uint64_t, NameMatch> best_;
};

void Names::match_starts(const Tables& tables, const TypedText& typed, Best& best) const {
    const auto offer = [&](const std::string& text, bool is_generic, double share,
                           std::optional<Match> otherwise) {
        const auto letters = code_points(text).size();
        for (const auto& start : tables.starts.going_on_with(text)) {
            const auto covered = ratio(letters, names_[start.name].letters);
            const bool of_kind = is_generic && start.strong && covered < 1;
            const auto match =
                start.offset_bytes == 0 && covered < 1 ? Match::prefix : Match::exact;
            best.offer(start.name,
                       share * (of_kind ? of_the_kind : start_worth(start, covered, letters)),
                       otherwise.value_or(match));
        }
    };
    constexpr double share = 0.95;
    offer(typed.squashed, typed.is_generic && !typed.is_abbreviated(), 1, std::nullopt);
    if (typed.is_abbreviated()) {
        offer(typed.written_out, typed.is_generic, share, Match::synonym);
    }
    if (typed.common_era != typed.squashed) {
        offer(typed.common_era, false, share, Match::era);
    }
}

void Names::match_spelt(const Tables& tables, const TypedText& typed, Best& best) const {
    match_starts(tables, typed, best);
    // The same name with its year in the other era.
    if (const auto same = tables.by_era.find(typed.common_era); same != tables.by_era.end()) {
        for (const auto number : same->second) {
            best.offer(number, 95, Match::era);
        }
    }
    for (const auto& found : tables.in_squashed.find(typed.squashed)) {
        for (const auto number : found.names) {
            if (names_[number].letters >= 5) {
                const auto covered = ratio(names_[number].letters, typed.letters);
                best.offer(number, typed.inside(names_[number], 60, covered), Match::exact);
            }
        }
    }
}

void Names::match_sound(const Tables& tables, const TypedText& typed, Best& best) const {
    if (typed.sound.empty()) {
        return;
    }
    if (const auto same = tables.by_sound.find(typed.sound); same != tables.by_sound.end()) {
        for (const auto number : same->second) {
            if (digits_of(names_[number].squashed) == typed.digits) {
                best.offer(number, same_sound, Match::romanised);
            }
        }
    }
    if (typed.sound.size() >= least_sound) {
        for (const auto& start : tables.sounds.going_on_with(typed.sound)) {
            best.offer(start.name,
                       30 + 30 * ratio(typed.sound.size(), names_[start.name].sound.size()),
                       Match::romanised);
        }
    }
    // A name inside what was typed, by sound: every stretch that is long enough is looked up, where
    // some name begins so.
    const auto& sound = typed.sound;
    for (std::size_t begin = 0; begin + least_sound < std::min<std::size_t>(sound.size(), 90);
         ++begin) {
        if (is_inside_character(sound, begin) ||
            tables.sounds.going_on_with(std::string_view(sound).substr(begin, least_sound))
                .empty()) {
            continue;
        }
        for (auto end = begin + least_sound; end <= std::min(sound.size(), begin + 60); ++end) {
            const auto inside = is_inside_character(sound, end)
                                    ? tables.by_sound.end()
                                    : tables.by_sound.find(sound.substr(begin, end - begin));
            for (const auto number :
                 inside == tables.by_sound.end() ? Tables::Numbers{} : inside->second) {
                const auto covered = ratio(end - begin, sound.size());
                best.offer(number, typed.inside(names_[number], 50, covered), Match::romanised);
            }
        }
    }
}

void Names::match_typos(const Tables& tables, const TypedText& typed, Best& best) const {
    const auto allowed = allowed_distance(typed.letters);
    if (allowed == 0) {
        return;
    }
    for (const auto& near : tables.spellings.nearest(typed.squashed, allowed, most_typos)) {
        if (digits_of(near.word) != typed.digits) {
            continue;
        }
        for (const auto number : tables.by_squashed.at(near.word)) {
            best.offer(number, most_typo - 12 * near.distance, Match::typo);
        }
    }
    if (typed.letters >= 5) {
        for (const auto& near : tables.sound_spellings.nearest(typed.sound, 1, most_typos)) {
            if (digits_of(near.word) != typed.digits) {
                continue;
            }
            for (const auto number : tables.by_sound.at(near.word)) {
                best.offer(number, 64 - 6 * near.distance, Match::typo);
            }
        }
    }
}

void Names::match_across(const TypedText& typed, Typed how, double most_cost, Best& best) const {
    for (const auto& tables : tables_) {
        for (const auto& found : tables->across.find(typed.plain, how, most_cost)) {
            const auto score = across_score(found.cost, typed.letters);
            if (score >= typed.least_read(names_[found.name])) {
                best.offer(found.name, how == Typed::whole ? score : score / 2, Match::romanised);
            }
        }
    }
}

std::vector<NameMatch> Names::match(std::string_view text, double least_score, Typos typos) const {
    TypedText typed(text, learnt_.words);
    Best best(names_, least_score);
    if (typed.squashed.empty()) {
        return {};
    }
    typed.year = year_in(typed.plain);
    typed.is_generic = learnt_.words.are_all_of(typed.plain);
    for (const auto& tables : tables_) {
        match_spelt(*tables, typed, best);
    }
    if (least_score <= same_sound) {
        for (const auto& tables : tables_) {
            match_sound(*tables, typed, best);
        }
    }
    if (typos == Typos::forgiven && least_score <= most_typo && !best.has_above(50)) {
        for (const auto& tables : tables_) {
            match_typos(*tables, typed, best);
        }
    }
    if (least_score < most_across_score) {
        match_across(typed, Typed::whole, across_cost(least_score, typed.letters), best);
    }
    return best.all();
}

double start_score(const NameStart& start, const Name& name, std::size_t letters) {
    const auto covered = ratio(letters, name.letters);
    return start.offset_bytes == 0   ? (covered == 1 ? 100 : 75 + 10 * covered)
           : start.strong            ? 50 + 10 * covered
           : letters >= least_inside ? 40 + 10 * covered
                                     : 0;
}

void Names::complete_spelt(const Tables& tables, const TypedText& typed, Best& best) const {
    // Whole names and beginnings, then what stands inside; what the entity is worth decides between
    // them.
    const auto offer = [&](const std::string& text, std::size_t letters,
                           std::optional<Match> otherwise) {
        for (const auto& start : tables.starts_with(text)) {
            const auto& name = names_[start.name];
            const auto match = name.letters == letters ? Match::exact : Match::prefix;
            best.offer(start.name, start_score(start, name, letters), otherwise.value_or(match));
        }
    };
    offer(typed.squashed, typed.letters, std::nullopt);
    if (typed.is_abbreviated()) {
        offer(typed.written_out, code_points(typed.written_out).size(), Match::synonym);
    }
    if (typed.sound.size() >= 4) {
        for (const auto& start : tables.sounds.going_on_with(typed.sound)) {
            best.offer(start.name,
                       40 + 10 * ratio(typed.sound.size(), names_[start.name].sound.size()),
                       Match::romanised);
        }
    }
}

std::vector<NameMatch> Names::complete(std::string_view text) const {
    const TypedText typed(text, learnt_.words);
    Best best(names_, 0);
    if (typed.squashed.empty()) {
        return {};
    }
    for (const auto& tables : tables_) {
        complete_spelt(*tables, typed, best);
    }
    if (typed.letters >= least_inside && !best.has_above(60)) {
        match_across(typed, Typed::beginning, most_across_typing, best);
    }
    if (typed.letters >= 5 && !best.has_above(40)) {
        for (const auto& tables : tables_) {
            for (const auto& near :
                 tables->spellings.beginning_nearly(typed.squashed, 1, most_typos)) {
                if (!digits_of(near.word).starts_with(typed.digits)) {
                    continue;
                }
                for (const auto number : tables->by_squashed.at(near.word)) {
                    best.offer(number, 32 - 8 * near.distance, Match::typo);
                }
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
