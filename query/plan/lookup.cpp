// Predicates that an index can answer: n.key = value, n.key IN list, n.key STARTS WITH text, and
// comparisons, each written either way round.

#include "query/plan/planner_private.h"

namespace khom::query::plan {

using namespace cypher;

namespace {

using Kind = PropertyLookup::Kind;

/// The key, if the expression is a property of the node.
const std::string* key_of(const Expression& expression, Slot node) {
    const auto* property = expression.as<Property>();
    const auto* variable = property == nullptr ? nullptr : property->subject->as<Variable>();
    return variable != nullptr && variable->slot == node ? &property->key : nullptr;
}

bool speaks_of(const Expression& expression, Slot node) {
    const auto reads = reads_of(expression);
    return reads.opaque || reads.slots.contains(node);
}

std::optional<PropertyLookup> one_pair(const std::string& key, Relation relation,
                                       const Expression& value) {
    switch (relation) {
        case Relation::equal:
            return PropertyLookup{Kind::equal, key, &value};
        case Relation::less:
        case Relation::less_equal:
            return PropertyLookup{Kind::range, key, nullptr, nullptr, &value};
        case Relation::greater:
        case Relation::greater_equal:
            return PropertyLookup{Kind::range, key, nullptr, &value, nullptr};
        case Relation::unequal:
            break;
    }
    return std::nullopt;
}

Relation turned(Relation relation) {
    switch (relation) {
        case Relation::less:
            return Relation::greater;
        case Relation::less_equal:
            return Relation::greater_equal;
        case Relation::greater:
            return Relation::less;
        case Relation::greater_equal:
            return Relation::less_equal;
        case Relation::equal:
        case Relation::unequal:
            break;
    }
    return relation;
}

/// Of a chain as `1990 <= n.year < 2000` the first pair that speaks of a property, with the other
/// end of its range.
std::optional<PropertyLookup> from_chain(const Comparison& chain, Slot node) {
    std::optional<PropertyLookup> found;
    for (std::size_t i = 0; i < chain.relations.size(); ++i) {
        const auto& left = *chain.operands[i];
        const auto& right = *chain.operands[i + 1];
        std::optional<PropertyLookup> pair;
        if (const auto* key = key_of(left, node); key != nullptr && !speaks_of(right, node)) {
            pair = one_pair(*key, chain.relations[i], right);
        } else if (const auto* other = key_of(right, node);
                   other != nullptr && !speaks_of(left, node)) {
            pair = one_pair(*other, turned(chain.relations[i]), left);
        }
        if (!pair) continue;
        if (!found) {
            found = pair;
        } else if (found->kind == Kind::range && pair->kind == Kind::range &&
                   found->key == pair->key) {
            if (found->low == nullptr) found->low = pair->low;
            if (found->high == nullptr) found->high = pair->high;
        }
    }
    return found;
}

}  // namespace

std::optional<PropertyLookup> lookup_of(const Predicate& predicate, Slot node) {
    if (const auto* equals = std::get_if<PropertyEquals>(&predicate)) {
        if (equals->subject != node || speaks_of(*equals->value, node)) return std::nullopt;
        return PropertyLookup{Kind::equal, equals->key, equals->value};
    }
    const auto* expression = std::get_if<const Expression*>(&predicate);
    if (expression == nullptr) return std::nullopt;
    if (const auto* chain = (*expression)->as<Comparison>()) return from_chain(*chain, node);
    const auto* binary = (*expression)->as<Binary>();
    if (binary == nullptr) return std::nullopt;
    const auto* key = key_of(*binary->left, node);
    if (key == nullptr || speaks_of(*binary->right, node)) return std::nullopt;
    if (binary->op == BinaryOperator::in)
        return PropertyLookup{Kind::any_of, *key, binary->right.get()};
    if (binary->op == BinaryOperator::starts_with)
        return PropertyLookup{Kind::prefix, *key, binary->right.get()};
    return std::nullopt;
}

}  // namespace khom::query::plan
