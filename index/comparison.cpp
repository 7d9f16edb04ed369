// What `khom check --deep` asks of the index: it is derived, so the graph says what must be in it.

#include "index/comparison.h"

#include <map>
#include <optional>

#include "index/curated_words.h"
#include "index/document.h"
#include "index/fields.h"
#include "index/gazetteer.h"
#include "index/names.h"
#include "index/xapian_private.h"

namespace khom::index {

namespace {

constexpr std::size_t most_told = 100;

using Terms = std::map<std::string, std::uint32_t>;

Terms terms_of_document(const Xapian::Database& database, Xapian::docid document) {
    Terms terms;
    const auto end = database.termlist_end(document);
    for (auto at = database.termlist_begin(document); at != end; ++at) {
        terms[*at] = at.get_wdf();
    }
    return terms;
}

/// The other way round: a posting that no document's own list of terms has.
std::size_t posting_count(const Xapian::Database& database) {
    std::size_t count = 0;
    const auto end = database.allterms_end();
    for (auto at = database.allterms_begin(); at != end; ++at) {
        const auto last = database.postlist_end(*at);
        for (auto posting = database.postlist_begin(*at); posting != last; ++posting) {
            ++count;
        }
    }
    return count;
}

std::string name_of(const graph::Snapshot& graph, graph::NodeId node) {
    const auto key = graph.property_key(graph::public_id_key);
    const auto id = key ? graph.text(node, *key) : std::nullopt;
    return id ? "'" + std::string(*id) + "'" : "node " + std::to_string(graph::number(node));
}

std::string difference(const Terms& found, const Terms& expected) {
    std::size_t missing = 0, surplus = 0, counted = 0;
    for (const auto& [term, count] : expected) {
        const auto at = found.find(term);
        missing += at == found.end() ? 1 : 0;
        counted += at != found.end() && at->second != count ? 1 : 0;
    }
    for (const auto& [term, count] : found) {
        surplus += expected.contains(term) ? 0 : 1;
    }
    return std::to_string(missing) + " terms missing, " + std::to_string(surplus) + " too many, " +
           std::to_string(counted) + " counted otherwise";
}

void compare_documents(const Xapian::Database& database, const graph::Snapshot& graph,
                       std::vector<std::string>& damage) {
    const Names names(graph);
    const Gazetteer gazetteer(names.all());
    const auto words = CuratedWords::of(graph);
    std::map<Xapian::docid, bool> stored;  // whether an entity claims it
    const auto end = database.postlist_end(std::string());
    for (auto at = database.postlist_begin(std::string()); at != end; ++at) {
        stored[*at] = false;
    }
    std::size_t terms = 0;
    for (const auto node : graph.nodes()) {
        const auto document = static_cast<Xapian::docid>(graph::number(node) + 1);
        const auto at = stored.find(document);
        if (damage.size() >= most_told) {
            return;
        }
        if (at == stored.end()) {
            damage.push_back("The index lacks " + name_of(graph, node) + ".");
            continue;
        }
        at->second = true;
        const auto found = terms_of_document(database, document);
        const auto expected = document_of(graph, gazetteer, words->words, node).terms;
        terms += found.size();
        if (found != expected) {
            damage.push_back("The index and the graph differ on " + name_of(graph, node) + ": " +
                             difference(found, expected) + ".");
        }
    }
    for (const auto& [document, claimed] : stored) {
        if (!claimed && damage.size() < most_told) {
            damage.push_back("The index has a document of node " + std::to_string(document - 1) +
                             ", which is not in the graph.");
        }
    }
    if (damage.empty() && posting_count(database) != terms) {
        damage.emplace_back("The index's lists by term and by document differ.");
    }
}

Comparison compared(const std::string& path, const graph::Snapshot& graph) {
    const Xapian::Database database(path);
    if (database.get_metadata("format") != index_format) {
        return {"The index is of another format; the next start makes it anew.", {}};
    }
    const auto revision = database.get_metadata("revision");
    const auto newest = std::to_string(graph::number(graph.revision()));
    if (revision != newest) {
        return {"The index stands at revision " + (revision.empty() ? "0" : revision) +
                    ", the graph at " + newest + "; the next start brings it up.",
                {}};
    }
    Comparison result;
    compare_documents(database, graph, result.damage);
    return result;
}

}  // namespace

Comparison compare(const std::filesystem::path& path, const graph::Snapshot& graph) {
    const auto folder = path / "text";
    std::error_code error;
    if (!std::filesystem::exists(folder, error)) {
        return {"There is no index yet; the next start makes it.", {}};
    }
    try {
        return compared(folder.string(), graph);
    } catch (const Xapian::Error& error_of_xapian) {
        return {"", {"The index does not read: " + error_of_xapian.get_msg() + "."}};
    }
}

}  // namespace khom::index
