// The tables of a dossier: who, what, where, which figures, which areas.

#include <algorithm>
#include <array>
#include <set>

#include "query/dossier_private.h"
#include "query/lookup.h"
#include "query/sources.h"
#include "query/valid_time.h"

namespace khom::query {

namespace {

/// How a partner takes part in a programme.
constexpr std::array<std::string_view, 4> taking_part = {"organized_by", "has_participant",
                                                         "supported_by", "funded_by"};

bool is_partner(const graph::Snapshot& graph, graph::NodeId node) {
    return kind_of(graph, node) == "partner" && !is_sector_group(graph, node);
}

bool takes_part(const graph::Snapshot& graph, const JudgedStatement& statement) {
    return std::find(taking_part.begin(), taking_part.end(), statement.type) != taking_part.end() &&
           kind_of(graph, statement.ends.from) == "program" && is_partner(graph, statement.ends.to);
}

int first_year(std::string_view edtf) {
    const auto time = graph::parse_edtf(edtf);
    return time && time->begin ? time->begin->year : 0;
}

bool counts(const JudgedStatement& statement) {
    return statement.judgement.standing == Standing::counts;
}

/// The programmes that counting statements name, or that have a counting time of their own.
bool counts_by_time(const DossierRecord& record, graph::NodeId node) {
    return judge(time_of(record.reading.graph(), node), record.window, record.fit).standing ==
           Standing::counts;
}

template <class Row>
void sort_by_id(std::vector<Row>& rows) {
    std::sort(rows.begin(), rows.end(),
              [](const Row& a, const Row& b) { return a.entity.id < b.entity.id; });
}

}  // namespace

std::vector<AreaCoverage> areas_of(DossierRecord& record, const DossierTemplate& form) {
    std::vector<AreaCoverage> all;
    if (!form.areas) return all;
    const auto& graph = record.reading.graph();
    for (const auto& id : record.reading.ontology->key_feature_areas) {
        const auto area = graph.find(id);
        if (!area) continue;
        AreaCoverage row{entity_ref(record.reading, *area), Coverage::missing, {}, {}, {}};
        std::set<std::string> named;
        for (const auto& statement : record.statements) {
            if (statement.type != "evidences" || statement.ends.to != *area) continue;
            const auto& line = record.name(statement);
            if (!counts(statement)) {
                row.to_confirm.push_back(line);
                continue;
            }
            row.evidence.push_back(line);
            const auto programme = entity_ref(record.reading, statement.ends.from);
            if (named.insert(programme.id).second) row.programmes.push_back(programme);
        }
        row.status = coverage(form, row.programmes.size(), record.sources_of(row.evidence));
        all.push_back(std::move(row));
    }
    return all;
}

std::vector<DossierPartner> partners_of(DossierRecord& record) {
    const auto& graph = record.reading.graph();
    std::map<graph::NodeId, DossierPartner> rows;
    std::map<graph::NodeId, std::set<graph::NodeId>> programmes;
    for (const auto& statement : record.statements) {
        if (!counts(statement) || !takes_part(graph, statement)) continue;
        const auto partner = statement.ends.to;
        auto& row = rows[partner];
        row.entity = entity_ref(record.reading, partner);
        row.sector = text_of(graph, partner, "sector");
        row.evidence.push_back(record.name(statement));
        if (programmes[partner].insert(statement.ends.from).second) {
            ++row.years[first_year(time_of(graph, statement.relationship).edtf)];
        }
    }
    std::vector<DossierPartner> all;
    all.reserve(rows.size());
    for (auto& [node, row] : rows) all.push_back(std::move(row));
    const auto total = [](const DossierPartner& row) {
        std::size_t sum = 0;
        for (const auto& [year, count] : row.years) sum += count;
        return sum;
    };
    const auto& sectors = record.reading.ontology->sectors;
    const auto rank = [&](const std::string& sector) {
        return std::find_if(sectors.begin(), sectors.end(),
                            [&](const graph::Term& term) { return term.id == sector; }) -
               sectors.begin();
    };
    std::sort(all.begin(), all.end(), [&](const DossierPartner& a, const DossierPartner& b) {
        return std::tuple(rank(a.sector), total(b), a.entity.id) <
               std::tuple(rank(b.sector), total(a), b.entity.id);
    });
    return all;
}

std::vector<DossierProgramme> programmes_of(DossierRecord& record) {
    const auto& graph = record.reading.graph();
    std::map<graph::NodeId, DossierProgramme> rows;
    const auto* kind = record.reading.ontology->kind("program");
    const auto label = kind == nullptr ? std::nullopt : graph.label(kind->label);
    for (const auto node : label ? graph.nodes(*label) : std::vector<graph::NodeId>{}) {
        if (!counts_by_time(record, node)) continue;
        const auto cited_here =
            cited(graph, graph.property(node, "sources"), graph.property(node, "locators"));
        rows[node] = {entity_ref(record.reading, node),
                      time_label(time_of(graph, node)),
                      {text_of(graph, node, "summary_en"), text_of(graph, node, "summary_th")},
                      {},
                      {},
                      record.numbers(cited_here)};
    }
    for (const auto& statement : record.statements) {
        const auto row = rows.find(statement.ends.from);
        if (row == rows.end() || !counts(statement)) continue;
        if (takes_part(graph, statement)) {
            record.name(statement);
            row->second.partners.push_back(entity_ref(record.reading, statement.ends.to));
        } else if (statement.type == "held_at") {
            record.name(statement);
            row->second.places.push_back(entity_ref(record.reading, statement.ends.to));
        }
    }
    std::vector<DossierProgramme> all;
    all.reserve(rows.size());
    for (auto& [node, row] : rows) all.push_back(std::move(row));
    const auto first_day = [](const DossierProgramme& row) {
        const auto time = graph::parse_edtf(row.time.edtf);
        return time && time->first_day() ? time->first_day()->days : 0;
    };
    std::sort(all.begin(), all.end(), [&](const DossierProgramme& a, const DossierProgramme& b) {
        return std::tuple(first_day(a), a.entity.id) < std::tuple(first_day(b), b.entity.id);
    });
    return all;
}

std::vector<DossierFigure> figures_of(DossierRecord& record, const DossierTemplate& form) {
    const auto& graph = record.reading.graph();
    std::vector<DossierFigure> all;
    for (const auto& figure : form.figures) {
        std::vector<DossierFigure> rows;
        for (const auto node : graph.nodes()) {
            auto value = graph.property(node, figure.attribute);
            if (value.is_null()) continue;
            const auto time = time_of(graph, node);
            auto judgement = judge(time, record.window, record.fit);
            if (judgement.standing == Standing::outside) continue;
            const auto cited_here =
                cited(graph, graph.property(node, "sources"), graph.property(node, "locators"));
            rows.push_back({entity_ref(record.reading, node), figure.name, std::move(value), time,
                            record.numbers(cited_here), std::move(judgement.why)});
        }
        for (const auto& statement : record.statements) {
            auto value = graph.property(statement.relationship, figure.attribute);
            if (value.is_null()) continue;
            const auto& line = record.lines.at(record.name(statement));
            rows.push_back({entity_ref(record.reading, statement.ends.from), figure.name,
                            std::move(value), time_of(graph, statement.relationship).edtf,
                            line.sources, line.why});
        }
        sort_by_id(rows);
        std::move(rows.begin(), rows.end(), std::back_inserter(all));
    }
    return all;
}

std::vector<DossierPlace> places_of(DossierRecord& record) {
    const auto& graph = record.reading.graph();
    std::map<graph::NodeId, std::set<graph::NodeId>> programmes;
    for (const auto& statement : record.statements) {
        if (counts(statement) && statement.type == "held_at") {
            programmes[statement.ends.to].insert(statement.ends.from);
        }
    }
    std::vector<DossierPlace> all;
    for (const auto& [node, held] : programmes) {
        if (const auto point = point_of(graph, node)) {
            all.push_back({entity_ref(record.reading, node), *point, held.size()});
        }
    }
    sort_by_id(all);
    return all;
}

}  // namespace khom::query
