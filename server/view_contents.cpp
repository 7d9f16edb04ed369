// What a saved view shows, as a part of the graph: its parameters are put to the same questions
// that its page puts.

#include <algorithm>
#include <array>
#include <set>

#include "query/connections.h"
#include "query/neighbours.h"
#include "query/networks.h"
#include "query/timeline.h"
#include "query/valid_time.h"
#include "server/dossier.h"
#include "server/parameters.h"
#include "server/routes/answers.h"
#include "server/views.h"

namespace khom::server {

namespace {

using corpus::Filter;

/// Gathers entities and statements by their public ids.
class Shown {
  public:
    explicit Shown(const graph::Snapshot& graph) : graph_(graph) {}

    void entity(const std::string& id) {
        if (const auto node = graph_.find(id)) entities_.insert(*node);
    }
    void statement(const std::string& id) {
        if (const auto found = graph_.find_relationship(id)) {
            const auto ends = graph_.endpoints(*found);
            statements_.insert(*found);
            entities_.insert({ends.from, ends.to});
        }
    }
    void hide(const std::string& id) {
        if (const auto node = graph_.find(id)) entities_.erase(*node);
    }
    /// With the statements gathered, or all between the entities.
    Filter filter(bool with_statements) const {
        Filter made;
        made.among.emplace(entities_.begin(), entities_.end());
        if (with_statements) made.statements.emplace(statements_.begin(), statements_.end());
        return made;
    }

  private:
    const graph::Snapshot& graph_;
    std::set<graph::NodeId> entities_;
    std::set<graph::RelationshipId> statements_;
};

graph::Result<Filter> of_search(Parameters& parameters, const query::Reading& reading,
                                bool is_map) {
    query::SearchQuestion question;
    read_search_filters(parameters, question);
    question.kinds = is_map ? std::vector<std::string>{"place"} : parameters.repeated("kind", 8);
    if (!parameters.outcome()) return tl::unexpected(parameters.outcome().error());
    const auto window = query::window_of(question.from, question.to);
    if (!window) return tl::unexpected(window.error());
    return all_found(reading, std::move(question)).map([&](std::vector<graph::NodeId> nodes) {
        Filter filter;
        filter.window = *window;
        filter.among = std::move(nodes);
        return filter;
    });
}

/// How many pairs one picture may connect: each is a search of its own.
constexpr std::size_t most_chains = 8;

graph::Result<void> add_chains(Parameters& parameters, const query::Reading& reading,
                               Shown& shown) {
    query::ConnectionsQuestion question;
    read_chain_options(parameters, question);
    std::vector<std::pair<std::string, std::string>> pairs = {
        {parameters.text("source", 128), parameters.text("target", 128)}};
    for (const auto& chain : parameters.repeated("chain", most_chains)) {
        const auto middle = chain.find('~');
        if (middle == std::string::npos) {
            return graph::refuse_parameter("chain", "'chain' is two ids with ~ between them.");
        }
        pairs.emplace_back(chain.substr(0, middle), chain.substr(middle + 1));
    }
    if (!parameters.outcome()) return parameters.outcome();
    for (auto& [source, target] : pairs) {
        if (source.empty() || target.empty()) continue;
        question.source = std::move(source);
        question.target = std::move(target);
        const auto found = query::connections(reading, question);
        if (!found) return tl::unexpected(found.error());
        for (const auto& path : found->paths) {
            for (const auto& step : path.steps) {
                shown.entity(step.from.id);
                shown.entity(step.to.id);
            }
        }
    }
    return {};
}

/// Its roots, what is around those that were opened, less what was hidden.
graph::Result<Filter> of_graph(const Request& request, const query::Reading& reading) {
    Parameters parameters(request);
    Shown shown(reading.graph());
    const auto roots = parameters.repeated("id", 20);
    auto opened = parameters.repeated("open", 50);
    const auto sectors = parameters.repeated("sector", 10);
    query::NeighboursQuestion around;
    around.kinds = parameters.repeated("kind", 8);
    around.types = parameters.repeated("type", 26);
    around.from = parameters.text("from", 10);
    around.to = parameters.text("to", 10);
    around.limit = 250;
    if (auto added = add_chains(parameters, reading, shown); !added) {
        return tl::unexpected(added.error());
    }
    for (const auto& id : roots) shown.entity(id);
    if (request.parameter("open") == nullptr) opened = roots;
    for (const auto& id : opened) {
        around.id = id;
        const auto found = query::neighbours(reading, around);
        if (!found) return tl::unexpected(found.error());
        for (const auto& node : found->nodes) {
            const bool is_in =
                sectors.empty() || node.sector.empty() ||
                std::find(sectors.begin(), sectors.end(), node.sector) != sectors.end();
            if (is_in) shown.entity(node.entity.id);
        }
    }
    for (const auto& id : parameters.repeated("hide", 100)) shown.hide(id);
    if (!parameters.outcome()) return tl::unexpected(parameters.outcome().error());
    auto filter = shown.filter(false);
    filter.types = around.types;
    return query::window_of(around.from, around.to).map([&](const graph::TimeWindow& window) {
        filter.window = window;
        return filter;
    });
}

graph::Result<Filter> of_timeline(Parameters& parameters, const query::Reading& reading) {
    query::TimelineQuestion question;
    question.entities = parameters.repeated("entity", 20);
    question.kinds = parameters.repeated("kind", 8);
    question.from = parameters.text("from", 10);
    question.to = parameters.text("to", 10);
    question.limit = 250;
    if (!parameters.outcome()) return tl::unexpected(parameters.outcome().error());
    Shown shown(reading.graph());
    do {
        const auto found = query::timeline(reading, question);
        if (!found) return tl::unexpected(found.error());
        for (const auto* items : {&found->items, &found->undated}) {
            for (const auto& item : *items) {
                item.statement.empty() ? shown.entity(item.entity.id)
                                       : shown.statement(item.statement);
            }
        }
        question.cursor = found->next_cursor;
    } while (!question.cursor.empty());
    return shown.filter(!question.entities.empty());
}

graph::Result<Filter> of_network(Parameters& parameters, const query::Reading& reading) {
    query::NetworkQuestion question;
    question.lens = parameters.text("lens", 64);
    if (question.lens.empty()) question.lens = "partners-by-programme";
    question.min_weight = static_cast<double>(parameters.integer("min_weight", 0, 1'000'000, 1));
    question.sectors = parameters.repeated("sector", 50);
    question.themes = parameters.repeated("theme", 50);
    question.from = parameters.text("from", 10);
    question.to = parameters.text("to", 10);
    question.compare_from = parameters.text("compare_from", 10);
    question.compare_to = parameters.text("compare_to", 10);
    question.limit = 1000;
    if (!parameters.outcome()) return tl::unexpected(parameters.outcome().error());
    return query::network(reading, question).map([&](const query::NetworkResult& network) {
        Shown shown(reading.graph());
        const auto add = [&](const std::vector<query::SharedEvidence>& evidence) {
            for (const auto& shared : evidence) {
                shown.entity(shared.via);
                for (const auto& id : shared.statements) shown.statement(id);
            }
        };
        for (const auto& node : network.nodes) {
            shown.entity(node.entity.id);
            add(node.shares);
        }
        for (const auto& edge : network.edges) {
            add(edge.evidence);
            add(edge.before);
        }
        return shown.filter(true);
    });
}

/// All statements that a dossier lists, as they stand today.
graph::Result<Filter> of_dossier(Parameters& parameters, const query::Reading& reading) {
    const auto form = dossier_form(parameters.required("id", 64));
    const auto wanted = read_dossier_wanted(parameters);
    if (!parameters.outcome()) return tl::unexpected(parameters.outcome().error());
    if (!form) return tl::unexpected(form.error());
    return query::dossier(reading, **form, wanted.question).map([&](const query::Dossier& dossier) {
        Shown shown(reading.graph());
        for (const auto& [id, line] : dossier.statements) shown.statement(id);
        return shown.filter(true);
    });
}

}  // namespace

graph::Result<std::vector<graph::NodeId>> all_found(const query::Reading& reading,
                                                    query::SearchQuestion question) {
    constexpr std::size_t page = 250, most = 100'000;
    question.limit = page;
    std::vector<graph::NodeId> nodes;
    do {
        const auto result = query::search(reading, question);
        if (!result) return tl::unexpected(result.error());
        for (const auto& hit : result->hits) {
            if (const auto node = reading.graph().find(hit.entity.id)) nodes.push_back(*node);
        }
        question.cursor = result->next_cursor;
    } while (!question.cursor.empty() && nodes.size() < most);
    return nodes;
}

graph::Result<Filter> shown_by(const View& view, const query::Reading& reading) {
    Request request;
    request.query = view.parameters;
    Parameters parameters(request);
    if (view.kind == "graph") return of_graph(request, reading);
    if (view.kind == "dossier") return of_dossier(parameters, reading);
    if (view.kind == "timeline") return of_timeline(parameters, reading);
    if (view.kind == "network") return of_network(parameters, reading);
    return of_search(parameters, reading, view.kind == "map");
}

}  // namespace khom::server
