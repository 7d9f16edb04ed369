// Xapian keeps the terms on disk, document id = node id + 1. Questions do not go through its
// matcher: we must see every match to count it, and weigh words, pairs and clusters each in its own
// way. So posting lists are read once, kept decoded while there is room, and summed by ranking.cpp.

#include "index/text_index.h"

#include <algorithm>
#include <future>
#include <mutex>
#include <sstream>
#include <unordered_map>
#include <utility>

#include "index/analyser.h"
#include "index/document.h"
#include "index/fields.h"
#include "index/seal.h"
#include "index/xapian_private.h"

namespace khom::index {

namespace {

constexpr std::size_t most_cached_postings = std::size_t{8} << 20U;  // of 8 bytes
constexpr int most_attempts = 3;       // to read while a writer commits
constexpr std::size_t least_word = 4;  // bytes: a shorter word is no other misspelt
constexpr const char* revision_key = "revision";
constexpr const char* format_key = "format";
constexpr const char* identity_key = "store";
constexpr const char* words_key = "words";  // a word a line

std::uint32_t node_of(::Xapian::docid document) {
    return document - 1;
}

::Xapian::docid document_id(std::uint64_t node) {
    return static_cast<::Xapian::docid>(node + 1);
}

}  // namespace

struct TextIndex::Xapian {
    struct Known {
        std::size_t having = 0;
        Postings list = nullptr;    ///< once it was read
        std::size_t looked_up = 0;  ///< nodes, on disk
    };

    explicit Xapian(const std::filesystem::path& path) : database(path.string()) { measure(); }

    void measure() {
        collection.documents = database.get_doccount();
        collection.mean_length = std::max(1.0, database.get_average_length());
        collection.lengths.assign(database.get_lastdocid() + 1, 0);
        const auto end = database.postlist_end(std::string());
        for (auto at = database.postlist_begin(std::string()); at != end; ++at) {
            collection.lengths[node_of(*at)] = at.get_doclength();
        }
        collection.frequency = [this](const auto& term) { return frequency(term); };
        collection.postings = [this](const auto& term) { return postings(term); };
        collection.counts = [this](const auto& term, auto nodes) { return counts(term, nodes); };
    }

    /// Reads again when a writer overtook us by two commits.
    template <class Read>
    auto again_if_overtaken(const Read& read) {
        for (int attempt = 0;; ++attempt) {
            try {
                return read();
            } catch (const ::Xapian::DatabaseModifiedError&) {
                if (attempt == most_attempts) {
                    throw;
                }
                database.reopen();
            }
        }
    }

    Postings read(const std::string& term) {
        return again_if_overtaken([&] {
            auto all = std::make_shared<std::vector<Posting>>();
            all->reserve(database.get_termfreq(term));
            const auto end = database.postlist_end(term);
            for (auto at = database.postlist_begin(term); at != end; ++at) {
                if (node_of(*at) < collection.lengths.size()) {
                    all->push_back({node_of(*at), at.get_wdf()});
                }
            }
            return all;
        });
    }

    /// Looks each node up on disk.
    Counts read_counts(const std::string& term, std::span<const std::uint32_t> nodes) {
        return again_if_overtaken([&] {
            Counts counts(nodes.size());
            auto at = database.postlist_begin(term);
            const auto end = database.postlist_end(term);
            for (std::size_t i = 0; i < nodes.size(); ++i) {
                at.skip_to(document_id(nodes[i]));
                if (at == end) {
                    break;
                }
                counts[i] = node_of(*at) == nodes[i] ? at.get_wdf() : 0;
            }
            return counts;
        });
    }

    /// What is known of a term; with the mutex held.
    Known& known(const std::string& term) {
        if (const auto found = cache.find(term); found != cache.end()) {
            return found->second;
        }
        make_room(1);
        const auto having = on_xapian("reading the index", [&] {
            return again_if_overtaken([&] { return database.get_termfreq(term); });
        });
        return cache.emplace(term, Known{having}).first->second;
    }
    /// The list of a term; with the mutex held.
    const Postings& listed(const std::string& term) {
        if (auto& one = known(term); one.list) {
            return one.list;
        }
        auto all = on_xapian("reading the index", [&] { return read(term); });
        make_room(all->size());
        auto& one = known(term);
        one = {all->size(), std::move(all), 0};
        return one.list;
    }
    void make_room(std::size_t postings) {
        constexpr std::size_t of_a_term = 16;  // what an entry takes besides
        if (cached + postings > most_cached_postings) {
            cache.clear();
            cached = 0;
        }
        cached += postings + of_a_term;
    }

    std::size_t frequency(const std::string& term) {
        const std::lock_guard lock(mutex);
        return known(term).having;
    }
    Postings postings(const std::string& term) {
        const std::lock_guard lock(mutex);
        return listed(term);
    }
    Counts counts(const std::string& term, std::span<const std::uint32_t> nodes) {
        constexpr std::size_t step = 32;  // on disk: as dear as reading so many postings
        Postings list;
        {
            const std::lock_guard lock(mutex);
            // Once looking up has cost as much as reading the list would have, it is read.
            auto& one = known(term);
            one.looked_up += nodes.size();
            if (!one.list && one.looked_up * step < one.having) {
                return on_xapian("reading the index", [&] { return read_counts(term, nodes); });
            }
            list = listed(term);
        }
        return counts_in(*list, nodes);
    }

    /// The Latin words of all texts, stemmed, with how many documents have them.
    Vocabulary read_words() {
        const std::lock_guard lock(mutex);
        const std::string prefix(1, static_cast<char>(TermKind::word));
        return on_xapian("reading the words of the index", [&] {
            return again_if_overtaken([&] {
                std::vector<Vocabulary::Word> all;
                const auto end = database.allterms_end(prefix);
                for (auto at = database.allterms_begin(prefix); at != end; ++at) {
                    auto word = (*at).substr(prefix.size());
                    if (word.size() >= least_word && !writes_words_together(word)) {
                        all.emplace_back(std::move(word), at.get_termfreq());
                    }
                }
                return Vocabulary(std::move(all));
            });
        });
    }
    const Vocabulary& words() {
        std::call_once(words_read, [this] { latin_words.emplace(read_words()); });
        return *latin_words;
    }

    ::Xapian::Database database;
    Collection collection;
    std::once_flag words_read;
    std::optional<Vocabulary> latin_words;
    std::mutex mutex;  // a database is for one thread at a time
    std::unordered_map<std::string, Known> cache;
    std::size_t cached = 0;
};

TextIndex::TextIndex(const std::filesystem::path& path)
    : xapian_(on_xapian("opening the index", [&] { return std::make_unique<Xapian>(path); })) {}

TextIndex::~TextIndex() = default;

std::vector<TextMatch> TextIndex::match(const SearchWords& words,
                                        const MayBeFound& may_be_found) const {
    return ranked(xapian_->collection, words.groups, may_be_found);
}

std::vector<graph::NodeId> TextIndex::having(const std::string& term) const {
    std::vector<graph::NodeId> all;
    const auto list = xapian_->postings(term);
    for (const auto& posting : *list) {
        all.push_back(graph::NodeId{posting.node});
    }
    return all;
}

std::size_t TextIndex::document_count() const {
    return xapian_->collection.documents;
}

std::size_t TextIndex::frequency(const std::string& term) const {
    return xapian_->frequency(term);
}

std::vector<graph::NodeId> TextIndex::sharing_most(const std::vector<std::string>& terms,
                                                   std::size_t most) const {
    return index::sharing_most(xapian_->collection, terms, most);
}

std::vector<NearWord> TextIndex::near_words(std::string_view stem, double most,
                                            std::size_t limit) const {
    return xapian_->words().nearest(stem, most, limit);
}

struct TextWriter::Xapian {
    Xapian(const std::filesystem::path& where, Keeping keeping)
        : path(where),
          is_kept(keeping == Keeping::durable),
          flags(is_kept ? 0 : ::Xapian::DB_NO_SYNC) {
        open();
    }
    ~Xapian() {
        try {
            database.close();
            seal_it();
        } catch (const ::Xapian::Error&) {
            // Not committed: the next opening goes on from what was.
        }
    }
    Xapian(const Xapian&) = delete;
    Xapian& operator=(const Xapian&) = delete;

    void open() {
        std::filesystem::create_directories(path.parent_path());
        is_sealed = is_kept && has_seal(path);
        if (is_sealed && !is_as_sealed(path)) {
            return clear();
        }
        try {
            database =
                ::Xapian::WritableDatabase(path.string(), ::Xapian::DB_CREATE_OR_OPEN | flags);
            if (database.get_metadata(format_key) == index_format) {
                return;
            }
        } catch (const ::Xapian::DatabaseLockError&) {
            throw;
        } catch (const ::Xapian::DatabaseError&) {
            // Damaged or of another version: it is derived, so it is made anew.
        }
        clear();
    }
    void clear() {
        about_to_write();
        database.close();
        database =
            ::Xapian::WritableDatabase(path.string(), ::Xapian::DB_CREATE_OR_OVERWRITE | flags);
        database.set_metadata(format_key, index_format);
    }
    void about_to_write() {
        if (is_sealed) {
            break_seal(path);
        }
        is_sealed = false;
    }
    void put(graph::NodeId node, const std::optional<IndexedDocument>& indexed) {
        about_to_write();
        const auto id = document_id(graph::number(node));
        if (!indexed) {
            try {
                database.delete_document(id);
            } catch (const ::Xapian::DocNotFoundError&) {
                // It came and went between two revisions that we saw.
            }
            return;
        }
        ::Xapian::Document document;
        for (const auto& [term, count] : indexed->terms) {
            document.add_term(term, count);
        }
        database.replace_document(id, document);
    }
    void seal_it() {
        if (is_kept && !is_sealed) {
            seal(path);
            is_sealed = true;
        }
    }

    std::filesystem::path path;
    bool is_kept;
    bool is_sealed = false;
    int flags = 0;
    ::Xapian::WritableDatabase database;
};

TextWriter::TextWriter(const std::filesystem::path& path, Keeping keeping)
    : xapian_(on_xapian("opening the index",
                        [&] { return std::make_unique<Xapian>(path, keeping); })) {}

TextWriter::~TextWriter() = default;

std::optional<IndexedState> TextWriter::state() const {
    return on_xapian("opening the index", [&]() -> std::optional<IndexedState> {
        const auto text = xapian_->database.get_metadata(revision_key);
        if (text.empty()) {
            return std::nullopt;
        }
        IndexedState state{
            graph::Revision{std::stoull(text)}, xapian_->database.get_metadata(identity_key), {}};
        std::istringstream words(xapian_->database.get_metadata(words_key));
        for (std::string word; std::getline(words, word);) {
            state.words.push_back(word);
        }
        return state;
    });
}

void TextWriter::clear() {
    on_xapian("clearing the index", [&] { xapian_->clear(); });
}

void TextWriter::put(const graph::Snapshot& graph, const Gazetteer& names, const AddedWords& words,
                     std::span<const graph::NodeId> nodes) {
    constexpr std::size_t at_once = 128;
    const auto documents = [&](std::size_t begin) {
        std::vector<std::optional<IndexedDocument>> all;
        for (auto i = begin; i < std::min(begin + at_once, nodes.size()); ++i) {
            all.push_back(graph.has(nodes[i])
                              ? std::optional(document_of(graph, names, words, nodes[i]))
                              : std::nullopt);
        }
        return all;
    };
    auto ready = documents(0);
    for (std::size_t begin = 0; begin < nodes.size(); begin += at_once) {
        std::future<decltype(ready)> next;
        if (begin + at_once < nodes.size()) {
            next = std::async(std::launch::async, documents, begin + at_once);
        }
        on_xapian("indexing", [&] {
            for (std::size_t i = 0; i < ready.size(); ++i) {
                xapian_->put(nodes[begin + i], ready[i]);
            }
        });
        ready = next.valid() ? next.get() : decltype(ready)();
    }
}

void TextWriter::commit(const IndexedState& state) {
    on_xapian("writing the index", [&] {
        xapian_->about_to_write();
        auto& database = xapian_->database;
        database.set_metadata(revision_key, std::to_string(graph::number(state.revision)));
        database.set_metadata(identity_key, state.identity);
        std::string words;
        for (const auto& word : state.words) {
            words += word + "\n";
        }
        database.set_metadata(words_key, words);
        xapian_->database.commit();
    });
}

void TextWriter::reopen() {
    on_xapian("opening the index", [&] {
        xapian_->database = ::Xapian::WritableDatabase();  // lets go of its lock
        xapian_->open();
    });
}

void TextWriter::rest() {
    xapian_->seal_it();
}

}  // namespace khom::index
