#include "server/pages/dossier_figures.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <map>
#include <numbers>
#include <set>

#include "graph/edtf.h"
#include "server/pages/network_parts.h"

namespace khom::server {

namespace {

std::string number(double value) {
    std::array<char, 32> text{};
    const int length = std::snprintf(text.data(), text.size(), "%.1f", value);
    return {text.data(), static_cast<std::size_t>(length)};
}

std::string svg(int width, int height, std::string_view title, const std::string& content) {
    return "<svg class=\"figure\" role=\"img\" viewBox=\"0 0 " + std::to_string(width) + " " +
           std::to_string(height) + "\"><title>" + escaped(title) + "</title>" + content +
           "</svg>\n";
}

std::string text_at(double x, double y, std::string_view anchor, std::string_view words) {
    return "<text x=\"" + number(x) + "\" y=\"" + number(y) + "\" text-anchor=\"" +
           std::string(anchor) + "\">" + escaped(words) + "</text>";
}

/// A sector's shape, drawn small around a point.
std::string mark_at(double x, double y, std::string_view sector) {
    return "<g transform=\"translate(" + number(x) + " " + number(y) + ") scale(.65)\">" +
           sector_glyph(sector) + "</g>";
}

/// The sectors of these partners, each with its mark, side by side below the circle.
std::string legend(const PageLanguage& language, const graph::Ontology& ontology,
                   const query::Dossier& dossier) {
    const auto is_shown = [&](std::string_view sector) {
        return std::ranges::any_of(dossier.partners, [&](const query::DossierPartner& partner) {
            return partner.sector == sector;
        });
    };
    std::vector<std::pair<std::string, std::string>> entries;
    for (const auto& sector : ontology.sectors) {
        if (is_shown(sector.id)) entries.emplace_back(sector.id, language.of(sector.wording));
    }
    if (is_shown("")) entries.emplace_back("", language.say("sector not known", "ไม่ทราบภาคส่วน"));
    std::string html;
    const double step = 780.0 / static_cast<double>(std::max<std::size_t>(entries.size(), 5));
    double x = 20;
    for (const auto& [sector, words] : entries) {
        html += mark_at(x, 832, sector) + text_at(x + 12, 836, "start", words);
        x += step;
    }
    return html;
}

using Pairs2 = std::map<std::pair<std::string, std::string>, std::size_t>;

Pairs2 shared_programmes(const query::Dossier& dossier) {
    Pairs2 shared;
    for (const auto& programme : dossier.programmes) {
        std::set<std::string> partners;
        for (const auto& partner : programme.partners) partners.insert(partner.id);
        for (auto one = partners.begin(); one != partners.end(); ++one) {
            for (auto other = std::next(one); other != partners.end(); ++other) {
                ++shared[{*one, *other}];
            }
        }
    }
    return shared;
}

}  // namespace

std::string partner_figure(const PageLanguage& language, const graph::Ontology& ontology,
                           const query::Dossier& dossier) {
    if (dossier.partners.size() < 2) return {};
    constexpr double cx = 400, cy = 400, radius = 185;  // leaves room for a label on every side
    std::map<std::string, std::pair<double, double>> places;
    std::string marks;
    std::size_t i = 0;
    for (const auto& partner : dossier.partners) {
        const double angle = 2 * std::numbers::pi * static_cast<double>(i++) /
                             static_cast<double>(dossier.partners.size());
        const double x = cx + radius * std::sin(angle);
        const double y = cy - radius * std::cos(angle);
        places[partner.entity.id] = {x, y};
        const bool right = x >= cx;
        const double turn = angle * 180 / std::numbers::pi - (right ? 90 : 270);
        marks += mark_at(x, y, partner.sector) + "<g transform=\"rotate(" + number(turn) + " " +
                 number(x) + " " + number(y) + ")\">" +
                 text_at(x + (right ? 11 : -11), y + 4, right ? "start" : "end",
                         shortened(language.of(partner.entity.name), 26)) +
                 "</g>";
    }
    std::string lines;
    for (const auto& [pair, count] : shared_programmes(dossier)) {
        const auto one = places.find(pair.first);
        const auto other = places.find(pair.second);
        if (one == places.end() || other == places.end()) continue;
        lines += "<path class=\"link\" stroke-width=\"" +
                 number(std::min(1.0 + 0.8 * static_cast<double>(count - 1), 5.0)) + "\" d=\"M" +
                 number(one->second.first) + " " + number(one->second.second) + "Q" + number(cx) +
                 " " + number(cy) + " " + number(other->second.first) + " " +
                 number(other->second.second) + "\"/>";
    }
    return svg(800, 850, language.say("Partners that share programmes", "ภาคีที่ร่วมโครงการเดียวกัน"),
               lines + marks + legend(language, ontology, dossier));
}

std::string year_figure(const PageLanguage& language, const query::Dossier& dossier) {
    std::map<int, std::size_t> years;
    for (const auto& programme : dossier.programmes) {
        const auto time = graph::parse_edtf(programme.time.edtf);
        if (time && time->begin) ++years[time->begin->year];
    }
    if (years.empty()) return {};
    std::size_t most = 1;
    for (const auto& [year, count] : years) most = std::max(most, count);
    const int first = years.begin()->first;
    const int last = years.rbegin()->first;
    const double step = std::min(760.0 / (last - first + 1), 110.0);  // few years: no walls
    std::string bars;
    for (int year = first; year <= last; ++year) {
        const auto found = years.find(year);
        const auto count = found == years.end() ? std::size_t{0} : found->second;
        const double height = 120 * static_cast<double>(count) / static_cast<double>(most);
        const double x = 20 + step * (year - first);
        bars += "<rect class=\"bar\" x=\"" + number(x + step * 0.15) + "\" y=\"" +
                number(150 - height) + "\" width=\"" + number(step * 0.7) + "\" height=\"" +
                number(height) + "\"/>" +
                text_at(x + step / 2, 143 - height, "middle", std::to_string(count)) +
                text_at(x + step / 2, 170, "middle",
                        std::to_string(language.thai() ? year + 543 : year)) +
                "<g class=\"other\">" +
                text_at(x + step / 2, 188, "middle",
                        std::to_string(language.thai() ? year : year + 543)) +
                "</g>";
    }
    return svg(800, 198, language.say("Programmes by year", "จำนวนโครงการรายปี"), bars);
}

}  // namespace khom::server
