#include "index/name_tables.h"

#include <algorithm>
#include <utility>

#include "index/canonical.h"

namespace khom::index {

namespace {

constexpr std::size_t most_beginning = 6;  // bytes by which a name is known to begin nowhere here

bool begins_with(std::string_view text, std::string_view beginning) {
    return text.substr(0, beginning.size()) == beginning;
}

/// Whether a name may end or begin between these bytes: not inside a Latin word or a number.
bool is_word_border(std::string_view text, std::size_t at) {
    return at == 0 || at >= text.size() || !is_latin_or_digit(text[at - 1]) ||
           !is_latin_or_digit(text[at]) || is_digit(text[at - 1]) != is_digit(text[at]);
}

}  // namespace

NameStarts::NameStarts(std::vector<std::string> texts, std::vector<NameStart> starts)
    : texts_(std::move(texts)), starts_(std::move(starts)) {
    std::sort(starts_.begin(), starts_.end(), [&](const NameStart& a, const NameStart& b) {
        const auto order = rest(a).compare(rest(b));
        return order != 0         ? order < 0
               : a.name != b.name ? a.name < b.name
                                  : a.offset_bytes < b.offset_bytes;
    });
}

std::span<const NameStart> NameStarts::going_on_with(std::string_view text) const {
    const auto begin = std::lower_bound(starts_.begin(), starts_.end(), text,
                                        [&](const NameStart& start, std::string_view wanted) {
                                            return rest(start).substr(0, wanted.size()) < wanted;
                                        });
    const auto end = std::upper_bound(begin, starts_.end(), text,
                                      [&](std::string_view wanted, const NameStart& start) {
                                          return wanted < rest(start).substr(0, wanted.size());
                                      });
    return {begin, end};
}

NamesInText::NamesInText(std::vector<std::pair<std::string, std::uint32_t>> names,
                         std::size_t least)
    : least_(least) {
    std::sort(names.begin(), names.end());
    std::vector<std::uint32_t> open;  // entries that the next may begin with, longest last
    for (auto& [text, number] : names) {
        if (text.size() < least_) {
            continue;
        }
        if (!entries_.empty() && entries_.back().text == text) {
            entries_.back().names.push_back(number);
            continue;
        }
        while (!open.empty() && !begins_with(text, entries_[open.back()].text)) {
            open.pop_back();
        }
        beginnings_.insert(text.substr(0, most_beginning));
        open.push_back(static_cast<std::uint32_t>(entries_.size()));
        entries_.push_back(
            {std::move(text), {number}, open.size() > 1 ? open[open.size() - 2] : none});
    }
}

bool NamesInText::may_begin(std::string_view text) const {
    for (auto size = least_; size <= std::min(most_beginning, text.size()); ++size) {
        if (beginnings_.contains(std::string(text.substr(0, size)))) {
            return true;
        }
    }
    return false;
}

std::uint32_t NamesInText::longest_at(std::string_view text) const {
    const auto behind = std::upper_bound(
        entries_.begin(), entries_.end(), text,
        [](std::string_view wanted, const Entry& entry) { return wanted < entry.text; });
    auto at = behind == entries_.begin()
                  ? none
                  : static_cast<std::uint32_t>(behind - entries_.begin() - 1);
    while (at != none && !begins_with(text, entries_[at].text)) {
        at = entries_[at].beginning;
    }
    return at;
}

std::vector<NamesInText::Found> NamesInText::find(std::string_view text) const {
    std::vector<Found> all;
    for (std::size_t at = 0; at + least_ <= text.size();) {
        std::size_t step = 1;
        if (is_word_border(text, at) && may_begin(text.substr(at)) &&
            cluster_begin(text, at) == at) {
            for (auto entry = longest_at(text.substr(at)); entry != none;
                 entry = entries_[entry].beginning) {
                const auto end = at + entries_[entry].text.size();
                if (is_word_border(text, end) && cluster_end(text, end) == end) {
                    all.push_back({at, end, entries_[entry].names});
                    step = end - at;
                    break;
                }
            }
        }
        at += step;
    }
    return all;
}

}  // namespace khom::index
