// How an answer is put together: what the names say of an entity and what its text says, added up,
// with a mild preference for what much is linked to.

#include "index/view.h"

#include <algorithm>
#include <cmath>
#include <set>
#include <unordered_map>

#include "index/analyser.h"
#include "index/canonical.h"
#include "index/fields.h"
#include "index/highlight.h"

namespace khom::index {

using graph::NodeId;

namespace {

/// The best text counts so much beside a name, whose best is 100.
constexpr double most_text_score = 40;
/// Below this a name has a few letters in common: no answer.
constexpr double least_name_score = 25;

/// A document found by its text alone must have most of what was asked for: else a long question
/// finds everything. Both of two words; of a sentence what is rare in it, and no stop words.
bool covers_enough(const TextMatch& match, std::size_t words) {
    const auto least = words <= 2   ? 0.99
                       : words <= 4 ? 0.6
                       : words <= 5 ? 0.34
                       : words < 10 ? 0.2
                                    : 0.05;
    // Names are cut otherwise in a question than in a text: then their clusters tell.
    return match.coverage >= least || (words > 4 && match.clusters >= 0.45);
}

/// All clusters of a short question are in the text: they must stand together, else it is chance.
bool may_have_it_whole(const TextMatch& match, std::size_t words) {
    return words <= 4 && match.clusters >= 0.99;
}

std::vector<std::string> pieces(const std::string& plain) {
    std::vector<std::string> all;
    for (std::size_t begin = 0; begin < plain.size();) {
        const auto end = std::min(plain.find(' ', begin), plain.size());
        if (end > begin) {
            all.push_back(plain.substr(begin, end - begin));
        }
        begin = end + 1;
    }
    return all;
}

std::vector<std::string_view> texts_of(const graph::Value& value) {
    auto texts = graph::strings_of(value);
    if (value.is(graph::ValueKind::string)) {
        texts.push_back(value.string());
    }
    return texts;
}

/// Whether a text of the node has every phrase as it is.
bool has_phrases(const graph::Snapshot& graph, NodeId node,
                 const std::vector<std::string>& phrases) {
    std::vector<std::string> texts;
    for (const auto& [property, value] : graph.properties(node)) {
        if (field_weight(property) > 0) {
            for (const auto text : texts_of(value)) {
                texts.push_back(canonical(text).text);
            }
        }
    }
    return std::all_of(phrases.begin(), phrases.end(), [&](const auto& phrase) {
        return std::any_of(texts.begin(), texts.end(),
                           [&](const auto& text) { return occurs(text, phrase); });
    });
}

}  // namespace

double PublishedView::prior(NodeId node) const {
    return std::log1p(static_cast<double>(snapshot_->degree(node)));
}

std::string PublishedView::id(NodeId node) const {
    return std::string(graph::string_or_empty(snapshot_->property(node, "id")));
}

void PublishedView::add_synonymous_names(
    const SearchWords& words, std::unordered_map<std::uint64_t, NameMatch>& named) const {
    constexpr double whole_name = 95, share = 0.9;
    constexpr std::size_t most_asked = 5;
    if (!words.is_synonym || !words.phrases.empty()) {
        return;
    }
    for (std::size_t i = 0; i < std::min(words.synonyms.size(), most_asked); ++i) {
        for (auto match : names_->match(words.synonyms[i])) {
            const bool is_whole = match.match == Match::exact && match.score >= whole_name;
            match.score *= share;
            auto& known = named[graph::number(match.node)];
            if (is_whole && match.score > known.score) {
                match.match = Match::synonym;
                known = match;
            } else if (known.score == 0) {
                named.erase(graph::number(match.node));
            }
        }
    }
}

std::vector<PublishedView::Candidate> PublishedView::candidates(const SearchRequest& request,
                                                                const SearchWords& words) const {
    std::unordered_map<std::uint64_t, NameMatch> named;
    if (words.phrases.empty()) {
        for (const auto& match : names_->match(words.plain)) {
            if (match.score >= least_name_score) {
                named.emplace(graph::number(match.node), match);
            }
        }
    }
    add_synonymous_names(words, named);
    std::set<NodeId> excluded;
    for (const auto& word : words.excluded) {
        const auto having = texts_->having(term(TermKind::word, word_form(word)));
        excluded.insert(having.begin(), having.end());
    }
    std::vector<Candidate> all;
    const auto take = [&](Candidate candidate) {
        const auto node = candidate.node;
        if (!snapshot_->has(node) || excluded.contains(node) ||
            (!words.phrases.empty() && !has_phrases(*snapshot_, node, words.phrases)) ||
            (request.accept && !request.accept(node))) {
            return;
        }
        candidate.prior = prior(node);
        all.push_back(std::move(candidate));
    };
    const auto asked = words.wanted.size();
    const auto texts = texts_->match(words);
    const auto whole = pieces(words.plain);
    double heaviest = 1e-9;
    for (const auto& text : texts) {
        heaviest = std::max(heaviest, text.weight);
    }
    for (const auto& text : texts) {
        const auto name = named.find(graph::number(text.node));
        const bool enough =
            (words.every_word ? text.coverage > 0.99 : covers_enough(text, asked)) ||
            (may_have_it_whole(text, asked) && snapshot_->has(text.node) &&
             has_phrases(*snapshot_, text.node, whole));
        if (!enough && name == named.end()) {
            continue;
        }
        Candidate candidate;
        candidate.node = text.node;
        candidate.text_score = enough ? most_text_score * text.weight / heaviest : 0;
        if (name != named.end()) {
            candidate.name_score = name->second.score;
            candidate.match = name->second.match;
            candidate.name = name->second.name;
            named.erase(name);
        }
        take(std::move(candidate));
    }
    for (const auto& [node, match] : named) {
        take({match.node, match.score, 0, 0, match.match, match.name});
    }
    return all;
}

void PublishedView::highlight_fields(Hit& hit, const std::vector<std::string>& needles) const {
    for (const auto& field : fields()) {
        if (hit.highlights.contains(field.api)) {
            continue;
        }
        const auto value = snapshot_->property(hit.node, field.property);
        for (const auto text : texts_of(value)) {
            auto html = highlight(text, needles);
            if (!html.empty()) {
                hit.highlights[field.api] = std::move(html);
                break;
            }
        }
    }
}

Hit PublishedView::hit(const Candidate& candidate, const std::vector<std::string>& needles,
                       const SearchRequest& request) const {
    Hit hit;
    hit.node = candidate.node;
    hit.score = candidate.score();
    hit.match = candidate.match;
    if (request.highlights) {
        highlight_fields(hit, needles);
    }
    if (candidate.name) {
        const auto& name = names_->all()[*candidate.name];
        hit.field = name.field;
        if (request.highlights) {
            hit.highlights.try_emplace(name.field,
                                       highlight(name.text, {canonical(name.text).text}));
        }
    } else {
        hit.field = hit.highlights.empty() ? "text.en" : hit.highlights.begin()->first;
    }
    if (request.explain) {
        hit.explain = {{"name", candidate.name_score},
                       {"text", candidate.text_score},
                       {"degree", candidate.prior}};
    }
    return hit;
}

SearchAnswer PublishedView::search(const SearchRequest& request) const {
    auto words = words_of(request.text);
    const bool is_short = words.wanted.size() <= short_question;
    if (request.cross_language && !is_short) {
        words = words_of(request.text, Languages::both);
    }
    auto found = candidates(request, words);
    if (request.cross_language && is_short && found.empty()) {
        words = words_of(request.text, Languages::both);
        found = candidates(request, words);
    }
    if (request.on_match) {
        for (const auto& candidate : found) {
            request.on_match(candidate.node);
        }
    }
    const auto end =
        std::min(found.size(), request.offset + std::min<std::size_t>(request.limit, 1000));
    std::partial_sort(found.begin(), found.begin() + static_cast<std::ptrdiff_t>(end), found.end(),
                      [&](const auto& a, const auto& b) {
                          const auto mine = a.score(), other = b.score();
                          return mine != other ? mine > other : id(a.node) < id(b.node);
                      });
    SearchAnswer answer;
    answer.total = found.size();
    auto needles = words.wanted;
    needles.push_back(words.plain);
    needles.insert(needles.end(), words.synonyms.begin(), words.synonyms.end());
    for (auto i = request.offset; i < end; ++i) {
        answer.hits.push_back(hit(found[i], needles, request));
    }
    if (request.offset == 0) {
        answer.did_you_mean = answer.hits.empty()
                                  ? meant_in_other_layout(request)
                                  : did_you_mean(request, answer.hits.front(), answer.total);
    }
    return answer;
}

}  // namespace khom::index
