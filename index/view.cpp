// How an answer is put together: what the names say of an entity, what its text says and whether it
// is of the year that was asked for, added up; less for pages, and with a mild preference for what
// much is linked to.

#include "index/view.h"

#include <algorithm>
#include <cmath>
#include <unordered_map>

#include "graph/edtf.h"
#include "index/analyser.h"
#include "index/calendar.h"
#include "index/canonical.h"
#include "index/coverage.h"
#include "index/demands.h"
#include "index/document.h"
#include "index/entity_terms.h"
#include "index/fields.h"
#include "index/generic_words.h"
#include "index/highlight.h"
#include "index/misspelling.h"
#include "index/respelling.h"
#include "index/spelling.h"

namespace khom::index {

using graph::NodeId;

namespace {

/// The best text counts so much beside a name, whose best is 100.
constexpr double most_text_score = 40;
/// Below this a name has a few letters in common: no answer.
constexpr double least_name_score = 25;
/// A hit as good as this needs no other spelling.
constexpr double good_name = 50;

/// Who names a year asks for what was then: so much for what is of that year and no other.
constexpr double of_the_year = 50;

/// The days of the year that a text names; not known if it names none.
graph::DaySpan year_asked(std::string_view canonical) {
    const auto year = year_in(canonical);
    return year ? graph::days_of(std::to_string(*year)) : graph::DaySpan();
}

bool lies_within(const graph::DaySpan& days, const graph::DaySpan& span) {
    return days.is_known() && span.first <= days.first && days.last <= span.last;
}

/// Where nothing is held back: a word, or about half of the clusters.
bool has_any(const TextMatch& match) {
    return match.met > 0 || match.clusters >= 0.45;
}

void leave_out(const std::set<Part>& parts, SearchWords& words) {
    std::erase_if(words.groups, [&](const TermGroup& group) {
        return (group.signal == Signal::pair && parts.contains(Part::pairs)) ||
               (group.signal == Signal::clusters && parts.contains(Part::clusters));
    });
}

}  // namespace

bool PublishedView::is_answered(const std::vector<Candidate>& found) {
    return std::any_of(found.begin(), found.end(),
                       [](const Candidate& candidate) { return candidate.is_good(); });
}

bool PublishedView::Candidate::is_good() const {
    return coverage >= Coverage::all_words || name_score >= good_name;
}

double PublishedView::prior(NodeId node) const {
    return std::log1p(static_cast<double>(snapshot_->degree(node)));
}

double PublishedView::page_share(NodeId node) const {
    constexpr double of_a_page = 0.95;
    return kind_ && snapshot_->text(node, *kind_) == "source" ? of_a_page : 1;
}

std::string PublishedView::id(NodeId node) const {
    return std::string(graph::string_or_empty(snapshot_->property(node, "id")));
}

void PublishedView::add_synonymous_names(const SearchWords& words, Named& named) const {
    constexpr double whole_name = 95, share = 0.9;
    constexpr std::size_t most_asked = 5;
    if (!words.is_synonym || !words.phrases.empty()) {
        return;
    }
    for (std::size_t i = 0; i < std::min(words.synonyms.size(), most_asked); ++i) {
        for (auto match : names_->match(words.synonyms[i], whole_name)) {
            if (match.match != Match::exact) {
                continue;
            }
            match.match = Match::synonym;
            match.score *= share;
            auto& known = named[graph::number(match.node)];
            if (match.score > known.score) {
                known = match;
            }
        }
    }
}

PublishedView::Named PublishedView::named(const SearchRequest& request,
                                          const SearchWords& words) const {
    Named named;
    if (request.without.contains(Part::names)) {
        return named;
    }
    if (words.phrases.empty()) {
        const auto typos =
            request.without.contains(Part::spelling) ? Typos::not_forgiven : Typos::forgiven;
        for (const auto& match : names_->match(words.plain, least_name_score, typos)) {
            named.emplace(graph::number(match.node), match);
        }
    }
    add_synonymous_names(words, named);
    return named;
}

void PublishedView::weigh(Candidate& candidate, const SearchRequest& request,
                          const graph::DaySpan& year) const {
    const auto node = candidate.node;
    if (year.is_known() && candidate.is_good() &&
        lies_within(snapshot_->days(node).value_or(graph::DaySpan()), year)) {
        candidate.year_score = of_the_year;
    }
    candidate.page_share = page_share(node);
    candidate.prior = request.without.contains(Part::degree) ? 0 : prior(node);
}

std::vector<PublishedView::Candidate> PublishedView::candidates(const SearchRequest& request,
                                                                const SearchWords& words,
                                                                Named named) const {
    const DemandsView demands(*snapshot_, *texts_, words);
    const auto year = year_asked(words.plain);
    std::vector<Candidate> all;
    const auto take = [&](Candidate candidate) {
        const auto node = candidate.node;
        if (snapshot_->has(node) && demands.met_by(node) &&
            (!request.accept || request.accept(node))) {
            weigh(candidate, request, year);
            all.push_back(std::move(candidate));
        }
    };
    const bool takes_all = request.without.contains(Part::silence);
    const Coverage coverage(words);
    const auto texts = texts_->match(words, [&](const TextMatch& match) {
        return takes_all ? has_any(match) : coverage.may_be_found(match);
    });
    const bool answered = std::any_of(texts.begin(), texts.end(), [&](const auto& text) {
        return words.every_word || coverage.is_an_answer(text);
    });
    const auto whole = between_spaces(words.plain);
    const auto is_enough = [&](const TextMatch& text) {
        return takes_all || (answered && coverage.is_a_hit(text)) ||
               (coverage.may_have_it_whole(text) && snapshot_->has(text.node) &&
                demands.has_phrases(text.node, whole));
    };
    double heaviest = 1e-9;
    std::vector<bool> enough;
    for (const auto& text : texts) {
        enough.push_back(is_enough(text));
        heaviest = enough.back() ? std::max(heaviest, text.weight) : heaviest;
    }
    // Who asks for a kind of thing is not answered better by a text that says its word more often.
    const bool asks_for_a_kind = !named.empty() && GenericWords::shipped().are_all_of(words.plain);
    for (std::size_t i = 0; i < texts.size(); ++i) {
        const auto& text = texts[i];
        const auto name = named.find(graph::number(text.node));
        if (!enough[i] && name == named.end()) {
            continue;
        }
        Candidate candidate;
        candidate.node = text.node;
        const auto weight = asks_for_a_kind && name != named.end() ? heaviest : text.weight;
        candidate.text_score = enough[i] ? most_text_score * weight / heaviest : 0;
        candidate.coverage = text.coverage;
        if (name != named.end()) {
            candidate.take(name->second);
            named.erase(name);
        }
        take(std::move(candidate));
    }
    for (const auto& [node, match] : named) {
        Candidate candidate;
        candidate.node = match.node;
        candidate.take(match);
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
        hit.explain = {{"name", candidate.page_share * candidate.name_score},
                       {"text", candidate.page_share * candidate.text_score},
                       {"year", candidate.page_share * candidate.year_score},
                       {"coverage", candidate.coverage},
                       {"degree", candidate.prior}};
    }
    return hit;
}

PublishedView::Found PublishedView::found(const SearchRequest& request,
                                          const std::vector<Piece>& reading) const {
    const auto words_of = [&](Languages languages) {
        auto words = search_words(reading, languages, *words_);
        if (!request.without.contains(Part::entities)) {
            add_entities(words, *gazetteer_);
        }
        leave_out(request.without, words);
        return words;
    };
    Found found{words_of(Languages::as_typed), {}};
    const auto named = this->named(request, found.words);
    const bool is_short = found.words.wanted.size() <= short_question;
    if (request.cross_language && !is_short) {
        found.words = words_of(Languages::both);
    }
    found.candidates = candidates(request, found.words, named);
    if (request.cross_language && is_short && found.candidates.empty()) {
        found.words = words_of(Languages::both);
        found.candidates = candidates(request, found.words, named);
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

PublishedView::Found PublishedView::found_instead(SearchRequest request, std::string text) const {
    request.text = std::move(text);
    request.without.insert(Part::spelling);  // mended once, it is not mended again
    auto instead = found(request);
    for (auto& candidate : instead.candidates) {
        candidate.match = std::max(candidate.match, Match::typo);
    }
    return instead;
}

std::optional<DidYouMean> PublishedView::respell(const SearchRequest& request, SearchWords& words,
                                                 std::vector<Candidate>& found) const {
    const auto text = respelt(words, *texts_);
    if (!text) {
        return std::nullopt;
    }
    auto again = found_instead(request, *text);
    if (again.candidates.empty() || (!found.empty() && !is_answered(again.candidates))) {
        return std::nullopt;
    }
    words = std::move(again.words);
    found = std::move(again.candidates);
    return DidYouMean{*text, "No text has '" + request.text + "' written so.", found.size()};
}

std::optional<DidYouMean> PublishedView::mend(const SearchRequest& request, SearchWords& words,
                                              std::vector<Candidate>& found) const {
    const auto better = mended(words, *texts_, *snapshot_);
    if (!better) {
        return std::nullopt;
    }
    auto again = found_instead(request, better->text);
    if (again.candidates.empty()) {
        return std::nullopt;
    }
    words = std::move(again.words);
    found = std::move(again.candidates);
    return DidYouMean{better->text, reason(better->typed, better->meant), found.size()};
}

SearchAnswer PublishedView::search(const SearchRequest& request) const {
    auto [words, found] = this->found(request);
    std::optional<DidYouMean> meant;
    if (words.has_no_operators() && !is_answered(found)) {
        meant = respell(request, words, found);
        if (!meant && !request.without.contains(Part::spelling)) {
            meant = mend(request, words, found);
        }
    }
    if (request.on_match) {
        for (const auto& candidate : found) {
            request.on_match(candidate.node);
        }
    }
    const auto end =
        std::min(found.size(), request.offset + std::min<std::size_t>(request.limit, 1000));
    const auto sorted = std::min(found.size(), std::max<std::size_t>(end, 1));
    std::partial_sort(found.begin(), found.begin() + static_cast<std::ptrdiff_t>(sorted),
                      found.end(), [&](const auto& a, const auto& b) {
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
        answer.did_you_mean = found.empty() ? meant_in_other_layout(request)
                              : meant       ? meant
                                            : did_you_mean(request, found.front(), answer.total);
    }
    return answer;
}

}  // namespace khom::index
