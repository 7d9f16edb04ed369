// A dossier as text: Markdown to read, edit and convert, CSV to count.

#include <algorithm>
#include <array>
#include <charconv>
#include <set>

#include "query/entity.h"
#include "server/dossier.h"

namespace khom::server {

namespace {

/// The words of one language, the other's where it has none.
struct Speaker {
    bool thai = false;

    const std::string& operator()(const graph::Wording& words) const {
        const auto& first = thai ? words.th : words.en;
        return first.empty() ? (thai ? words.en : words.th) : first;
    }
    const char* operator()(const char* en, const char* th) const { return thai ? th : en; }
};

/// Keeps Markdown from reading a text as markup.
std::string plain(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (std::string_view("\\`*_[]<>|#").find(c) != std::string_view::npos) out += '\\';
        out += c == '\n' ? ' ' : c;
    }
    return out;
}

std::string cite(const std::vector<std::size_t>& sources) {
    std::string out;
    for (const auto number : sources) {
        out += (out.empty() ? "" : ", ") + std::to_string(number);
    }
    return out.empty() ? out : " [" + out + "]";
}

std::string line_markdown(const Speaker& say, const query::Dossier& dossier,
                          const std::string& id) {
    const auto& line = dossier.statements.at(id);
    std::string why;
    for (const auto doubt : line.why) {
        why += (why.empty() ? " — " : ", ") + say(query::wording(doubt));
    }
    return plain(say(line.sentence)) + cite(line.sources) + plain(why) + " `" + id + "`\n";
}

void append_section(std::string& out, const Speaker& say, const query::Dossier& dossier,
                    const query::DossierSection& section) {
    out += "\n## " + plain(section.id) + " " + plain(say(section.title)) + "\n\n*" +
           plain(say(section.asks)) + "*\n\n**" + say(query::wording(section.status)) + "** · " +
           plain(say(section.reason)) + "\n";
    for (const auto& claim : section.claims) {
        out += "\n" + plain(say(claim.text)) + "\n\n";
        for (const auto& counted : claim.counted) {
            for (const auto& id : counted.statements) {
                out += "- " + line_markdown(say, dossier, id);
            }
        }
    }
    if (!section.gaps.empty()) {
        out += std::string("\n**") + say("Gaps", "สิ่งที่ยังขาด") + "**\n\n";
        for (const auto& gap : section.gaps) out += "- " + plain(say(gap)) + "\n";
    }
    if (!section.to_confirm.empty()) {
        out += std::string("\n**") + say("To confirm", "รอยืนยัน") + "**\n\n";
        for (const auto& id : section.to_confirm) out += "- " + line_markdown(say, dossier, id);
    }
}

void append_areas(std::string& out, const Speaker& say, const query::Dossier& dossier) {
    if (dossier.areas.empty()) return;
    out += std::string("\n## ") + say("Key Features: coverage", "คุณลักษณะสำคัญ: ความครอบคลุม") +
           "\n\n| " + say("Area", "ด้าน") + " | " + say("Status", "สถานะ") + " | " +
           say("Programmes", "โครงการ") + " |\n| --- | --- | --- |\n";
    for (const auto& row : dossier.areas) {
        std::string programmes;
        for (const auto& entity : row.programmes) {
            programmes += (programmes.empty() ? "" : "; ") + say(entity.name);
        }
        out += "| " + plain(say(row.area.name)) + " | " + say(query::wording(row.status)) + " | " +
               plain(programmes) + " |\n";
    }
}

void append_partners(std::string& out, const Speaker& say, const graph::Ontology& ontology,
                     const query::Dossier& dossier) {
    std::set<int> years;
    for (const auto& row : dossier.partners) {
        for (const auto& [year, count] : row.years) years.insert(year);
    }
    out += std::string("\n## ") + say("Partners by sector and year", "ภาคีตามภาคส่วนและปี") +
           "\n\n| " + say("Partner", "ภาคี") + " | " + say("Sector", "ภาคส่วน") + " |";
    std::string rule = "\n| --- | --- |";
    for (const auto year : years) {
        out += " " + std::to_string(say.thai ? year + 543 : year) + " |";
        rule += " --: |";
    }
    out += rule + "\n";
    for (const auto& row : dossier.partners) {
        out += "| " + plain(say(row.entity.name)) + " | " +
               plain(say(graph::Ontology::wording(ontology.sectors, row.sector))) + " |";
        for (const auto year : years) {
            const auto found = row.years.find(year);
            out += found == row.years.end() ? "  |" : " " + std::to_string(found->second) + " |";
        }
        out += "\n";
    }
}

void append_programmes(std::string& out, const Speaker& say, const query::Dossier& dossier) {
    out += std::string("\n## ") + say("Programmes", "โครงการ") + "\n\n";
    for (const auto& row : dossier.programmes) {
        out += "- **" + plain(say(row.time.words)) + "** " + plain(say(row.entity.name)) + ". " +
               plain(say(row.summary)) + cite(row.sources) + "\n";
    }
}

void append_figures(std::string& out, const Speaker& say, const query::Dossier& dossier) {
    if (dossier.figures.empty()) return;
    out += std::string("\n## ") + say("Figures", "ตัวเลข") + "\n\n";
    for (const auto& row : dossier.figures) {
        out += "- " + plain(say(row.name)) + ": **" + plain(figure_text(row.value)) + "** — " +
               plain(say(row.entity.name)) + " (" + plain(say(query::time_label(row.time).words)) +
               ")" + cite(row.sources) +
               (row.why.empty() ? "" : say(" — to confirm", " — รอยืนยัน")) + "\n";
    }
}

void append_sources(std::string& out, const Speaker& say, const query::Dossier& dossier) {
    out += std::string("\n## ") + say("Sources", "แหล่งอ้างอิง") + "\n\n";
    std::size_t number = 0;
    for (const auto& source : dossier.sources) {
        out += std::to_string(++number) + ". " + plain(source.title) +
               (source.locator.empty() ? "" : ", " + plain(source.locator)) +
               (source.publisher.empty() ? "" : ". " + plain(source.publisher)) +
               (source.url.empty() ? "" : ". <" + source.url + ">") + "\n";
    }
}

/// "1234567.5" as "1,234,567.5".
std::string grouped(std::string number) {
    const std::size_t sign = number.starts_with('-') ? 1 : 0;
    for (auto at = std::min(number.find('.'), number.size()); at > sign + 3;) {
        at -= 3;
        number.insert(at, 1, ',');
    }
    return number;
}

std::string cell(std::string_view text) {
    std::string out = "\"";
    // A spreadsheet would run what begins so.
    if (!text.empty() &&
        std::string_view("=+-@\t\r").find(text.front()) != std::string_view::npos) {
        out += '\'';
    }
    for (const char c : text) {
        if (c == '"') out += '"';
        out += c;
    }
    return out + "\"";
}

}  // namespace

std::string figure_text(const graph::Value& value) {
    if (value.is(graph::ValueKind::integer)) return grouped(std::to_string(value.integer()));
    if (value.is(graph::ValueKind::floating)) {
        std::array<char, 64> text{};
        const auto [end, error] = std::to_chars(text.data(), text.data() + text.size(),
                                                value.floating(), std::chars_format::fixed);
        if (error == std::errc()) return grouped({text.data(), end});
        return std::to_string(value.floating());
    }
    return std::string(graph::string_or_empty(value));
}

std::string dossier_markdown(const query::Dossier& dossier, const graph::Ontology& ontology,
                             std::string_view lang, std::string_view digest) {
    const Speaker say{lang == "th"};
    std::string out = "# " + plain(say(dossier.title)) + "\n\n" + plain(say(dossier.about)) +
                      "\n\n" + say("Period: ", "ช่วงเวลา: ") + plain(say(dossier.period)) + " · " +
                      say("Revision ", "ฉบับข้อมูลที่ ") + std::to_string(dossier.revision) + "\n\n" +
                      plain(say(dossier.rule)) + "\n";
    for (const auto& section : dossier.sections) append_section(out, say, dossier, section);
    append_areas(out, say, dossier);
    append_partners(out, say, ontology, dossier);
    append_programmes(out, say, dossier);
    append_figures(out, say, dossier);
    append_sources(out, say, dossier);
    if (!digest.empty()) {
        out += std::string("\n---\n\n") + say("Revision ", "ฉบับข้อมูลที่ ") +
               std::to_string(dossier.revision) + " · `" + std::string(digest) + "`\n";
    }
    return out;
}

std::string dossier_csv(const query::Dossier& dossier) {
    std::string out =
        "\xEF\xBB\xBFsection,status,claim,counted,counted_name_en,counted_name_th,statement,"
        "sentence_en,sentence_th,certainty,sources\r\n";
    for (const auto& section : dossier.sections) {
        for (const auto& claim : section.claims) {
            for (const auto& counted : claim.counted) {
                for (const auto& id : counted.statements) {
                    const auto& line = dossier.statements.at(id);
                    std::string sources;
                    for (const auto number : line.sources) {
                        sources += (sources.empty() ? "" : "; ") + dossier.sources[number - 1].id;
                    }
                    out += cell(section.id) + "," + cell(name(section.status)) + "," +
                           cell(claim.id) + "," + cell(counted.entity.id) + "," +
                           cell(counted.entity.name.en) + "," + cell(counted.entity.name.th) + "," +
                           cell(id) + "," + cell(line.sentence.en) + "," + cell(line.sentence.th) +
                           "," + cell(line.certainty) + "," + cell(sources) + "\r\n";
                }
            }
        }
    }
    return out;
}

}  // namespace khom::server
