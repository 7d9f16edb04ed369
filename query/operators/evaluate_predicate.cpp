// Comparison, membership and the predicates over texts, in three-valued logic.

#include <re2/re2.h>

#include <memory>
#include <string>

#include "graph/value_order.h"
#include "query/functions/function.h"
#include "query/operators/evaluate.h"
#include "query/operators/evaluate_private.h"
#include "query/refused.h"

namespace khom::query::operators {

using namespace cypher;
using graph::RefusalCode;
using graph::Value;
using graph::ValueKind;

namespace {

using Truth = std::optional<bool>;

Truth related_numbers(Relation relation, std::int64_t left, std::int64_t right) {
    switch (relation) {
        case Relation::equal:
            return left == right;
        case Relation::unequal:
            return left != right;
        case Relation::less:
            return left < right;
        case Relation::less_equal:
            return left <= right;
        case Relation::greater:
            return left > right;
        case Relation::greater_equal:
            return left >= right;
    }
    return std::nullopt;
}

Truth related(Relation relation, const Value& left, const Value& right) {
    if (left.is(ValueKind::integer) && right.is(ValueKind::integer))
        return related_numbers(relation, left.integer(), right.integer());
    if (relation == Relation::equal) return graph::equals(left, right);
    if (relation == Relation::unequal) {
        const auto same = graph::equals(left, right);
        return same ? Truth(!*same) : std::nullopt;
    }
    const auto order = graph::compare(left, right);
    if (!order) return std::nullopt;
    switch (relation) {
        case Relation::less:
            return *order < 0;
        case Relation::less_equal:
            return *order <= 0;
        case Relation::greater:
            return *order > 0;
        case Relation::greater_equal:
            return *order >= 0;
        case Relation::equal:
        case Relation::unequal:
            break;
    }
    return std::nullopt;
}

}  // namespace

std::optional<bool> comparison(const Comparison& form, Execution& execution) {
    auto left = evaluate(*form.operands[0], execution);
    bool unknown = false;
    for (std::size_t i = 0; i < form.relations.size(); ++i) {
        auto right = evaluate(*form.operands[i + 1], execution);
        const auto pair = related(form.relations[i], left, right);
        if (pair == false) return false;
        unknown |= !pair;
        left = std::move(right);
    }
    return unknown ? std::nullopt : Truth(true);
}

std::optional<bool> contained(const Value& element, const Value& list) {
    if (list.is_null()) return std::nullopt;
    if (!list.is(ValueKind::list))
        reject(RefusalCode::type_error, "InvalidArgumentType",
               "IN takes a list, and this is " + functions::words_for(list) + ".");
    bool unknown = false;
    for (const auto& each : list.list()) {
        const auto same = graph::equals(element, each);
        if (same == true) return true;
        unknown |= !same;
    }
    return unknown ? std::nullopt : Truth(false);
}

namespace {

/// RE2 matches in linear time. The last pattern of the thread is kept: it mostly is the same for
/// all rows.
Truth matches(const Value& text, const Value& pattern) {
    if (!text.is(ValueKind::string) || !pattern.is(ValueKind::string)) return std::nullopt;
    thread_local std::string last;
    thread_local std::unique_ptr<re2::RE2> compiled;
    if (compiled == nullptr || last != pattern.string()) {
        re2::RE2::Options options(re2::RE2::Quiet);
        options.set_max_mem(1 << 20);
        last = std::string(pattern.string());
        compiled = std::make_unique<re2::RE2>(last, options);
    }
    if (!compiled->ok()) {
        reject(RefusalCode::argument_error, "InvalidArgumentValue",
               "The regular expression does not read: " + compiled->error() + ".");
    }
    return re2::RE2::FullMatch(re2::StringPiece(text.string().data(), text.string().size()),
                               *compiled);
}

}  // namespace

std::optional<bool> text_predicate(BinaryOperator op, const Value& left, const Value& right) {
    if (op == BinaryOperator::matches) return matches(left, right);
    if (!left.is(ValueKind::string) || !right.is(ValueKind::string)) return std::nullopt;
    const auto text = left.string();
    const auto part = right.string();
    if (op == BinaryOperator::starts_with) return text.starts_with(part);
    if (op == BinaryOperator::ends_with) return text.ends_with(part);
    return text.find(part) != std::string_view::npos;
}

}  // namespace khom::query::operators
