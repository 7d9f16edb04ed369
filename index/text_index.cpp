// Terms, by prefix; positions in one run a document, with a gap between fields:
//
//     W word    of the entity's own names, aliases, summary, text and attributes, stemmed; wdf says
//     how much the field counts N word    of its neighbours' names 2024      a year of its time, as
//     a word too; 2567 in a search means the same

#include "index/text_index.h"

#include <algorithm>
#include <array>
#include <map>
#include <mutex>
#include <set>
#include <string_view>

#include <xapian.h>

#include "graph/failure.h"
#include "index/canonical.h"
#include "index/segmenter.h"

namespace khom::index {

namespace {

constexpr Xapian::valueno node_slot = 0;
constexpr std::size_t most_term_bytes = 200;

/// Every call into Xapian goes through here: its errors are no std::exception.
template <class Call>
auto on_xapian(const char* task, Call&& call) {
    try {
        return std::forward<Call>(call)();
    } catch (const Xapian::Error& error) {
        throw graph::Fault(std::string(task) + ": " + error.get_description());
    }
}

struct Weight {
    std::string_view property;
    Xapian::termcount wdf;
};

constexpr std::array<Weight, 6> weights = {{{"name_en", 8},
                                            {"name_th", 8},
                                            {"aliases_en", 6},
                                            {"aliases_th", 6},
                                            {"summary_en", 2},
                                            {"summary_th", 2}}};

/// Properties that are no text for a reader.
bool is_text(std::string_view property) {
    static const std::set<std::string_view> others = {
        "id",         "kind",     "time",      "lat",       "lon",       "geo_certainty",
        "geo_source", "same_as",  "sources",   "locators",  "certainty", "url",
        "year",       "has_page", "retrieved", "published", "licence",   "language",
        "subtype",    "sector",   "scope",     "note"};
    return !others.contains(property);
}

Xapian::termcount weight_of(std::string_view property) {
    const auto* found = std::find_if(weights.begin(), weights.end(), [&](const auto& weight) {
        return weight.property == property;
    });
    return found == weights.end() ? 1 : found->wdf;
}

std::string term(char prefix, const std::string& word) {
    return prefix + stem(word).substr(0, most_term_bytes);
}

class DocumentBuilder {
  public:
    void add(char prefix, std::string_view text, Xapian::termcount wdf) {
        for (const auto& token : segment(canonical(text).text)) {
            document_.add_posting(term(prefix, token.text), ++position_, wdf);
        }
        position_ += 100;
    }
    void add(char prefix, const graph::Value& value, Xapian::termcount wdf) {
        if (value.is(graph::ValueKind::string)) {
            add(prefix, value.string(), wdf);
        }
        for (const auto text : graph::strings_of(value)) {
            add(prefix, text, wdf);
        }
    }
    void add_year(std::int64_t year) { document_.add_term("W" + std::to_string(year)); }
    Xapian::Document take(graph::NodeId node) {
        document_.add_value(node_slot, std::to_string(graph::number(node)));
        return std::move(document_);
    }

  private:
    Xapian::Document document_;
    Xapian::termpos position_ = 0;
};

/// Neighbours beyond so many say nothing of any one of them: a hub.
constexpr std::size_t most_neighbours = 60;

Xapian::Document document_of(const graph::Snapshot& graph, graph::NodeId node) {
    DocumentBuilder builder;
    for (const auto& [property, value] : graph.properties(node)) {
        if (is_text(property)) {
            builder.add('W', value, weight_of(property));
        }
        if (property == "year" && value.is(graph::ValueKind::integer)) {
            builder.add_year(value.integer());
        }
    }
    for (const auto direction : {graph::Direction::out, graph::Direction::in}) {
        const auto all = graph.adjacent(node, direction);
        for (const auto& adjacent : all.first(std::min(all.size(), most_neighbours))) {
            if (graph.degree(adjacent.neighbour) <= most_neighbours &&
                graph.name(adjacent.type) != "DOCUMENTED_IN") {
                builder.add('N', graph.property(adjacent.neighbour, "name_en"), 1);
                builder.add('N', graph.property(adjacent.neighbour, "name_th"), 1);
            }
        }
    }
    return builder.take(node);
}

/// Words that mean the same here, in both languages.
const std::map<std::string, std::vector<std::string>>& synonyms() {
    static const std::map<std::string, std::vector<std::string>> table = [] {
        std::map<std::string, std::vector<std::string>> all;
        for (const auto& group :
             std::vector<std::vector<std::string>>{{"lantern", "light", "โคม"},
                                                   {"temple", "wat", "วัด"},
                                                   {"canal", "khlong", "คลอง"},
                                                   {"market", "kad", "ตลาด", "กาด"},
                                                   {"gate", "pratu", "ประตู"},
                                                   {"bridge", "saphan", "สะพาน"},
                                                   {"festival", "เทศกาล", "ประเพณี"},
                                                   {"university", "มหาวิทยาลัย"},
                                                   {"community", "ชุมชน"},
                                                   {"school", "โรงเรียน"},
                                                   {"museum", "พิพิธภัณฑ์"},
                                                   {"municipality", "เทศบาล"},
                                                   {"river", "แม่น้ำ"},
                                                   {"city", "เมือง"},
                                                   {"learning", "เรียนรู้"}}) {
            for (const auto& word : group) {
                for (const auto& other : group) {
                    if (word != other) {
                        all[stem(word)].push_back(other);
                    }
                }
            }
        }
        return all;
    }();
    return table;
}

/// One wanted word, wherever it stands; its synonyms count half.
Xapian::Query word_query(const std::string& word) {
    auto query = Xapian::Query(
        Xapian::Query::OP_OR, Xapian::Query(term('W', word)),
        Xapian::Query(Xapian::Query::OP_SCALE_WEIGHT, Xapian::Query(term('N', word)), 0.3));
    if (const auto found = synonyms().find(stem(word)); found != synonyms().end()) {
        for (const auto& other : found->second) {
            query = Xapian::Query(Xapian::Query::OP_OR, query,
                                  Xapian::Query(Xapian::Query::OP_SCALE_WEIGHT,
                                                Xapian::Query(term('W', other)), 0.5));
        }
    }
    return query;
}

/// 2567 → 2024: years are indexed in the common era.
std::string common_era(const std::string& word) {
    const bool is_year =
        word.size() == 4 && word >= "2400" && word <= "2700" &&
        std::all_of(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; });
    return is_year ? std::to_string(std::stoi(word) - 543) : word;
}

bool is_stop_word(const std::string& word) {
    static const std::set<std::string> words = {
        "the", "of",   "a",    "an",  "and", "in", "on",  "at",  "to", "is",
        "for", "with", "what", "who", "how", "ที่",  "ของ", "และ", "ใน", "การ",
        "คือ",  "เป็น",  "มี",    "ได้",  "กับ",  "พ",  "ศ",   "ค",   "ปี",  "year"};
    return words.contains(word);
}

graph::NodeId node_of(const Xapian::Document& document) {
    return graph::NodeId{std::stoull(document.get_value(node_slot))};
}

}  // namespace

SearchWords search_words(std::string_view text) {
    SearchWords words;
    const auto plain = canonical(text).text;
    bool quoted = false;
    for (std::size_t begin = 0; begin <= plain.size();) {
        const auto end = std::min(
            quoted ? plain.find('"', begin) : plain.find_first_of(" \"", begin), plain.size());
        auto piece = plain.substr(begin, end - begin);
        const bool minus = !quoted && piece.size() > 1 && piece.front() == '-';
        std::vector<std::string> terms;
        for (const auto& token : segment(piece)) {
            if (token.text != "ๆ" && token.text != "ฯ") {
                terms.push_back(common_era(token.text));
            }
        }
        if (minus) {
            words.excluded.insert(words.excluded.end(), terms.begin(), terms.end());
        } else {
            words.plain += (words.plain.empty() || piece.empty() ? "" : " ") + piece;
            words.wanted.insert(words.wanted.end(), terms.begin(), terms.end());
            if (quoted && terms.size() > 1) {
                words.phrases.push_back(terms);
            }
        }
        if (end < plain.size() && plain[end] == '"') {
            quoted = !quoted;
        }
        begin = end + 1;
    }
    std::set<std::string> seen;
    std::vector<std::string> kept;
    for (const auto& word : words.wanted) {
        if (!is_stop_word(word) && seen.insert(word).second) {
            kept.push_back(word);
        }
    }
    if (!kept.empty()) {
        words.wanted = std::move(kept);
    }
    words.wanted.resize(std::min<std::size_t>(words.wanted.size(), 40));
    return words;
}

struct TextIndex::Xapian {
    ::Xapian::WritableDatabase database{std::string(), ::Xapian::DB_BACKEND_INMEMORY};
    mutable std::mutex mutex;  // a database is for one thread at a time
};

TextIndex::TextIndex(const graph::Snapshot& graph) : xapian_(std::make_unique<Xapian>()) {
    on_xapian("indexing", [&] {
        for (const auto node : graph.nodes()) {
            xapian_->database.add_document(document_of(graph, node));
        }
    });
}

TextIndex::~TextIndex() = default;

std::vector<TextMatch> TextIndex::match(const SearchWords& words) const {
    if (words.wanted.empty()) {
        return {};
    }
    const std::lock_guard lock(xapian_->mutex);
    return on_xapian("searching", [&] {
        const auto& database = xapian_->database;
        std::vector<::Xapian::Query> parts;
        std::map<graph::NodeId, double> had;
        ::Xapian::Enquire enquire(database);
        for (const auto& word : words.wanted) {
            parts.push_back(word_query(word));
            enquire.set_query(parts.back());
            const auto hits = enquire.get_mset(0, database.get_doccount());
            for (auto hit = hits.begin(); hit != hits.end(); ++hit) {
                had[node_of(hit.get_document())] += 1;
            }
        }
        ::Xapian::Query query(::Xapian::Query::OP_OR, parts.begin(), parts.end());
        for (const auto& phrase : words.phrases) {
            std::vector<std::string> terms;
            for (const auto& word : phrase) {
                terms.push_back(term('W', word));
            }
            query = ::Xapian::Query(
                ::Xapian::Query::OP_FILTER, query,
                ::Xapian::Query(::Xapian::Query::OP_PHRASE, terms.begin(), terms.end()));
        }
        enquire.set_query(query);
        std::vector<TextMatch> all;
        const auto hits = enquire.get_mset(0, database.get_doccount());
        for (auto hit = hits.begin(); hit != hits.end(); ++hit) {
            const auto node = node_of(hit.get_document());
            all.push_back(
                {node, hit.get_weight(), had[node] / static_cast<double>(words.wanted.size())});
        }
        return all;
    });
}

std::vector<graph::NodeId> TextIndex::excluded(const SearchWords& words) const {
    if (words.excluded.empty()) {
        return {};
    }
    const std::lock_guard lock(xapian_->mutex);
    return on_xapian("searching", [&] {
        std::vector<::Xapian::Query> parts;
        for (const auto& word : words.excluded) {
            parts.emplace_back(term('W', word));
        }
        ::Xapian::Enquire enquire(xapian_->database);
        enquire.set_query(::Xapian::Query(::Xapian::Query::OP_OR, parts.begin(), parts.end()));
        std::vector<graph::NodeId> all;
        const auto hits = enquire.get_mset(0, xapian_->database.get_doccount());
        for (auto hit = hits.begin(); hit != hits.end(); ++hit) {
            all.push_back(node_of(hit.get_document()));
        }
        return all;
    });
}

}  // namespace khom::index
