#include "query/functions/zone_links.h"

#include <fstream>
#include <map>
#include <set>
#include <sstream>

namespace khom::query::functions {
namespace {

constexpr const char* folder = "/usr/share/zoneinfo/";

/// Lines of a zone table: countries (two letters, comma between), coordinates, zone, comments; tabs
/// between.
std::map<std::string, std::string> zones_to_countries(const std::string& file) {
    std::map<std::string, std::string> zones;
    std::ifstream in(folder + file);
    for (std::string line; std::getline(in, line);) {
        if (line.empty() || line[0] == '#') continue;
        std::istringstream fields(line);
        std::string countries;
        std::string coordinates;
        std::string zone;
        fields >> countries >> coordinates >> zone;
        zones[zone] = countries;
    }
    return zones;
}

/// A zone that is none of those that differ since 1970 is a link; to which is certain where its
/// country has but one.
std::map<std::string, std::string> all_links() {
    const auto all = zones_to_countries("zone.tab");
    const auto since_1970 = zones_to_countries("zone1970.tab");
    std::map<std::string, std::set<std::string>> by_country;
    for (const auto& [zone, countries] : since_1970) {
        std::istringstream list(countries);
        for (std::string country; std::getline(list, country, ',');)
            by_country[country].insert(zone);
    }
    std::map<std::string, std::string> links;
    for (const auto& [zone, country] : all) {
        const auto found = by_country.find(country);
        if (since_1970.contains(zone) || found == by_country.end() || found->second.size() != 1)
            continue;
        links[zone] = *found->second.begin();
    }
    return links;
}

}  // namespace

const std::string& linked_zone(const std::string& zone) {
    static const auto zone_table = all_links();
    const auto found = zone_table.find(zone);
    return found == zone_table.end() ? zone : found->second;
}

}  // namespace khom::query::functions
