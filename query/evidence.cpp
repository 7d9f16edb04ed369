#include "query/evidence.h"

#include <algorithm>

#include "query/lookup.h"
#include "query/valid_time.h"

namespace khom::query {

namespace {

std::string string_of(const graph::Snapshot& graph, graph::RelationshipId statement,
                      std::string_view key) {
    const auto value = graph.property(statement, key);
    return std::string(graph::string_or_empty(value));
}

/// What is approximate or uncertain may be a year off.
constexpr std::int64_t vague_days = 366;

/// Whether every day that a time may begin on lies in the window.
bool surely_within(const graph::EdtfTime& time, const graph::TimeWindow& window) {
    if (!time.begin) return !window.from;
    const auto& begin = *time.begin;
    const auto margin = begin.approximate || begin.uncertain ? vague_days : 0;
    const graph::EdtfTime alone{begin, begin,
                                /*interval=*/false};  // a year may begin on any of its days
    return (!window.from || alone.first_day()->days - margin >= window.from->days) &&
           (!window.to || alone.last_day()->days + margin <= window.to->days);
}

}  // namespace

Judgement judge(const graph::Snapshot& graph, graph::RelationshipId statement,
                const graph::TimeWindow& window, Fit fit) {
    auto judgement = judge(time_of(graph, statement).edtf, window, fit);
    if (judgement.standing == Standing::outside) return judgement;
    const auto status = string_of(graph, statement, "status");
    if (status == "planned" || status == "prepared") {
        judgement.why.push_back(Doubt::planned);
    }
    if (string_of(graph, statement, "certainty") == "doubtful") {
        judgement.why.push_back(Doubt::doubtful);
    }
    std::sort(judgement.why.begin(), judgement.why.end());
    judgement.standing = judgement.why.empty() ? Standing::counts : Standing::to_confirm;
    return judgement;
}

Judgement judge(std::string_view edtf, const graph::TimeWindow& window, Fit fit) {
    Judgement judgement;
    const auto time = graph::parse_edtf(edtf);
    if (time && !graph::overlaps(*time, window)) return judgement;
    if (!time) {
        if (fit != Fit::lasting) judgement.why.push_back(Doubt::undated);
    } else if (fit == Fit::surely_within && !surely_within(*time, window)) {
        judgement.why.push_back(Doubt::not_surely_in);
    }
    judgement.standing = judgement.why.empty() ? Standing::counts : Standing::to_confirm;
    return judgement;
}

Wording wording(Doubt doubt) {
    switch (doubt) {
        case Doubt::undated:
            return {"undated", "ไม่ระบุเวลา"};
        case Doubt::planned:
            return {"planned, not yet done", "อยู่ในแผน ยังไม่ได้ดำเนินการ"};
        case Doubt::doubtful:
            return {"doubtful", "ไม่แน่ชัด"};
        case Doubt::not_surely_in:
            return {"perhaps outside the period", "อาจอยู่นอกช่วงเวลา"};
    }
    return {};
}

bool is_sector_group(const graph::Snapshot& graph, graph::NodeId node) {
    return text_of(graph, node, "subtype") == "sector-group";
}

}  // namespace khom::query
