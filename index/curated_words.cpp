// Both lists are kept as text, in the shipped files and in the store alike: a word a line, or a
// group a line with tabs between its texts; a line that begins with # is a remark.

#include "index/curated_words.h"

#include <algorithm>
#include <iterator>
#include <set>

#include "graph/settings.h"
#include "index/analyser.h"
#include "index/canonical.h"
#include "index/name_tables.h"

namespace khom::embedded {
extern const std::string_view added_words;
extern const std::string_view synonym_groups;
}  // namespace khom::embedded

namespace khom::index {

namespace {

constexpr const char* dictionary_name = "dictionary";
constexpr const char* synonyms_name = "synonyms";
constexpr std::size_t most_words = 5000, most_word_bytes = 100;
constexpr std::size_t most_groups = 2000, most_members = 20, most_member_bytes = 300;

std::vector<std::string> parts(std::string_view text, char between) {
    std::vector<std::string> all;
    for (std::size_t begin = 0; begin < text.size();) {
        const auto end = std::min(text.find(between, begin), text.size());
        if (end > begin) {
            all.emplace_back(text.substr(begin, end - begin));
        }
        begin = end + 1;
    }
    return all;
}

Words lines(std::string_view text) {
    auto all = parts(text, '\n');
    std::erase_if(all, [](const auto& line) { return line.front() == '#'; });
    return all;
}

WordGroups groups(std::string_view text) {
    WordGroups all;
    for (const auto& line : lines(text)) {
        all.push_back(parts(line, '\t'));
    }
    return all;
}

std::string joined(const std::vector<std::string>& all, char between) {
    std::string text;
    for (const auto& one : all) {
        text += (text.empty() ? "" : std::string(1, between)) + one;
    }
    return text;
}

Words canonical_of(Words words) {
    for (auto& word : words) {
        word = canonical(word).text;
    }
    return words;
}

std::shared_ptr<const CuratedWords> made_of(const Words& words, WordGroups all) {
    auto curated = std::make_shared<CuratedWords>();
    curated->words = AddedWords(canonical_of(words));
    for (auto& group : all) {
        group = canonical_of(std::move(group));
    }
    curated->synonyms = Synonyms(all, curated->words);
    return curated;
}

template <class List>
List with(List shipped, const List& own) {
    shipped.insert(shipped.end(), own.begin(), own.end());
    return shipped;
}

bool has_control(std::string_view text) {
    return std::any_of(text.begin(), text.end(),
                       [](char c) { return static_cast<unsigned char>(c) < 0x20; });
}

graph::Result<void> refused(const std::string& place, const std::string& text,
                            const std::string& expected) {
    constexpr std::size_t most_shown = 60;
    const auto shown =
        text.size() <= most_shown ? text : text.substr(0, cluster_begin(text, most_shown)) + "…";
    return graph::refuse_parameter(place, place + " is '" + shown + "'; " + expected);
}

graph::Result<void> check_word(const std::string& word, const std::string& place) {
    const auto plain = canonical(word).text;
    if (word.empty() || word.front() == '#' || has_control(word) ||
        plain.find(' ') != std::string::npos) {
        return refused(place, word, "a word has no blanks and does not begin with #.");
    }
    if (word.size() > most_word_bytes || plain.size() < NamesInText::least_bytes ||
        terms_of(plain).clusters.empty()) {
        return refused(place, word,
                       "a word has two characters side by side and six bytes at least, 100 bytes "
                       "at most: shorter ones are parts of others.");
    }
    return {};
}

graph::Result<void> check_group(const std::vector<std::string>& group, const std::string& place) {
    if (group.size() < 2 || group.size() > most_members) {
        return graph::refuse_parameter(
            place, place + " has " + std::to_string(group.size()) + " texts; a group has 2 to 20.");
    }
    std::set<std::string> seen;
    for (std::size_t i = 0; i < group.size(); ++i) {
        const auto here = place + "/" + std::to_string(i);
        const auto plain = canonical(group[i]).text;
        if (group[i].empty() || group[i].front() == '#' || group[i].size() > most_member_bytes ||
            has_control(group[i]) || squashed(plain).empty() ||
            terms_of(plain).words.size() > Synonyms::most_words) {
            return refused(here, group[i],
                           "a synonym is a text of 1 to 300 bytes and at most 16 words that does "
                           "not begin with #.");
        }
        if (!seen.insert(plain).second) {
            return refused(here, group[i],
                           "the group has it already, in this or another spelling.");
        }
    }
    return {};
}

void set(graph::Draft& draft, const char* name, const std::string& text) {
    if (graph::setting(draft.view(), name).value_or("") != text) {
        graph::set_setting(draft, name, text);
    }
}

}  // namespace

Words shipped_dictionary() {
    return lines(embedded::added_words);
}

Words dictionary(const graph::Snapshot& graph) {
    return lines(graph::setting(graph, dictionary_name).value_or(""));
}

Words words_in_effect(const graph::Snapshot& graph) {
    return with(shipped_dictionary(), dictionary(graph));
}

WordGroups shipped_synonyms() {
    return groups(embedded::synonym_groups);
}

WordGroups synonyms(const graph::Snapshot& graph) {
    return groups(graph::setting(graph, synonyms_name).value_or(""));
}

std::shared_ptr<const CuratedWords> CuratedWords::shipped() {
    static const auto words = made_of(shipped_dictionary(), shipped_synonyms());
    return words;
}

std::shared_ptr<const CuratedWords> CuratedWords::of(const graph::Snapshot& graph) {
    const auto own = dictionary(graph);
    const auto own_groups = index::synonyms(graph);
    return own.empty() && own_groups.empty()
               ? shipped()
               : made_of(words_in_effect(graph), with(shipped_synonyms(), own_groups));
}

graph::Result<void> set_dictionary(graph::Draft& draft, const Words& words) {
    if (words.size() > most_words) {
        return graph::refuse_parameter("words", "words has " + std::to_string(words.size()) +
                                                    " words; at most 5000 are taken.");
    }
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (auto good = check_word(words[i], "words/" + std::to_string(i)); !good) {
            return good;
        }
    }
    set(draft, dictionary_name, joined(words, '\n'));
    return {};
}

graph::Result<void> set_synonyms(graph::Draft& draft, const WordGroups& all) {
    if (all.size() > most_groups) {
        return graph::refuse_parameter("synonyms", "synonyms has " + std::to_string(all.size()) +
                                                       " groups; at most 2000 are taken.");
    }
    std::vector<std::string> text;
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (auto good = check_group(all[i], "synonyms/" + std::to_string(i)); !good) {
            return good;
        }
        text.push_back(joined(all[i], '\t'));
    }
    set(draft, synonyms_name, joined(text, '\n'));
    return {};
}

Words changed_words(const Words& before, const Words& after) {
    const auto sorted = [](const Words& list) {
        auto words = canonical_of(list);
        return std::set<std::string>(words.begin(), words.end());
    };
    const auto old_words = sorted(before), new_words = sorted(after);
    Words changed;
    std::set_symmetric_difference(old_words.begin(), old_words.end(), new_words.begin(),
                                  new_words.end(), std::back_inserter(changed));
    return changed;
}

}  // namespace khom::index
