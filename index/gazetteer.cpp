// All names in one sorted list: those that begin as the text does are a range, which each further
// byte narrows by two binary searches until it is empty. That is as quick as an automaton where few
// names share a beginning, and costs no memory beside the names (an Aho-Corasick automaton over
// 100,000 names has some 6 million states).

#include "index/gazetteer.h"

#include <algorithm>
#include <utility>

#include "index/canonical.h"

namespace khom::index {

namespace {

/// Shorter names occur by chance: "of", ชล.
constexpr std::size_t least_bytes = 4;

bool is_ascii_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

bool is_border(std::string_view text, std::size_t at) {
    if (at == 0 || at == text.size()) {
        return true;
    }
    return !(is_ascii_letter(text[at]) && is_ascii_letter(text[at - 1])) &&
           cluster_begin(text, at) == at;
}

}  // namespace

Gazetteer::Gazetteer(const std::vector<Name>& names) {
    std::vector<std::pair<std::string, graph::NodeId>> all;
    for (const auto& name : names) {
        if (auto plain = canonical(name.text).text; plain.size() >= least_bytes) {
            all.emplace_back(std::move(plain), name.node);
        }
    }
    std::sort(all.begin(), all.end());
    all.erase(std::unique(all.begin(), all.end()), all.end());
    for (auto& [text, node] : all) {
        if (entries_.empty() || entries_.back().text != text) {
            entries_.push_back({std::move(text), {}});
        }
        entries_.back().nodes.push_back(node);
    }
}

const Gazetteer::Entry* Gazetteer::longest_at(std::string_view text, std::size_t at) const {
    const Entry* longest = nullptr;
    auto first = entries_.begin(), last = entries_.end();
    for (std::size_t depth = 0; first != last && at + depth < text.size(); ++depth) {
        const auto byte = static_cast<unsigned char>(text[at + depth]);
        const auto byte_of = [&](const Entry& entry) {
            return depth < entry.text.size() ? static_cast<unsigned char>(entry.text[depth]) : -1;
        };
        first = std::partition_point(first, last,
                                     [&](const auto& entry) { return byte_of(entry) < byte; });
        last = std::partition_point(first, last,
                                    [&](const auto& entry) { return byte_of(entry) == byte; });
        // The shortest of a range stands first: it is all that was read, or none is.
        if (first != last && first->text.size() == depth + 1 && is_border(text, at + depth + 1)) {
            longest = &*first;
        }
    }
    return longest;
}

std::vector<Gazetteer::Mention> Gazetteer::mentions(std::string_view text) const {
    std::vector<Mention> all;
    for (std::size_t at = 0; at < text.size();) {
        const auto* entry = is_border(text, at) ? longest_at(text, at) : nullptr;
        if (entry != nullptr) {
            all.push_back({at, at + entry->text.size(), entry->nodes});
            at += entry->text.size();
        } else {
            at = cluster_end(text, at + 1);
        }
    }
    return all;
}

}  // namespace khom::index
