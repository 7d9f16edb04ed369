#include "index/synonyms.h"

#include <algorithm>
#include <utility>

#include "index/analyser.h"

namespace khom::index {

namespace {

std::string joined(const std::vector<std::string>& forms, std::size_t begin, std::size_t end) {
    std::string text;
    for (auto i = begin; i < end; ++i) {
        text += forms[i] + ' ';
    }
    return text;
}

}  // namespace

Synonyms::Synonyms(const std::vector<std::vector<std::string>>& groups, const AddedWords& words) {
    for (const auto& texts : groups) {
        std::vector<Member> members;
        for (const auto& text : texts) {
            Member member{text, terms_of(text, words).words};
            if (!member.forms.empty() && member.forms.size() <= most_words) {
                by_forms_[joined(member.forms, 0, member.forms.size())].push_back(
                    {groups_.size(), members.size()});
                members.push_back(std::move(member));
            }
        }
        groups_.push_back(std::move(members));
    }
}

std::vector<Synonyms::Found> Synonyms::find(const std::vector<std::string>& forms) const {
    std::vector<Found> all;
    for (std::size_t begin = 0; begin < forms.size();) {
        auto end = by_forms_.empty() ? begin : std::min(forms.size(), begin + most_words);
        auto known = by_forms_.end();
        for (; end > begin && known == by_forms_.end(); --end) {
            known = by_forms_.find(joined(forms, begin, end));
        }
        if (known == by_forms_.end()) {
            ++begin;
            continue;
        }
        Found found{begin, end + 1, {}};
        for (const auto& place : known->second) {
            for (const auto& member : groups_[place.group]) {
                const auto& mine = groups_[place.group][place.member];
                // Two spellings of one row of words (มช., ม.ช.) are one member.
                const bool is_there =
                    std::any_of(found.others.begin(), found.others.end(),
                                [&](const auto* other) { return other->forms == member.forms; });
                if (member.forms != mine.forms && !is_there) {
                    found.others.push_back(&member);
                }
            }
        }
        begin = found.end;
        all.push_back(std::move(found));
    }
    return all;
}

}  // namespace khom::index
