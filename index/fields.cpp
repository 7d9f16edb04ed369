#include "index/fields.h"

#include <algorithm>
#include <array>

namespace khom::index {

namespace {

constexpr std::array<Field, 10> table = {{{"name_en", "name.en", FieldRole::name, 8},
                                          {"name_th", "name.th", FieldRole::name, 8},
                                          {"aliases_en", "aliases.en", FieldRole::alias, 6},
                                          {"aliases_th", "aliases.th", FieldRole::alias, 6},
                                          {"aliases_other", "aliases.other", FieldRole::alias, 6},
                                          {"acronym", "aliases.en", FieldRole::alias, 6},
                                          {"summary_en", "summary.en", FieldRole::summary, 4},
                                          {"summary_th", "summary.th", FieldRole::summary, 4},
                                          {"text_en", "text.en", FieldRole::text, 2},
                                          {"text_th", "text.th", FieldRole::text, 2}}};

/// Properties that are no text for a reader, in byte order.
constexpr std::array<std::string_view, 22> others = {
    "certainty", "geo_certainty", "geo_source", "has_page", "id",     "kind",
    "language",  "lat",           "licence",    "locators", "lon",    "note",
    "published", "retrieved",     "same_as",    "scope",    "sector", "sources",
    "subtype",   "time",          "url",        "year"};

constexpr std::size_t most_term_bytes = 200;  // Xapian refuses more than 245

}  // namespace

std::span<const Field> fields() {
    return table;
}

unsigned field_weight(std::string_view property) {
    const auto* field = std::find_if(table.begin(), table.end(),
                                     [&](const auto& one) { return one.property == property; });
    if (field != table.end()) {
        return field->weight;
    }
    return std::binary_search(others.begin(), others.end(), property) ? 0 : 2;
}

std::string term(TermKind kind, std::string_view text) {
    auto size = std::min(text.size(), most_term_bytes);
    while (size < text.size() && size > 0 &&
           (static_cast<unsigned char>(text[size]) & 0xC0U) == 0x80) {
        --size;
    }
    return static_cast<char>(kind) + std::string(text.substr(0, size));
}

}  // namespace khom::index
