// activity, date | place, organisers, co_organisers, participants, funders, supporters, part_of,
// themes, audience: names with ";" between them | attendance, hours, baht: figures | source: an id,
// a name, or what a new source is called.
//
// A row about an activity that is known (the same name and time) adds to it. Its id is made from
// name and date, so that the same file gives the same ids each time.

#include "corpus/activities.h"

#include <algorithm>
#include <array>

#include "corpus/validate.h"
#include "graph/edtf.h"

namespace khom::corpus {

namespace {

/// A column of names, and the statement that each name makes.
struct Link {
    const char* column;
    const char* type;
    const char* role;
    const char* role_th;
};
constexpr std::array<Link, 9> links = {{
    {"place", "held_at", "", ""},
    {"organisers", "organized_by", "", ""},
    {"co_organisers", "organized_by", "co-organiser", "ผู้ร่วมจัด"},
    {"participants", "has_participant", "", ""},
    {"funders", "funded_by", "", ""},
    {"supporters", "supported_by", "", ""},
    {"audience", "for_audience", "", ""},
    {"part_of", "part_of", "", ""},
    {"themes", "addresses", "", ""},
}};

/// A column whose cell becomes a property of the activity.
struct Given {
    const char* column;
    const char* property;
};
constexpr std::array<Given, 11> given = {{{"subtype", "subtype"},
                                          {"activity_en", "name_en"},
                                          {"activity_th", "name_th"},
                                          {"summary_en", "summary_en"},
                                          {"summary_th", "summary_th"},
                                          {"attendance", "participants"},
                                          {"hours", "hours"},
                                          {"baht", "budget_baht"},
                                          {"url", "url"},
                                          {"certainty", "certainty"},
                                          {"note", "note"}}};

constexpr std::array<const char*, 8> others = {"id",     "activity", "date",   "era",
                                               "source", "locator",  "status", "activity_type"};

bool is_thai(std::string_view text) {
    return text.find("\xE0\xB8") != std::string_view::npos ||
           text.find("\xE0\xB9") != std::string_view::npos;
}

/// "Yi Peng walk, 2024" → "yi-peng-walk"; what is not Latin falls away.
std::string slug(std::string_view name) {
    constexpr std::size_t most = 60;
    std::string made;
    for (const char c : name) {
        const bool upper = c >= 'A' && c <= 'Z';
        const bool fits = upper || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        if (fits) {
            made += upper ? static_cast<char>(c - 'A' + 'a') : c;
        } else if (!made.empty() && made.back() != '-') {
            made += '-';
        }
        if (made.size() >= most) {
            break;
        }
    }
    while (!made.empty() && made.back() == '-') {
        made.pop_back();
    }
    return made;
}

/// Eight hex digits that tell texts apart.
std::string mark_of(std::string_view text) {
    return statement_id(text, "", "", "", "").substr(2, 8);
}

/// One activity on its way: where it is written, and what is known.
class Expansion {
  public:
    Expansion(const graph::Ontology& ontology, const KnownNames& known, const Record& row,
              Records& records)
        : ontology_(ontology), known_(known), row_(row), records_(records) {}

    void run() {
        for (const auto& [column, cell] : row_.cells) {
            if (!is_column(column)) {
                wrong(FindingCode::unknown_column, column,
                      "There is no column '" + column + "' for an activity.");
            }
        }
        if (name().empty()) {
            return wrong(FindingCode::no_name, "activity", "The activity has no name.");
        }
        Record entity{row_.file, row_.line, {}};
        entity.cells["id"] = id_ = id();
        entity.cells["sources"] = source_ = source();
        put_names(entity);
        entity.cells["time"] = row_.at("date");
        if (!row_.at("era").empty()) {
            entity.cells["era"] = row_.at("era");
        }
        for (const auto& [column, property] : given) {
            if (!row_.at(column).empty()) {
                entity.cells[property] = row_.at(column);
            }
        }
        entity.cells.try_emplace("subtype", "event");
        entity.cells.try_emplace("certainty", "stated");
        std::erase_if(entity.cells, [](const auto& cell) { return cell.second.empty(); });
        records_.entities.push_back(std::move(entity));
        for (const auto& link : links) {
            add(link);
        }
    }

  private:
    static bool is_column(const std::string& column) {
        const auto among = [&](const auto& list, auto name) {
            return std::any_of(list.begin(), list.end(),
                               [&](const auto& one) { return name(one) == column; });
        };
        return among(links, [](const Link& one) { return std::string_view(one.column); }) ||
               among(given, [](const Given& one) { return std::string_view(one.column); }) ||
               among(others, [](const char* one) { return std::string_view(one); });
    }

    const std::string& name() const {
        for (const auto* column : {"activity", "activity_en", "activity_th"}) {
            if (!row_.at(column).empty()) {
                return row_.at(column);
            }
        }
        return row_.at("activity");
    }

    /// "ไทย / English" in one cell is both names.
    void put_names(Record& entity) const {
        const auto& both = row_.at("activity");
        if (both.empty()) {
            return;
        }
        const auto slash = both.find(" / ");
        const auto first = both.substr(0, slash);
        const auto second = slash == std::string::npos ? std::string() : both.substr(slash + 3);
        if (!second.empty() && is_thai(first) != is_thai(second)) {
            entity.cells[is_thai(first) ? "name_th" : "name_en"] = first;
            entity.cells[is_thai(second) ? "name_th" : "name_en"] = second;
        } else {
            entity.cells[is_thai(both) ? "name_th" : "name_en"] = both;
        }
    }

    std::string time() const {
        const auto& date = row_.at("date");
        return row_.at("era") == "BE" ? graph::edtf_from_buddhist(date).value_or(date) : date;
    }

    /// The id of the known activity with this name and time, else one made from them.
    std::string id() const {
        if (!row_.at("id").empty()) {
            return row_.at("id");
        }
        for (const auto& known : known_.called(name(), {"program"})) {
            if (known_.time_of(known) == time()) {
                return known;
            }
        }
        auto made = slug(row_.at("activity_en").empty() ? name() : row_.at("activity_en"));
        made = made.empty() ? "activity" : made;
        const auto year = time().substr(0, 4);
        const bool says_year = !year.empty() && made.find(year) != std::string::npos;
        return "program:" + made + (says_year || year.empty() ? "" : "-" + slug(year)) + "-" +
               mark_of(name() + "\n" + time());
    }

    std::string source() {
        const auto& cell = row_.at("source");
        if (cell.empty()) {
            wrong(FindingCode::no_source, "source",
                  "An activity needs a source: the report, page or register that says so.");
            return {};
        }
        const auto locator = row_.at("locator").empty() ? std::string() : "#" + row_.at("locator");
        const auto hash = std::min(cell.find('#'), cell.size());
        const auto text = cell.substr(0, hash);
        if (kind_of(text) == "source") {
            return cell + (hash == cell.size() ? locator : "");
        }
        const bool is_address = text.rfind("http://", 0) == 0 || text.rfind("https://", 0) == 0;
        const auto known =
            is_address ? std::vector<std::string>() : known_.called(text, {"source"});
        if (known.size() > 1) {
            ambiguous("source", text, known);
        }
        if (!known.empty()) {
            return known.front() + locator;
        }
        Record made{row_.file, row_.line, {}};
        const auto& whole = is_address ? cell : text;
        made.cells["id"] = "source:given-" + mark_of(whole);
        made.cells[is_thai(whole) ? "name_th" : "name_en"] = whole;
        made.cells["subtype"] = is_address ? "web-page" : "report";
        made.cells["licence"] = "unknown";
        made.cells["certainty"] = "stated";
        made.cells["sources"] = made.at("id");
        if (is_address) {
            made.cells["url"] = whole;
        }
        const auto id = made.at("id");
        records_.entities.push_back(std::move(made));
        return id + locator;
    }

    void add(const Link& link) {
        const auto* type = ontology_.type(link.type);
        for (const auto& text : split_list(row_.at(link.column))) {
            const auto to = resolved(link.column, text, type->range);
            if (to.empty()) {
                continue;
            }
            Record statement{row_.file, row_.line, {}};
            statement.cells = {
                {"from", id_}, {"type", link.type}, {"to", to}, {"sources", source_}};
            statement.cells["certainty"] =
                row_.at("certainty").empty() ? "stated" : row_.at("certainty");
            for (const auto& [column, value] : {std::pair{"role", std::string(link.role)},
                                                {"role_th", std::string(link.role_th)},
                                                {"status", row_.at("status")}}) {
                if (!value.empty()) {
                    statement.cells[column] = value;
                }
            }
            records_.statements.push_back(std::move(statement));
        }
    }

    /// The one entity that a name means; empty after a finding.
    std::string resolved(const std::string& column, const std::string& text,
                         const std::vector<std::string>& kinds) const {
        const auto found = known_.called(text, kinds);
        if (found.size() == 1) {
            return found.front();
        }
        if (found.size() > 1) {
            ambiguous(column, text, found);
            return {};
        }
        std::string wanted;
        for (const auto& kind : kinds) {
            wanted += (wanted.empty() ? "" : " or ") + kind;
        }
        auto detail = "There is no " + wanted + " called '" + text + "'.";
        std::string candidates;
        for (const auto& near : known_.near(text, kinds)) {
            candidates += (candidates.empty() ? "" : ", ") + near.id + " (" + near.name + ")";
        }
        detail += candidates.empty() ? " Add it first, in a row of its own."
                                     : " Did you mean " + candidates +
                                           "? Write its id or name, or add a row for a new one.";
        wrong(FindingCode::unknown_entity, column, detail);
        return {};
    }

    void ambiguous(const std::string& column, const std::string& text,
                   const std::vector<std::string>& ids) const {
        std::string list;
        for (const auto& id : ids) {
            list += (list.empty() ? "" : ", ") + id;
        }
        wrong(FindingCode::several_of_the_name, column,
              "'" + text + "' is the name of several: " + list +
                  ". Write the id of the one that is meant.");
    }

    void wrong(FindingCode code, const std::string& column, const std::string& detail) const {
        records_.findings.push_back(row_.finding(code, column, detail));
    }

    const graph::Ontology& ontology_;
    const KnownNames& known_;
    const Record& row_;
    Records& records_;
    std::string id_, source_;
};

/// Two rows may name one new source; the second adds nothing.
void drop_repeated_sources(Records& records) {
    std::map<std::string, bool> seen;
    std::erase_if(records.entities, [&](const Record& record) {
        const bool made = record.at("id").rfind("source:given-", 0) == 0;
        return made && !seen.emplace(record.at("id"), true).second;
    });
}

/// Two rows of one activity, say one for each organiser, may repeat a statement.
void drop_repeated_statements(Records& records, std::size_t first_new) {
    std::map<std::string, bool> seen;
    std::vector<Record> kept(records.statements.begin(),
                             records.statements.begin() + static_cast<std::ptrdiff_t>(first_new));
    for (auto at = first_new; at < records.statements.size(); ++at) {
        auto& one = records.statements[at];
        const auto key =
            one.at("from") + "\n" + one.at("type") + "\n" + one.at("to") + "\n" + one.at("role");
        if (seen.emplace(key, true).second) {
            kept.push_back(std::move(one));
        }
    }
    records.statements = std::move(kept);
}

}  // namespace

void expand_activities(const graph::Ontology& ontology, const KnownNames& known, Records& records) {
    const auto first_new = records.statements.size();
    const auto rows = std::move(records.activities);
    records.activities = {};
    for (const auto& row : rows) {
        Expansion(ontology, known, row, records).run();
    }
    drop_repeated_sources(records);
    drop_repeated_statements(records, first_new);
}

}  // namespace khom::corpus
