#include <algorithm>
#include <utility>

#include "corpus/import.h"
#include "corpus/validate.h"
#include "graph/edtf.h"

namespace khom::corpus {

namespace {

graph::Refusal broken(std::string message) {
    return {graph::RefusalCode::invalid_data, std::move(message), {}, {}, {}};
}

class OntologyRule : public graph::BatchRule {
  public:
    explicit OntologyRule(std::shared_ptr<const graph::Ontology> ontology)
        : ontology_(std::move(ontology)) {}

    std::vector<graph::Refusal> check(const graph::Batch& batch,
                                      const graph::Snapshot& after) const override {
        std::vector<graph::Refusal> all;
        for (const auto& change : batch.nodes) {
            if (change.after) {
                check_entity(*change.after, all);
            }
        }
        for (const auto& change : batch.relationships) {
            if (change.after) {
                check_statement(*change.after, after, all);
            }
        }
        return all;
    }

  private:
    void check_entity(const graph::Node& node, std::vector<graph::Refusal>& all) const {
        const auto property = [&](const char* key) {
            const auto found = node.properties.find(key);
            return found == node.properties.end() ? std::string_view()
                                                  : graph::string_or_empty(found->second);
        };
        const auto id = std::string(property("id"));
        const auto* kind = ontology_->kind(kind_of(id));
        if (kind == nullptr) {
            all.push_back(broken("An entity has the id '" + id + "', which is not kind:slug."));
            return;
        }
        if (node.labels != std::vector<std::string>{kind->label}) {
            all.push_back(broken("'" + id + "' must have the one label " + kind->label + "."));
        }
        if (property("name_en").empty() && property("name_th").empty()) {
            all.push_back(broken("'" + id + "' has no name."));
        }
        if (const auto time = property("time"); !time.empty() && !graph::parse_edtf(time)) {
            all.push_back(broken("'" + id + "' has the time '" + std::string(time) +
                                 "', which is not EDTF."));
        }
    }

    void check_statement(const graph::Relationship& relationship, const graph::Snapshot& after,
                         std::vector<graph::Refusal>& all) const {
        const auto* type = ontology_->type_of_cypher(relationship.type);
        if (type == nullptr) {
            all.push_back(broken("There is no relationship type '" + relationship.type + "'."));
            return;
        }
        const auto fits = [&](graph::NodeId node, const std::vector<std::string>& kinds) {
            const auto kind = after.property(node, "kind");
            return std::find(kinds.begin(), kinds.end(), graph::string_or_empty(kind)) !=
                   kinds.end();
        };
        if (!fits(relationship.from, type->domain) || !fits(relationship.to, type->range)) {
            all.push_back(broken("'" + type->id + "' does not link these kinds."));
        }
    }

    std::shared_ptr<const graph::Ontology> ontology_;
};

}  // namespace

std::shared_ptr<const graph::BatchRule> ontology_rule(
    std::shared_ptr<const graph::Ontology> ontology) {
    return std::make_shared<OntologyRule>(std::move(ontology));
}

}  // namespace khom::corpus
