#include <utility>

#include "query/semantics/binder_private.h"

namespace khom::query::semantics {

using namespace cypher;
using graph::Span;

namespace {

constexpr Type node_type{TypeKind::node, 0};
constexpr Type relationship_type{TypeKind::relationship, 0};

[[noreturn]] void already_bound(const std::string& name, const Span& span) {
    syntax("VariableAlreadyBound",
           "The variable '" + name + "' is already bound; choose another name.", span);
}

void require_kind(const Symbol& symbol, Type wanted, const std::string& name, const Span& span) {
    const bool listed = wanted.is_list();
    const bool fits = symbol.type.unknown() || symbol.type == wanted ||
                      (listed && symbol.type.is_list() && symbol.type.element().unknown());
    if (!fits) {
        syntax("VariableTypeConflict",
               "The variable '" + name + "' is " + words_for(symbol.type) +
                   ", and stands here for " + words_for(wanted) + ".",
               span);
    }
}

/// Null equals nothing, so MERGE would make the pattern anew each time.
void refuse_null_literals(const MapLiteral& map) {
    for (const auto& [key, value] : map.entries) {
        const auto* literal = value->as<Literal>();
        if (literal == nullptr || !literal->value.is_null()) continue;
        reject(graph::RefusalCode::semantic_error, "MergeReadOwnWrites",
               "MERGE cannot look for null: the property '" + key + "' has no value.", value->span);
    }
}

}  // namespace

/// The planner looks at every node of a pattern from every other.
void Binder::limit_nodes(std::size_t nodes, const Span& span) {
    constexpr std::size_t most_nodes = 200;
    if (nodes <= most_nodes) return;
    reject(graph::RefusalCode::limit_exceeded, "",
           "A MATCH takes patterns of 200 nodes at most, and this has " + std::to_string(nodes) +
               "; use [*] for a chain, or several clauses.",
           span);
}

/// Declares all variables of the pattern, then binds its property expressions: these may speak of
/// each other's variables.
void Binder::pattern(std::vector<PathPattern>& paths, PatternUse use) {
    const auto before = scope_;
    const auto* outer = std::exchange(before_pattern_, &before);
    std::set<std::string> seen_relationships;
    for (auto& path : paths) declare_path(path, use, seen_relationships);
    for (auto& path : paths) pattern_properties(path, use);
    before_pattern_ = outer;
}

void Binder::declare_path(PathPattern& path, PatternUse use,
                          std::set<std::string>& seen_relationships) {
    if (use != PatternUse::create) limit_nodes(path.nodes.size(), path.span);
    const auto& name = path.variable.name;
    if (!name.empty() && scope_.find(name) != nullptr) already_bound(name, path.span);
    const bool alone = path.relationships.empty();
    for (std::size_t i = 0; i < path.nodes.size(); ++i) {
        declare_node(path.nodes[i], use, alone);
        if (i < path.relationships.size())
            declare_relationship(path.relationships[i], use, seen_relationships);
    }
    if (name.empty()) return;
    if (scope_.find(name) != nullptr) already_bound(name, path.span);
    path.variable.slot = declare(name, {TypeKind::path, 0});
}

void Binder::declare_node(NodePattern& node, PatternUse use, bool alone) {
    const auto& name = node.variable.name;
    const auto* symbol = name.empty() ? nullptr : scope_.find(name);
    if (symbol == nullptr) {
        if (use == PatternUse::predicate && !name.empty()) {
            syntax(
                "UndefinedVariable",
                "The variable '" + name + "' is not defined; a pattern predicate introduces none.",
                node.span);
        }
        node.variable.slot = declare(name, node_type);
        return;
    }
    const bool writing = use == PatternUse::create || use == PatternUse::merge;
    if (writing && (alone || !node.labels.empty() || node.properties != nullptr))
        already_bound(name, node.span);
    require_kind(*symbol, node_type, name, node.span);
    node.variable.slot = symbol->slot;
    node.bound = true;
}

void Binder::check_written(const RelationshipPattern& relationship, PatternUse use) const {
    if (relationship.types.size() != 1 && relationship.quantified == nullptr) {
        syntax("NoSingleRelationshipType",
               "A relationship is made with exactly one type, as in -[:TYPE]->.",
               relationship.span);
    }
    if (relationship.hops) {
        syntax("CreatingVarLength", "A relationship of variable length cannot be made.",
               relationship.span);
    }
    if (use == PatternUse::create && relationship.direction == graph::Direction::both) {
        syntax("RequiresDirectedRelationship",
               "A relationship is made in one direction: --> or <--.", relationship.span);
    }
}

void Binder::declare_relationship(RelationshipPattern& relationship, PatternUse use,
                                  std::set<std::string>& seen_relationships) {
    if (relationship.quantified != nullptr) {
        declare_quantified(relationship, use);
        return;
    }
    const auto& name = relationship.variable.name;
    const bool writing = use == PatternUse::create || use == PatternUse::merge;
    const auto type = relationship.hops ? relationship_type.listed() : relationship_type;
    const auto* symbol = name.empty() ? nullptr : scope_.find(name);
    if (writing && symbol != nullptr) already_bound(name, relationship.span);
    if (writing) check_written(relationship, use);
    if (symbol == nullptr) {
        if (use == PatternUse::predicate && !name.empty()) {
            syntax(
                "UndefinedVariable",
                "The variable '" + name + "' is not defined; a pattern predicate introduces none.",
                relationship.span);
        }
        relationship.variable.slot = declare(name, type);
    } else {
        require_kind(*symbol, type, name, relationship.span);
        if (seen_relationships.contains(name)) {
            syntax("RelationshipUniquenessViolation",
                   "The relationship '" + name +
                       "' stands twice in one pattern, whose relationships all differ.",
                   relationship.span);
        }
        relationship.variable.slot = symbol->slot;
        relationship.bound = true;
    }
    if (!name.empty()) seen_relationships.insert(name);
}

/// Inside, a walk has variables of its own and sees those of the clauses before; of the pattern
/// around it, it sees nothing.
void Binder::declare_quantified(RelationshipPattern& relationship, PatternUse use) {
    if (use == PatternUse::create || use == PatternUse::merge) check_written(relationship, use);
    auto& quantified = *relationship.quantified;
    auto outside = std::exchange(scope_, *before_pattern_);
    std::vector<PathPattern> paths;
    paths.push_back(std::move(quantified.path));
    pattern(paths, use);
    quantified.path = std::move(paths[0]);
    if (quantified.where != nullptr) predicate(*quantified.where);
    const auto inside = std::exchange(scope_, std::move(outside));
    declare_groups(relationship, inside);
}

/// Outside, each of its variables is the list of what it was walk by walk.
void Binder::declare_groups(RelationshipPattern& relationship, const Scope& inside) {
    auto& quantified = *relationship.quantified;
    const auto refuse_outer = [&](const Variable& variable) {
        if (!variable.name.empty() && before_pattern_->find(variable.name) != nullptr)
            already_bound(variable.name, relationship.span);
    };
    for (const auto& node : quantified.path.nodes) refuse_outer(node.variable);
    for (const auto& each : quantified.path.relationships) refuse_outer(each.variable);
    for (auto i = before_pattern_->size(); i < inside.size(); ++i) {
        const auto& [name, symbol] = inside.symbols()[i];
        if (name.empty()) continue;
        if (scope_.find(name) != nullptr) already_bound(name, relationship.span);
        quantified.groups.emplace_back(symbol.slot,
                                       Variable{name, declare(name, symbol.type.listed())});
    }
    relationship.variable.slot = declare("", relationship_type.listed());
}

void Binder::pattern_properties(PathPattern& path, PatternUse use) {
    const auto bind_properties = [&](ExpressionPtr& properties) {
        if (properties == nullptr) return;
        if (properties->as<Parameter>() != nullptr && use != PatternUse::create) {
            syntax(
                "InvalidParameterUse",
                "A parameter cannot stand for all properties here; name the keys: {key: $value}.",
                properties->span);
        }
        expression(*properties);
        const auto* map = properties->as<MapLiteral>();
        if (map != nullptr && use == PatternUse::merge) refuse_null_literals(*map);
    };
    for (auto& node : path.nodes) bind_properties(node.properties);
    for (auto& relationship : path.relationships) bind_properties(relationship.properties);
}

}  // namespace khom::query::semantics
