#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "graph/snapshot.h"
#include "index/gazetteer.h"
#include "index/ranking.h"
#include "index/search_text.h"
#include "index/spelling.h"

namespace khom::index {

/// The words of all entities at one revision. Safe from any thread.
///
/// Held while a writer commits twice or more, it answers from the newest words on disk: who holds
/// it must leave out the nodes that its snapshot does not have.
class TextIndex {
  public:
    explicit TextIndex(const std::filesystem::path& path);
    ~TextIndex();
    TextIndex(const TextIndex&) = delete;
    TextIndex& operator=(const TextIndex&) = delete;

    /// See `ranked` (ranking.h). Throws: graph::Fault.
    std::vector<TextMatch> match(const SearchWords& words, const MayBeFound& may_be_found) const;
    /// The nodes whose document has a term, rising. Throws: graph::Fault.
    std::vector<graph::NodeId> having(const std::string& term) const;
    std::size_t document_count() const;
    /// How many documents have a term. Throws: graph::Fault.
    std::size_t frequency(const std::string& term) const;
    /// See ranking.h. Throws: graph::Fault.
    std::vector<graph::NodeId> sharing_most(const std::vector<std::string>& terms,
                                            std::size_t most) const;
    /// The Latin words of all texts that are spelt nearly so, stemmed: see `Vocabulary::nearest`.
    /// The first call reads all words. Throws: graph::Fault.
    std::vector<NearWord> near_words(std::string_view stem, double most, std::size_t limit) const;

  private:
    struct Xapian;  // the library stays in text_index.cpp
    std::unique_ptr<Xapian> xapian_;
};

/// What an index stands at.
struct IndexedState {
    graph::Revision revision{};
    std::string identity;            ///< of the store at that revision (graph/store_identity.h)
    std::vector<std::string> words;  ///< of the dictionary, by which texts were cut
};

/// Whether an index outlives the process.
enum class Keeping { durable, for_now };

/// Writes the words of entities into a folder. One writer a folder; one thread at a time.
class TextWriter {
  public:
    /// Opens or makes the folder; what does not open, is not as it was sealed, or is of another
    /// format, is made anew.
    /// Throws: graph::Fault if it cannot be written.
    TextWriter(const std::filesystem::path& path, Keeping keeping);
    ~TextWriter();
    TextWriter(const TextWriter&) = delete;
    TextWriter& operator=(const TextWriter&) = delete;

    /// What was committed last; none for a new folder.
    std::optional<IndexedState> state() const;
    /// Throws everything away.
    void clear();
    /// Indexes the nodes as they stand in `graph`, or takes out those that are not there. Of many,
    /// the next are read in a thread while some are written.
    void put(const graph::Snapshot& graph, const Gazetteer& names, const AddedWords& words,
             std::span<const graph::NodeId> nodes);
    /// What was put becomes visible to those who open a TextIndex from now on.
    void commit(const IndexedState& state);
    /// Goes on from what was committed, after a fault.
    void reopen();
    /// All is committed and nothing comes soon: what lies on disk is sealed (seal.h) until it does.
    void rest();

  private:
    struct Xapian;
    std::unique_ptr<Xapian> xapian_;
};

/// Neighbours beyond so many say nothing of any one of them: a hub.
inline constexpr std::size_t most_neighbours = 60;

}  // namespace khom::index
