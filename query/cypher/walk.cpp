#include "query/cypher/walk.h"

namespace khom::query::cypher {
namespace {

using Visit = std::function<void(ExpressionPtr&)>;

struct Children {
    const Visit& visit;

    void one(ExpressionPtr& child) const {
        if (child != nullptr) visit(child);
    }
    template <class Range>
    void all(Range& children) const {
        for (auto& child : children) one(child);
    }
    template <class Entries>
    void values(Entries& entries) const {
        for (auto& entry : entries) one(entry.second);
    }

    void operator()(Literal&) const {}
    void operator()(Parameter&) const {}
    void operator()(Variable&) const {}
    void operator()(CountStar&) const {}
    void operator()(Subquery&) const {}
    void operator()(Property& form) const { one(form.subject); }
    void operator()(HasLabels& form) const { one(form.subject); }
    void operator()(ListLiteral& form) const { all(form.elements); }
    void operator()(MapLiteral& form) const { values(form.entries); }
    void operator()(MapProjection& form) const {
        one(form.subject);
        values(form.entries);
    }
    void operator()(Unary& form) const { one(form.operand); }
    void operator()(Binary& form) const {
        one(form.left);
        one(form.right);
    }
    void operator()(Comparison& form) const { all(form.operands); }
    void operator()(Subscript& form) const {
        one(form.subject);
        one(form.index);
    }
    void operator()(Slice& form) const {
        one(form.subject);
        one(form.from);
        one(form.to);
    }
    void operator()(Case& form) const {
        one(form.subject);
        for (auto& [condition, result] : form.alternatives) {
            one(condition);
            one(result);
        }
        one(form.otherwise);
    }
    void operator()(Call& form) const { all(form.arguments); }
    void operator()(ListComprehension& form) const {
        one(form.list);
        one(form.where);
        one(form.result);
    }
    void operator()(Quantifier& form) const {
        one(form.list);
        one(form.where);
    }
    void operator()(Reduce& form) const {
        one(form.initial);
        one(form.list);
        one(form.step);
    }
    void operator()(PatternComprehension& form) const {
        one(form.where);
        one(form.result);
    }
};

}  // namespace

void for_each_child(Expression& parent, const Visit& visit) {
    std::visit(Children{visit}, parent.form);
}

void for_each_child(const Expression& parent, const std::function<void(const Expression&)>& visit) {
    // Only the pointers' constness differs; the visitor sees the children as const.
    const Visit read_only = [&visit](ExpressionPtr& child) { visit(*child); };
    std::visit(
        Children{read_only},
        const_cast<Expression&>(parent).form);  // NOLINT(cppcoreguidelines-pro-type-const-cast)
}

}  // namespace khom::query::cypher
