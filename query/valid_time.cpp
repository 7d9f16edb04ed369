#include "query/valid_time.h"

namespace khom::query {

std::string time_of(const graph::Snapshot& graph, graph::NodeId node) {
    const auto time = graph.property(node, "time");
    return std::string(graph::string_or_empty(time));
}

bool is_within(const graph::DaySpan& days, const graph::TimeWindow& window) {
    return !days.is_known() || graph::overlaps(days, window);
}

bool is_within(std::string_view edtf, const graph::TimeWindow& window) {
    return window.open() || is_within(graph::days_of(edtf), window);
}

graph::Result<graph::TimeWindow> window_of(const std::string& from, const std::string& to) {
    auto window = graph::parse_window(from, to);
    if (!window) {
        auto& message = window.error().message;
        constexpr std::string_view for_files = " or `era=BE`";
        if (const auto at = message.find(for_files); at != std::string::npos) {
            message.erase(at, for_files.size());
        }
    }
    return window;
}

}  // namespace khom::query
