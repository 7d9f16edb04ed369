#include <algorithm>

#include "index/canonical.h"
#include "index/highlight.h"
#include "index/view.h"

namespace khom::index {

SuggestAnswer PublishedView::suggest(const SuggestRequest& request) const {
    auto found = names_->complete(request.text);
    std::erase_if(found,
                  [&](const auto& match) { return request.accept && !request.accept(match.node); });
    for (auto& match : found) {
        match.score = page_share(match.node) * match.score + prior(match.node);
    }
    const auto shown = std::min({found.size(), request.limit, std::size_t{20}});
    std::partial_sort(found.begin(), found.begin() + static_cast<std::ptrdiff_t>(shown),
                      found.end(), [&](const auto& a, const auto& b) {
                          return a.score != b.score ? a.score > b.score : id(a.node) < id(b.node);
                      });
    SuggestAnswer answer;
    const auto typed = canonical(request.text).text;
    for (std::size_t i = 0; i < shown; ++i) {
        const auto& name = names_->all()[found[i].name];
        Hit one;
        one.node = found[i].node;
        one.score = found[i].score;
        one.field = name.field;
        one.match = found[i].match;
        auto html = highlight(name.text, {typed});
        one.highlights[name.field] =
            html.empty() ? highlight(name.text, {canonical(name.text).text}) : std::move(html);
        if (found[i].match == Match::prefix && answer.queries.size() < 5) {
            answer.queries.push_back(name.text);
        }
        answer.entities.push_back(std::move(one));
    }
    return answer;
}

}  // namespace khom::index
