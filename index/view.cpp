// How an answer is put together: what the names say of an entity and what its text says, added up,
// with a mild preference for what much is linked to.

#include "index/view.h"

#include <algorithm>
#include <cmath>
#include <unordered_map>

#include "index/analyser.h"
#include "index/canonical.h"
#include "index/demands.h"
#include "index/entity_terms.h"
#include "index/fields.h"
#include "index/highlight.h"
#include "index/respelling.h"

namespace khom::index {

using graph::NodeId;

namespace {

/// The best text counts so much beside a name, whose best is 100.
constexpr double most_text_score = 40;
/// Below this a name has a few letters in common: no answer.
constexpr double least_name_score = 25;

/// How much of a question's information, by the rarity of its words, is asked of the document that
/// has most of it, else there is no answer here, and of each other. README.md shows where questions
/// and nonsense part.
struct Least {
    double best = 0, each = 0;
};

Least least(const SearchWords& words) {
    const auto count = words.words_that_count();
    return count <= 2
               ? (words.wanted.size() <= short_question ? Least{0.99, 0.99} : Least{0.55, 0.4})
           : count <= 4 ? Least{0.52, 0.4}
           : count < 10 ? Least{0.24, 0.12}
                        : Least{0.1, 0.03};
}

/// Of what is met by translation only, whose probabilities are far below 1.
Least least_translated(const SearchWords& words) {
    return words.words_that_count() <= short_question ? Least{0.14, 0.05} : Least{0.1, 0.03};
}

/// Names are cut otherwise in a question than in a text: then their clusters tell, alone, or in
/// accord with the words.
bool covers(const TextMatch& match, const SearchWords& words, double Least::*share) {
    constexpr double many_clusters = 0.4, half = 0.5, quarter = 0.25;
    const auto size = words.wanted.size();
    return match.coverage >= least(words).*share ||
           (words.translated && match.translated >= least_translated(words).*share) ||
           (size > short_question && match.clusters >= many_clusters) ||
           (size > short_question + 1 && std::min(match.coverage, match.clusters) >= quarter) ||
           (words.words_that_count() > 2 && (match.coverage + match.clusters) / 2 >= half);
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
    const DemandsView demands(*snapshot_, *texts_, words);
    std::vector<Candidate> all;
    const auto take = [&](Candidate candidate) {
        const auto node = candidate.node;
        if (!snapshot_->has(node) || !demands.met_by(node) ||
            (request.accept && !request.accept(node))) {
            return;
        }
        candidate.prior = prior(node);
        all.push_back(std::move(candidate));
    };
    const auto texts = texts_->match(words);
    const auto asked = words.words_that_count();
    const bool answered = std::any_of(texts.begin(), texts.end(), [&](const auto& text) {
        return covers(text, words, &Least::best);
    });
    const auto whole = pieces(words.plain);
    double heaviest = 1e-9;
    for (const auto& text : texts) {
        heaviest = std::max(heaviest, text.weight);
    }
    for (const auto& text : texts) {
        const auto name = named.find(graph::number(text.node));
        const bool enough =
            (words.every_word ? text.met > 0.99 : answered && covers(text, words, &Least::each)) ||
            (may_have_it_whole(text, asked) && snapshot_->has(text.node) &&
             demands.has_phrases(text.node, whole));
        if (!enough && name == named.end()) {
            continue;
        }
        Candidate candidate;
        candidate.node = text.node;
        candidate.text_score = enough ? most_text_score * text.weight / heaviest : 0;
        candidate.coverage = text.coverage;
        if (name != named.end()) {
            candidate.name_score = name->second.score;
            candidate.match = name->second.match;
            candidate.name = name->second.name;
            named.erase(name);
        }
        take(std::move(candidate));
    }
    for (const auto& [node, match] : named) {
        Candidate candidate;
        candidate.node = match.node;
        candidate.name_score = match.score;
        candidate.match = match.match;
        candidate.name = match.name;
        take(std::move(candidate));
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
                       {"coverage", candidate.coverage},
                       {"degree", candidate.prior}};
    }
    return hit;
}

PublishedView::Found PublishedView::found(const SearchRequest& request,
                                          const std::vector<Piece>& reading) const {
    const auto words_of = [&](Languages languages) {
        auto words = search_words(reading, languages, *words_);
        add_entities(words, *gazetteer_);
        return words;
    };
    Found found{words_of(Languages::as_typed), {}};
    const bool is_short = found.words.wanted.size() <= short_question;
    if (request.cross_language && !is_short) {
        found.words = words_of(Languages::both);
    }
    found.candidates = candidates(request, found.words);
    if (request.cross_language && is_short && found.candidates.empty()) {
        found.words = words_of(Languages::both);
        found.candidates = candidates(request, found.words);
    }
    return found;
}

PublishedView::Found PublishedView::found(const SearchRequest& request) const {
    const auto all = readings(request.text);
    auto best = found(request, all.front());
    std::unordered_map<std::uint64_t, std::size_t> where;
    for (std::size_t i = 0; all.size() > 1 && i < best.candidates.size(); ++i) {
        where.emplace(graph::number(best.candidates[i].node), i);
    }
    for (std::size_t reading = 1; reading < all.size(); ++reading) {
        auto other = found(request, all[reading]);
        best.words.wanted.insert(best.words.wanted.end(), other.words.wanted.begin(),
                                 other.words.wanted.end());
        for (auto& candidate : other.candidates) {
            const auto [at, is_new] =
                where.emplace(graph::number(candidate.node), best.candidates.size());
            if (is_new) {
                best.candidates.push_back(std::move(candidate));
            } else if (auto& known = best.candidates[at->second];
                       candidate.score() > known.score()) {
                known = std::move(candidate);
            }
        }
    }
    return best;
}

SearchAnswer PublishedView::search(const SearchRequest& request) const {
    auto [words, found] = this->found(request);
    std::optional<DidYouMean> meant;
    if (found.empty() && words.has_no_operators()) {
        if (const auto text = respelt(words, *texts_)) {
            auto asked = request;
            asked.text = *text;
            auto again = this->found(asked);
            words = std::move(again.words);
            found = std::move(again.candidates);
            for (auto& candidate : found) {
                candidate.match = std::max(candidate.match, Match::typo);
            }
            meant =
                DidYouMean{*text, "No text has '" + request.text + "' written so.", found.size()};
        }
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
        answer.did_you_mean = answer.hits.empty() ? meant_in_other_layout(request)
                              : meant             ? meant
                                      : did_you_mean(request, answer.hits.front(), answer.total);
    }
    return answer;
}

}  // namespace khom::index
