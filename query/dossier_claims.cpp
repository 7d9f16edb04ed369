// Claims: which statements a section's template picks, and what they count. A thing counts once, by
// the first of its counting statements in the order of their ids, so that the number is the length
// of the evidence.

#include <algorithm>
#include <set>

#include "query/dossier_private.h"
#include "query/lookup.h"

namespace khom::query {

namespace {

bool is_among(const std::vector<std::string>& wanted, const std::string& word) {
    return wanted.empty() || std::find(wanted.begin(), wanted.end(), word) != wanted.end();
}

/// The nodes that evidence one of the themes, whatever their dates: what a thing is about does not
/// change.
std::set<graph::NodeId> evidencing(const Reading& reading, const std::vector<std::string>& themes) {
    const auto& graph = reading.graph();
    std::set<graph::NodeId> nodes;
    const auto* type = reading.ontology->type("evidences");
    const auto number = type == nullptr ? std::nullopt : graph.type(type->cypher);
    for (const auto& theme : themes) {
        const auto node = graph.find(theme);
        if (!node || !number) continue;
        for (const auto& adjacent : graph.adjacent(*node, graph::Direction::in, *number)) {
            nodes.insert(adjacent.neighbour);
        }
    }
    return nodes;
}

bool fits_end(const graph::Snapshot& graph, graph::NodeId node, const std::vector<std::string>& ids,
              const std::vector<std::string>& kinds, const std::vector<std::string>& subtypes) {
    return is_among(kinds, kind_of(graph, node)) &&
           is_among(subtypes, text_of(graph, node, "subtype")) && is_among(ids, id_of(graph, node));
}

bool fits(const Reading& reading, const Pick& pick, const std::set<graph::NodeId>& evidence,
          const JudgedStatement& statement) {
    const auto& graph = reading.graph();
    if (!is_among(pick.types, statement.type)) return false;
    if (!pick.evidencing.empty() && !evidence.contains(statement.ends.from)) return false;
    if (!pick.attribute.empty() &&
        graph.property(statement.relationship, pick.attribute).is_null()) {
        return false;
    }
    return fits_end(graph, statement.ends.from, pick.from, pick.from_kinds, pick.from_subtypes) &&
           fits_end(graph, statement.ends.to, pick.to, pick.to_kinds, pick.to_subtypes);
}

/// What a statement counts for; nothing where it names only a whole sector as the partner.
std::optional<EntityRef> counted_by(const Reading& reading, Counting counting,
                                    const JudgedStatement& statement) {
    const auto& graph = reading.graph();
    const auto partner = [&](graph::NodeId node) {
        return kind_of(graph, node) == "partner" && is_sector_group(graph, node);
    };
    switch (counting) {
        case Counting::statements:
            return EntityRef{statement.id, "", {}};
        case Counting::from:
            if (partner(statement.ends.from)) return std::nullopt;
            return entity_ref(reading, statement.ends.from);
        case Counting::to:
            if (partner(statement.ends.to)) return std::nullopt;
            return entity_ref(reading, statement.ends.to);
        case Counting::sectors: {
            const auto sector = text_of(graph, statement.ends.to, "sector");
            if (sector.empty() || partner(statement.ends.to)) return std::nullopt;
            return EntityRef{sector, "",
                             graph::Ontology::wording(reading.ontology->sectors, sector)};
        }
    }
    return std::nullopt;
}

graph::Wording with_count(const ClaimTemplate& form, std::size_t count) {
    const auto filled = [&](std::string text) {
        constexpr std::string_view mark = "{count}";
        if (const auto at = text.find(mark); at != std::string::npos) {
            text.replace(at, mark.size(), std::to_string(count));
        }
        return text;
    };
    const auto& words = count == 1 && !form.one.en.empty() ? form.one : form.text;
    return {filled(words.en), filled(words.th)};
}

std::string quoted(const std::vector<std::string>& texts) {
    std::string list;
    for (const auto& text : texts) {
        list += (list.empty() ? "'" : ", '") + text + "'";
    }
    return "[" + list + "]";
}

/// The pick as openCypher, for who wants to look for themselves.
std::string cypher_of(const graph::Ontology& ontology, const Pick& pick) {
    std::string types;
    for (const auto& id : pick.types) {
        const auto* type = ontology.type(id);
        types += (types.empty() ? ":" : "|") + (type == nullptr ? id : type->cypher);
    }
    std::string query = "MATCH (a)-[s" + types + "]->(b)";
    if (!pick.evidencing.empty()) query += ", (a)-[:EVIDENCES]->(theme)";
    std::string where;
    const auto ask = [&](const std::string& left, const std::vector<std::string>& values) {
        if (values.empty()) return;
        where += (where.empty() ? " WHERE " : " AND ") + left + " IN " + quoted(values);
    };
    ask("a.kind", pick.from_kinds);
    ask("a.subtype", pick.from_subtypes);
    ask("a.id", pick.from);
    ask("b.kind", pick.to_kinds);
    ask("b.subtype", pick.to_subtypes);
    ask("b.id", pick.to);
    ask("theme.id", pick.evidencing);
    if (!pick.attribute.empty()) {
        where += (where.empty() ? " WHERE s." : " AND s.") + pick.attribute + " IS NOT NULL";
    }
    return query + where + " RETURN a.id, s.id, b.id, s.time ORDER BY s.id";
}

struct Found {
    Claim claim;
    std::vector<std::string> to_confirm;
};

Found claim_of(DossierRecord& record, const ClaimTemplate& form) {
    Found found;
    const auto evidence = evidencing(record.reading, form.pick.evidencing);
    std::map<std::string, std::size_t> places;
    for (const auto& statement : record.statements) {
        if (!fits(record.reading, form.pick, evidence, statement)) continue;
        const auto what = counted_by(record.reading, form.counting, statement);
        if (!what) continue;
        const auto& id = record.name(statement);
        if (statement.judgement.standing == Standing::to_confirm) {
            found.to_confirm.push_back(id);
            continue;
        }
        auto& counted = found.claim.counted;
        const auto [at, is_new] = places.try_emplace(what->id, counted.size());
        if (is_new) {
            counted.push_back({*what, {}});
            found.claim.evidence.push_back(id);
        }
        counted[at->second].statements.push_back(id);
    }
    found.claim.id = form.id;
    found.claim.count = found.claim.counted.size();
    found.claim.text = with_count(form, found.claim.count);
    found.claim.query = cypher_of(*record.reading.ontology, form.pick);
    return found;
}

graph::Wording title_of(const Reading& reading, const SectionTemplate& section) {
    const auto node = section.theme.empty() ? std::nullopt : reading.graph().find(section.theme);
    return node ? entity_ref(reading, *node).name : section.title;
}

std::size_t words_in(const std::string& text) {
    std::size_t words = 0;
    bool inside = false;
    for (const char c : text) {
        const bool space = c == ' ' || c == '\n';
        words += !space && !inside ? 1U : 0U;
        inside = !space;
    }
    return words;
}

/// The claims as one text: what is claimed, then what it counts by name.
graph::Wording answer_of(const std::vector<Claim>& claims) {
    graph::Wording answer;
    for (const auto& claim : claims) {
        std::string en, th;
        for (const auto& counted : claim.counted) {
            const auto& name = counted.entity.name;
            const auto& in_en = name.en.empty() ? name.th : name.en;
            if (in_en.empty()) continue;
            en += (en.empty() ? "" : "; ") + in_en;
            th += (th.empty() ? "" : " ") + (name.th.empty() ? name.en : name.th);
        }
        answer.en +=
            (answer.en.empty() ? "" : " ") + claim.text.en + (en.empty() ? "" : " (" + en + ")");
        answer.th +=
            (answer.th.empty() ? "" : " ") + claim.text.th + (th.empty() ? "" : " (" + th + ")");
    }
    return answer;
}

graph::Wording reason_of(Coverage status, std::size_t counted, std::size_t sources) {
    const auto things = std::to_string(counted);
    const auto from = std::to_string(sources);
    if (status == Coverage::missing) return {"Nothing counts yet.", "ยังไม่มีรายการที่นับได้"};
    return {"Counted: " + things + ", sources: " + from + ".",
            "นับได้ " + things + " รายการ จาก " + from + " แหล่ง"};
}

}  // namespace

DossierSection section_of(DossierRecord& record, const DossierTemplate& form,
                          const SectionTemplate& section) {
    DossierSection made;
    made.id = section.id;
    made.title = title_of(record.reading, section);
    made.asks = section.asks;
    made.words_max = section.words_max;
    std::set<std::string> things, statements, unsure;
    for (const auto& claim_form : section.claims) {
        auto found = claim_of(record, claim_form);
        for (const auto& counted : found.claim.counted) {
            things.insert(counted.entity.id);
            statements.insert(counted.statements.begin(), counted.statements.end());
        }
        unsure.insert(found.to_confirm.begin(), found.to_confirm.end());
        if (found.claim.count < claim_form.wanted && !claim_form.gap.en.empty()) {
            made.gaps.push_back(claim_form.gap);
        }
        if (found.claim.count > 0) made.claims.push_back(std::move(found.claim));
    }
    const auto sources = record.sources_of({statements.begin(), statements.end()});
    made.status = coverage(form, things.size(), sources);
    made.reason = reason_of(made.status, things.size(), sources);
    made.to_confirm.assign(unsure.begin(), unsure.end());
    made.answer = answer_of(made.claims);
    made.words_en = words_in(made.answer.en);
    return made;
}

}  // namespace khom::query
