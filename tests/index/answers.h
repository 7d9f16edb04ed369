#pragma once

#include <string>
#include <vector>

#include "index/index.h"

namespace khom::index {

/// What is found by each of `texts`: the text, the node, its score. Two indexes of one graph give
/// the same.
inline std::vector<std::string> answers(const Index& index, const std::vector<std::string>& texts) {
    std::vector<std::string> all;
    for (const auto& text : texts) {
        SearchRequest request;
        request.text = text;
        request.explain = true;
        for (const auto& hit : index.view()->search(request).hits) {
            all.push_back(text + " " + std::to_string(graph::number(hit.node)) + " " +
                          std::to_string(hit.score));
        }
    }
    return all;
}

}  // namespace khom::index
