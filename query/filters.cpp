#include "query/filters.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>
#include <optional>

#include "index/canonical.h"
#include "query/facets.h"
#include "query/lookup.h"
#include "query/nearest.h"
#include "query/valid_time.h"

namespace khom::query {

namespace {

using graph::NodeId;
constexpr double infinite = std::numeric_limits<double>::infinity();

/// One filter, read: a value, or a range of numbers or dates as text.
struct Filter {
    std::string text;  ///< as given, for messages
    std::string field;
    std::string value;  ///< of `field:value`
    bool is_range = false;
    std::string least, most;  ///< of a range, empty where open
    bool least_excluded = false, most_excluded = false;
};

graph::Result<Filter> wrong(const std::string& message) {
    return graph::refuse_parameter("filter", message);
}

graph::Result<Filter> split(const std::string& text) {
    Filter filter;
    filter.text = text;
    const auto colon = text.find(':');
    if (colon == std::string::npos || colon == 0 || colon + 1 == text.size()) {
        return wrong("'" + text +
                     "' is not a filter: write field:value, field:[a,b] or field:>=n.");
    }
    filter.field = text.substr(0, colon);
    auto rest = text.substr(colon + 1);
    if (rest.front() == '[') {
        const auto comma = rest.find(',');
        if (rest.back() != ']' || comma == std::string::npos) {
            return wrong("'" + text + "' is not a range: write " + filter.field + ":[a,b].");
        }
        filter.is_range = true;
        filter.least = rest.substr(1, comma - 1);
        filter.most = rest.substr(comma + 1, rest.size() - comma - 2);
        return filter;
    }
    if (rest.front() != '>' && rest.front() != '<') {
        filter.value = std::move(rest);
        return filter;
    }
    filter.is_range = true;
    const bool at_least = rest.front() == '>';
    const bool inclusive = rest.size() > 1 && rest[1] == '=';
    auto bound = rest.substr(inclusive ? 2 : 1);
    if (bound.empty()) {
        return wrong("'" + text + "' has nothing to compare with.");
    }
    (at_least ? filter.least : filter.most) = std::move(bound);
    (at_least ? filter.least_excluded : filter.most_excluded) = !inclusive;
    return filter;
}

std::optional<double> number_in(const std::string& text, double open) {
    if (text.empty()) {
        return open;
    }
    double number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    const bool whole = error == std::errc() && end == text.data() + text.size();
    return whole && std::isfinite(number) ? std::optional(number) : std::nullopt;
}

/// The numbers a filter allows; `field:value` is a range of one.
struct Range {
    double least = -infinite, most = infinite;
    bool least_excluded = false, most_excluded = false;

    bool touches(double first, double last) const {
        return (least_excluded ? last > least : last >= least) &&
               (most_excluded ? first < most : first <= most);
    }
};

graph::Result<Range> range_of(const Filter& filter) {
    const auto least = number_in(filter.is_range ? filter.least : filter.value, -infinite);
    const auto most = number_in(filter.is_range ? filter.most : filter.value, infinite);
    if (!least || !most) {
        return graph::refuse_parameter(
            "filter", "'" + filter.text + "' compares with something that is not a number.");
    }
    return Range{*least, *most, filter.least_excluded, filter.most_excluded};
}

graph::Result<Accept> year_filter(const Reading& reading, const Filter& filter) {
    return range_of(filter).and_then([&](const Range& range) -> graph::Result<Accept> {
        constexpr double last_common_year = 2400, offset = 543;
        for (const double end : {range.least, range.most}) {
            if (std::isfinite(end) && end > last_common_year) {
                return graph::refuse_parameter(
                    "filter", "'" + filter.text + "' looks like a Buddhist year; write " +
                                  std::to_string(static_cast<int>(end - offset)) + ".");
            }
        }
        return Accept([&graph = reading.graph(), range](NodeId node) {
            const auto years = years_of(graph, node);
            return years && range.touches(static_cast<double>(years->first),
                                          static_cast<double>(years->last));
        });
    });
}

std::optional<double> number_of(const graph::Value& value) {
    if (value.is(graph::ValueKind::integer)) {
        return static_cast<double>(value.integer());
    }
    return value.is(graph::ValueKind::floating) ? std::optional(value.floating()) : std::nullopt;
}

graph::Result<Accept> number_filter(const Reading& reading, const Filter& filter) {
    return range_of(filter).map([&](const Range& range) {
        const bool degree = filter.field == "degree";
        return Accept([&graph = reading.graph(), range, degree, field = filter.field](NodeId node) {
            const auto number = degree ? std::optional(static_cast<double>(graph.degree(node)))
                                       : number_of(graph.property(node, field));
            return number && range.touches(*number, *number);
        });
    });
}

graph::Result<Accept> time_filter(const Reading& reading, const Filter& filter) {
    auto window = window_of(filter.is_range ? filter.least : filter.value,
                            filter.is_range ? filter.most : filter.value);
    if (!window) {
        window.error().parameter = "filter";
        return tl::unexpected(window.error());
    }
    return Accept([&graph = reading.graph(), window = *window, field = filter.field](NodeId node) {
        const auto time = text_of(graph, node, field);
        return !time.empty() && is_within(time, window);
    });
}

/// The words a closed list allows in a field; none where any word may stand.
std::vector<std::string> closed_list(const graph::Ontology& ontology, const std::string& field) {
    std::vector<std::string> words;
    const auto add = [&](const std::vector<graph::Term>& terms) {
        for (const auto& term : terms) {
            words.push_back(term.id);
        }
    };
    if (field == "sector") {
        add(ontology.sectors);
    } else if (field == "scope") {
        add(ontology.scopes);
    } else if (field == "certainty") {
        add(ontology.certainties);
    }
    for (const auto& kind : ontology.kinds) {
        if (field == "kind") {
            words.push_back(kind.id);
        } else if (field == "subtype") {
            words.insert(words.end(), kind.subtypes.begin(), kind.subtypes.end());
        }
    }
    return words;
}

graph::Result<Accept> text_filter(const Reading& reading, const Filter& filter) {
    if (filter.is_range) {
        return graph::refuse_parameter("filter",
                                       "'" + filter.text + "' compares a field that has no order.");
    }
    const auto words = closed_list(*reading.ontology, filter.field);
    if (!words.empty() && std::find(words.begin(), words.end(), filter.value) == words.end()) {
        return graph::refuse_parameter("filter", unknown_word(filter.value, filter.field, words));
    }
    return Accept([&graph = reading.graph(), field = filter.field,
                   wanted = index::canonical(filter.value).text](NodeId node) {
        const auto value = graph.property(node, field);
        const auto texts = graph::strings_of(value);
        const auto is_wanted = [&](std::string_view text) {
            return index::canonical(text).text == wanted;
        };
        return value.is(graph::ValueKind::string)
                   ? is_wanted(value.string())
                   : std::any_of(texts.begin(), texts.end(), is_wanted);
    });
}

graph::Result<Accept> facet_filter(const Reading& reading, const Filter& filter) {
    if (filter.is_range) {
        return graph::refuse_parameter("filter",
                                       "'" + filter.text + "' compares a field that has no order.");
    }
    return Accept([&reading, field = filter.field, wanted = filter.value](NodeId node) {
        const auto values = facet_values(reading, node, field);
        return std::find(values.begin(), values.end(), wanted) != values.end();
    });
}

/// The fields there are, and by which of the functions above each is compared.
std::vector<std::string> fields(const graph::Ontology& ontology) {
    auto names = facet_names();
    names.emplace_back("degree");
    for (const auto& attribute : ontology.attributes) {
        const bool of_entities = std::any_of(attribute.on.begin(), attribute.on.end(),
                                             [](const auto& on) { return on != "statement"; });
        if (of_entities && std::find(names.begin(), names.end(), attribute.name) == names.end()) {
            names.push_back(attribute.name);
        }
    }
    return names;
}

graph::Result<Accept> compiled(const Reading& reading, const Filter& filter) {
    const auto known = fields(*reading.ontology);
    if (std::find(known.begin(), known.end(), filter.field) == known.end()) {
        return graph::refuse_parameter("filter", unknown_word(filter.field, "field", known));
    }
    if (filter.field == "year") {
        return year_filter(reading, filter);
    }
    for (const auto* linked : {"theme", "place", "partner", "criterion"}) {
        if (filter.field == linked) {
            return facet_filter(reading, filter);
        }
    }
    const auto* attribute = reading.ontology->attribute(filter.field);
    const auto value = attribute == nullptr ? std::string() : attribute->value;
    if (filter.field == "degree" || value == "integer" || value == "number") {
        return number_filter(reading, filter);
    }
    if (value == "edtf" || value == "date") {
        return time_filter(reading, filter);
    }
    return text_filter(reading, filter);
}

/// "sector:a|b" → "sector:a", "sector:b".
std::vector<std::string> alternatives(const std::string& text) {
    const auto colon = text.find(':');
    const auto bar = text.find('|');
    if (colon == std::string::npos || bar == std::string::npos || bar < colon) {
        return {text};
    }
    std::vector<std::string> all;
    for (auto begin = colon + 1; begin <= text.size();) {
        const auto end = std::min(text.find('|', begin), text.size());
        all.push_back(text.substr(0, colon + 1) + text.substr(begin, end - begin));
        begin = end + 1;
    }
    return all;
}

}  // namespace

graph::Result<std::vector<Accept>> read_filters(const Reading& reading,
                                                const std::vector<std::string>& filters) {
    std::vector<Accept> all;
    for (const auto& text : filters) {
        std::vector<Accept> any;
        for (const auto& alternative : alternatives(text)) {
            auto one = split(alternative).and_then([&](const Filter& filter) {
                return compiled(reading, filter);
            });
            if (!one) {
                return tl::unexpected(one.error());
            }
            any.push_back(std::move(*one));
        }
        all.push_back(any.size() == 1 ? std::move(any.front()) : Accept([any](NodeId node) {
            return std::any_of(any.begin(), any.end(),
                               [&](const Accept& one) { return one(node); });
        }));
    }
    return all;
}

}  // namespace khom::query
