#include "server/parameters.h"

#include <algorithm>
#include <charconv>

namespace khom::server {

namespace {

std::size_t characters(std::string_view text) {
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
        return (static_cast<unsigned char>(c) & 0xC0U) != 0x80;
    }));
}

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && text.front() == ' ') {
        text.remove_prefix(1);
    }
    while (!text.empty() && text.back() == ' ') {
        text.remove_suffix(1);
    }
    return text;
}

/// The q of one element of an Accept header, in thousandths; 1000 if it has none, 0 if it is not a
/// number.
int weight_of(std::string_view element) {
    const auto at = element.find(";q=");
    if (at == std::string_view::npos) {
        return 1000;
    }
    const auto text = trimmed(element.substr(at + 3));
    if (text.empty() || text.front() < '0' || text.front() > '1') {
        return 0;
    }
    int weight = (text.front() - '0') * 1000;
    int place = 100;
    for (std::size_t i = 2; i < text.size() && i < 5; ++i) {
        if (text[i] < '0' || text[i] > '9') {
            break;
        }
        weight += (text[i] - '0') * place;
        place /= 10;
    }
    return std::min(weight, 1000);
}

/// Calls `visit(name, weight)` for each element of a list header.
template <class Visit>
void each_element(std::string_view header, Visit visit) {
    while (!header.empty()) {
        const auto comma = header.find(',');
        const auto element = trimmed(header.substr(0, comma));
        header = comma == std::string_view::npos ? std::string_view() : header.substr(comma + 1);
        if (!element.empty()) {
            visit(trimmed(element.substr(0, element.find(';'))), weight_of(element));
        }
    }
}

/// How much Accept wants a media type: its most specific element decides.
int wanted(std::string_view accept, std::string_view type) {
    const auto family = std::string(type.substr(0, type.find('/'))) + "/*";
    int exact = -1, by_family = -1, any = -1;
    each_element(accept, [&](std::string_view name, int weight) {
        if (name == type) {
            exact = weight;
        } else if (name == family) {
            by_family = weight;
        } else if (name == "*/*") {
            any = weight;
        }
    });
    return exact >= 0 ? exact : by_family >= 0 ? by_family : std::max(any, 0);
}

}  // namespace

void Parameters::wrong(std::string_view name, const std::string& message) {
    if (outcome_) {
        outcome_ = graph::refuse_parameter(std::string(name),
                                           "Parameter '" + std::string(name) + "' " + message);
    }
}

std::string Parameters::text(std::string_view name, std::size_t most) {
    const auto* value = request_.parameter(name);
    if (value == nullptr) {
        return {};
    }
    if (characters(*value) > most) {
        wrong(name, "has more than " + std::to_string(most) + " characters.");
        return {};
    }
    return *value;
}

std::string Parameters::required(std::string_view name, std::size_t most) {
    auto value = text(name, most);
    if (value.empty()) {
        wrong(name, "is required.");
    }
    return value;
}

std::int64_t Parameters::integer(std::string_view name, std::int64_t least, std::int64_t most,
                                 std::int64_t otherwise) {
    const auto* value = request_.parameter(name);
    if (value == nullptr) {
        return otherwise;
    }
    std::int64_t number = 0;
    const auto* end = value->data() + value->size();
    const auto [stop, error] = std::from_chars(value->data(), end, number);
    if (error != std::errc() || stop != end || number < least || number > most) {
        wrong(name, "is a whole number from " + std::to_string(least) + " to " +
                        std::to_string(most) + ", not '" + value->substr(0, 40) + "'.");
        return otherwise;
    }
    return number;
}

bool Parameters::boolean(std::string_view name) {
    return one_of(name, {"false", "true"}) == "true";
}

std::string Parameters::one_of(std::string_view name,
                               std::initializer_list<std::string_view> allowed) {
    const auto* value = request_.parameter(name);
    if (value == nullptr || std::find(allowed.begin(), allowed.end(), *value) != allowed.end()) {
        return value == nullptr ? std::string(*allowed.begin()) : *value;
    }
    wrong_word(name, allowed);
    return std::string(*allowed.begin());
}

std::string Parameters::format(std::initializer_list<MediaFormat> formats) {
    const auto* best = formats.begin();
    if (const auto* value = request_.parameter("format")) {
        std::vector<std::string_view> names;
        for (const auto& each : formats) {
            if (each.name == *value) return *value;
            names.push_back(each.name);
        }
        wrong_word("format", names);
    } else {
        const auto accept = request_.header("accept");
        for (const auto& each : formats) {
            if (prefers(accept, each.media_type, best->media_type)) best = &each;
        }
    }
    return std::string(best->name);
}

void Parameters::wrong_word(std::string_view name, const std::vector<std::string_view>& allowed) {
    std::string list;
    for (const auto word : allowed) {
        list += (list.empty() ? "" : ", ") + std::string(word);
    }
    wrong(name, "is one of: " + list + ".");
}

std::vector<std::string> Parameters::repeated(std::string_view name, std::size_t most) {
    auto values = request_.parameters(name);
    values.erase(std::remove(values.begin(), values.end(), ""), values.end());
    if (values.size() > most) {
        wrong(name, "is given more than " + std::to_string(most) + " times.");
        values.clear();
    }
    for (const auto& value : values) {
        if (characters(value) > 512) {
            wrong(name, "has more than 512 characters.");
            return {};
        }
    }
    return values;
}

std::string Parameters::language() {
    if (request_.parameter("lang") != nullptr) {
        return one_of("lang", {"en", "th"});
    }
    return preferred_language(request_.header("accept-language"));
}

std::string preferred_language(std::string_view accept_language) {
    int english = 0, thai = 0;
    each_element(accept_language, [&](std::string_view name, int weight) {
        const auto primary = name.substr(0, 2);
        const bool whole = name.size() == 2 || (name.size() > 2 && name[2] == '-');
        if (whole && (primary == "th" || primary == "TH")) {
            thai = std::max(thai, weight);
        } else if (whole && (primary == "en" || primary == "EN")) {
            english = std::max(english, weight);
        }
    });
    return thai > english ? "th" : "en";
}

bool prefers(std::string_view accept, std::string_view type, std::string_view other) {
    return wanted(accept, type) > wanted(accept, other);
}

}  // namespace khom::server
