#include "index/keyboard.h"
#include "index/sound.h"
#include "index/spelling.h"
#include "index/view.h"

namespace khom::index {

std::optional<DidYouMean> PublishedView::did_you_mean(const SearchRequest& request,
                                                      const Candidate& best,
                                                      std::size_t total) const {
    if (best.match != Match::typo || !best.name) {
        return std::nullopt;
    }
    const auto& name = names_->all()[*best.name].text;
    return DidYouMean{name, reason(request.text, name), total};
}

std::optional<DidYouMean> PublishedView::meant_in_other_layout(const SearchRequest& request) const {
    const auto meant = other_layout(request.text);
    if (!meant || code_points(*meant).size() < 2) {  // one key alone tells nothing
        return std::nullopt;
    }
    auto asked = request;
    asked.text = *meant;
    asked.on_match = nullptr;
    const auto found = this->found(asked).candidates.size();
    if (found == 0) {
        return std::nullopt;
    }
    return DidYouMean{
        *meant, "'" + request.text + "' is '" + *meant + "' on the other keyboard layout.", found};
}

}  // namespace khom::index
