// What one writes where a dossier is cited. A kept version has an address that always shows the
// same words; today's has none yet, and says how it gets one.

#include "server/pages/dossier_citing.h"

#include <algorithm>

namespace khom::server {

namespace {

std::string period_words(const PageLanguage& language, const DossierVersionName& name) {
    const auto open = [](const std::string& date) { return date.empty() ? ".." : date; };
    return language.of(query::time_label(open(name.from) + "/" + open(name.to)).words);
}

std::string revision_words(const PageLanguage& language, std::uint64_t revision) {
    return std::string(language.say("revision ", "ฉบับข้อมูลที่ ")) + std::to_string(revision);
}

std::string address(const PageLanguage& language, const std::string& id,
                    const DossierVersionName& name) {
    const auto path = "/dossiers/" + id + version_query(name);
    return language.chosen ? path + "&lang=" + language.code : path;
}

/// The script puts the form for keeping it here, where a key opens it.
std::string keeping_html(const PageLanguage& language, const DossierVersion& version) {
    return "<p class=\"quiet digest\">" +
           std::string(
               language.say("Today's version: it changes with the data. To cite it, have it kept. ",
                            "ฉบับปัจจุบัน เปลี่ยนไปตามข้อมูล หากจะอ้างอิงควรให้เก็บฉบับนี้ไว้ ")) +
           "<code>" + escaped(version.digest) + "</code></p>\n<noscript><p class=\"quiet\">" +
           std::string(
               language.say("Who runs the server keeps it by ", "ผู้ดูแลเซิร์ฟเวอร์เก็บฉบับนี้ได้ด้วยคำสั่ง ")) +
           "<code>khom dossier " + escaped(version.dossier.id) +
           " --freeze</code></p></noscript>\n<khom-keep></khom-keep>\n";
}

}  // namespace

std::string citing_html(const PageLanguage& language, const DossierVersion& version,
                        const DossierRecord& record) {
    if (!version.is_kept) return keeping_html(language, version);
    const auto& dossier = version.dossier;
    return "<div class=\"cite-this\"><p>" +
           std::string(language.say("A kept version, to cite: it stays as it is.",
                                    "ฉบับที่เก็บไว้เพื่ออ้างอิง จะคงเดิมเสมอ")) +
           "</p>\n<p class=\"citation\" id=\"citation\">" + escaped(language.of(dossier.title)) +
           ". " + escaped(language.of(dossier.period)) + ". " +
           std::string(language.say("Khom, ", "โคม ")) +
           revision_words(language, dossier.revision) + ". <span id=\"address\">" +
           escaped(record.base_url + "/dossiers/" + dossier.id + version_query(name_of(version))) +
           "</span> <span class=\"digest\">" + escaped(version.digest) +
           "</span></p>\n<p class=\"row\"><khom-copy for=\"citation\"></khom-copy> "
           "<khom-copy for=\"address\" words=\"" +
           std::string(language.say("Copy the address", "คัดลอกที่อยู่")) +
           "\"></khom-copy></p></div>\n";
}

std::string kept_versions_html(const PageLanguage& language, const std::string& id,
                               const std::vector<DossierVersionName>& kept) {
    if (kept.empty()) return {};
    std::string html = "<details class=\"kept\"><summary>" +
                       std::string(language.say("Kept versions", "ฉบับที่เก็บไว้")) + " (" +
                       std::to_string(kept.size()) + ")</summary><ul>\n";
    for (auto name = kept.rbegin(); name != kept.rend(); ++name) {
        html += "<li>" +
                anchor(address(language, id, *name), revision_words(language, name->revision) +
                                                         " · " + period_words(language, *name)) +
                " <small class=\"digest\">" + escaped(name->digest.substr(0, 19)) +
                "…</small></li>\n";
    }
    return html + "</ul></details>\n";
}

}  // namespace khom::server
