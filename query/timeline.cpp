// Two kinds of items: entities that have a time of their own, and, where entities are asked for,
// the dated statements about them. An item stands in the bucket in which it begins, as finely as
// its time is given: a year alone among months is a bucket of its own, before its months.

#include "query/timeline.h"

#include <algorithm>
#include <map>
#include <set>

#include "query/cursor.h"
#include "query/functions/temporal_text.h"
#include "query/lookup.h"
#include "query/nearest.h"
#include "query/sentences.h"
#include "query/valid_time.h"

namespace khom::query {

namespace {

using graph::NodeId;

constexpr std::size_t most_undated = 250;
constexpr std::size_t most_entities = 50;

/// The question, checked.
struct Asked {
    std::vector<NodeId> entities;
    std::vector<std::string> kinds;
    graph::TimeWindow window;
    std::string bucket;
    std::size_t offset = 0;
    std::uint64_t hash = 0;
};

graph::Result<Asked> read(const Reading& reading, const TimelineQuestion& question) {
    const std::vector<std::string> buckets{"year", "quarter", "month", "none"};
    Asked asked;
    if (question.entities.size() > most_entities) {
        return graph::refuse_parameter("entity", "At most 50 entities can be named.");
    }
    for (const auto& id : question.entities) {
        const auto node = find_entity(reading, id, "entity");
        if (!node) return tl::unexpected(node.error());
        asked.entities.push_back(*node);
    }
    std::ranges::sort(asked.entities);
    asked.entities.erase(std::unique(asked.entities.begin(), asked.entities.end()),
                         asked.entities.end());
    const auto kinds = check_kinds(reading, question.kinds);
    if (!kinds) return tl::unexpected(kinds.error());
    if (std::ranges::find(buckets, question.bucket) == buckets.end()) {
        return graph::refuse_parameter("bucket", unknown_word(question.bucket, "bucket", buckets));
    }
    const auto window = window_of(question.from, question.to);
    if (!window) return tl::unexpected(window.error());
    if (question.limit > 250) return graph::refuse_parameter("limit", "limit is at most 250.");
    asked.hash = QuestionHash()
                     .add(question.entities)
                     .add(question.kinds)
                     .add(question.bucket)
                     .add(question.from)
                     .add(question.to)
                     .value();
    const auto offset = offset_of(question.cursor, asked.hash);
    if (!offset) return tl::unexpected(offset.error());
    asked.kinds = question.kinds;
    asked.window = *window;
    asked.bucket = question.bucket;
    asked.offset = *offset;
    return asked;
}

/// An item before it is worded: a node, or a statement seen from `node`.
struct Found {
    NodeId node{};
    std::optional<graph::RelationshipId> statement;
    graph::Direction direction = graph::Direction::out;
    std::string edtf;  // empty: undated
    std::string id;    // of the statement, or the node
    // How it sorts: where it begins within the window, coarser before finer, then what ends first.
    std::int64_t begins = 0;
    int precision = 0;
    std::int64_t ends = 0;
};

std::int64_t days_of(const std::optional<graph::Date>& date, std::int64_t otherwise) {
    return date ? date->days : otherwise;
}

class Timeline {
  public:
    Timeline(const Reading& reading, const Asked& asked)
        : reading_(reading), graph_(reading.graph()), asked_(asked) {}

    TimelineResult made(std::size_t limit) {
        collect();
        std::ranges::sort(dated_, [](const Found& one, const Found& other) {
            return std::tie(one.begins, one.precision, one.ends, one.id) <
                   std::tie(other.begins, other.precision, other.ends, other.id);
        });
        std::ranges::sort(undated_, {}, &Found::id);
        TimelineResult result;
        result.revision = graph::number(graph_.revision());
        result.total = dated_.size();
        put_buckets(result);
        const auto end = std::min(dated_.size(), asked_.offset + limit);
        for (auto i = asked_.offset; i < end; ++i) result.items.push_back(item(dated_[i]));
        if (end < dated_.size() && limit > 0) result.next_cursor = cursor_at(end, asked_.hash);
        for (const auto& found : undated_) {
            if (result.undated.size() == most_undated) break;
            result.undated.push_back(item(found));
        }
        return result;
    }

  private:
    void collect() {
        if (asked_.entities.empty()) {
            for (const auto node : graph_.nodes()) add_node(node);
            return;
        }
        for (const auto node : asked_.entities) {
            add_node(node);
            for (const auto direction : {graph::Direction::out, graph::Direction::in}) {
                for (const auto& step : graph_.adjacent(node, direction)) {
                    add_statement(node, direction, step);
                }
            }
        }
    }

    bool is_of_kind(NodeId node) const {
        return asked_.kinds.empty() ||
               std::ranges::find(asked_.kinds, kind_of(graph_, node)) != asked_.kinds.end();
    }

    /// Of the whole city, programmes without a time are to confirm; a place needs none.
    void add_node(NodeId node) {
        const auto kind = kind_of(graph_, node);
        if (kind.empty() || kind == "source" || !is_of_kind(node)) return;
        auto edtf = time_of(graph_, node);
        if (edtf.empty() && kind != "program") return;
        add({node, std::nullopt, graph::Direction::out, std::move(edtf), id_of(graph_, node), 0, 0,
             0});
    }

    /// The other end must be of a kind asked for. Sources say when something was written, not when
    /// it was so.
    void add_statement(NodeId node, graph::Direction direction, const graph::Adjacent& step) {
        const NodeId other = step.neighbour;
        if (kind_of(graph_, other) == "source" || !is_of_kind(other)) return;
        const auto id = graph_.property(step.relationship, graph::public_id_key);
        if (!seen_.insert(step.relationship).second) return;  // between two entities asked for
        add({node, step.relationship, direction, time_of(graph_, step.relationship).edtf,
             std::string(graph::string_or_empty(id)), 0, 0, 0});
    }

    void add(Found found) {
        const auto time = graph::parse_edtf(found.edtf);
        if (!time) {
            // A place's location or a theme's address has no time and needs none.
            if (!found.statement) undated_.push_back(std::move(found));
            return;
        }
        if (!graph::overlaps(*time, asked_.window)) return;
        const auto begin = days_of(time->first_day(), INT64_MIN);
        found.begins = asked_.window.from ? std::max(begin, asked_.window.from->days) : begin;
        const auto& date = time->begin ? time->begin : time->end;
        found.precision = static_cast<int>(date->precision);
        found.ends = days_of(time->last_day(), INT64_MAX);
        dated_.push_back(std::move(found));
    }

    /// "2021", "2021-01/2021-03" or "2021-05": where it begins, as finely as it is known;
    /// "../2020-12-31" for what surely began before the window.
    std::string bucket_of(const Found& found) const {
        const auto time = *graph::parse_edtf(found.edtf);
        const auto& date = time.begin ? *time.begin : *time.end;
        const auto latest = graph::EdtfTime{date, date, false}.last_day();
        if (asked_.window.from && (!time.begin || latest->days < asked_.window.from->days)) {
            return "../" + functions::temporal_text(graph::Date{asked_.window.from->days - 1});
        }
        char text[40];
        if (asked_.bucket == "year" || date.month == 0) {
            std::snprintf(text, sizeof text, "%04d", date.year);
        } else if (asked_.bucket == "month") {
            std::snprintf(text, sizeof text, "%04d-%02d", date.year, date.month);
        } else {
            const int quarter = (date.month - 1) / 3;
            std::snprintf(text, sizeof text, "%04d-%02d/%04d-%02d", date.year, quarter * 3 + 1,
                          date.year, quarter * 3 + 3);
        }
        return text;
    }

    void put_buckets(TimelineResult& result) const {
        if (asked_.bucket == "none") return;
        std::map<std::string, TimelineBucket> buckets;
        for (const auto& found : dated_) {
            const auto edtf = bucket_of(found);
            auto& bucket = buckets[edtf];
            bucket.edtf = edtf;
            bucket.ids.push_back(found.id);
        }
        for (auto& [edtf, bucket] : buckets) {
            bucket.count = bucket.ids.size();
            bucket.label = time_label(edtf).words;
            if (edtf.starts_with("../")) {
                bucket.label = {"begun before, still going on", "เริ่มก่อนช่วงเวลานี้และยังดำเนินอยู่"};
            }
            const bool coarse = asked_.bucket != "year" && edtf.size() == 4;
            if (coarse) {
                bucket.label.en += " (month not given)";
                bucket.label.th += " (ไม่ระบุเดือน)";
            }
            result.buckets.push_back(std::move(bucket));
        }
    }

    TimelineItem item(const Found& found) const {
        TimelineItem item;
        item.entity = entity_ref(reading_, found.node);
        item.subtype = text_of(graph_, found.node, "subtype");
        if (!found.edtf.empty()) item.time = time_label(found.edtf);
        if (!found.statement) {
            item.summary = {text_of(graph_, found.node, "summary_en"),
                            text_of(graph_, found.node, "summary_th")};
            item.certainty = text_of(graph_, found.node, "certainty");
            item.status = "done";
            if (found.edtf.empty()) item.why.push_back(Doubt::undated);
            if (item.certainty == "doubtful") item.why.push_back(Doubt::doubtful);
            return item;
        }
        const auto view = statement(reading_, *found.statement, found.direction);
        item.time.from_programme = view.time && view.time->from_programme;
        item.statement = view.id;
        item.other = view.target;
        item.summary = sentence(*reading_.ontology, item.entity, view.target, view);
        item.certainty = view.certainty;
        item.status = view.status;
        item.why = judge(graph_, *found.statement, asked_.window).why;
        return item;
    }

    const Reading& reading_;
    const graph::Snapshot& graph_;
    const Asked& asked_;
    std::vector<Found> dated_, undated_;
    std::set<graph::RelationshipId> seen_;
};

}  // namespace

graph::Result<TimelineResult> timeline(const Reading& reading, const TimelineQuestion& question) {
    return read(reading, question).map([&](const Asked& asked) {
        return Timeline(reading, asked).made(question.limit);
    });
}

}  // namespace khom::query
