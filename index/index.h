#pragma once

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "graph/batch_rule.h"
#include "graph/snapshot.h"
#include "graph/store.h"

namespace khom::index {

/// How a hit's words met the text. In the order in which they are preferred.
enum class Match { exact, prefix, era, synonym, romanised, typo, keyboard, semantic };

/// "exact", "prefix", … as in the API.
const char* name(Match match);

/// One ranked answer.
struct Hit {
    graph::NodeId node{};
    double score = 0;  ///< above 0, no unit, comparable within one answer only
    std::string
        field;  ///< the best field that matched, as in the API: "name.en", "aliases.th", "text.en"
    Match match = Match::exact;
    /// Field → escaped HTML of the passage to show, `<mark>` only at Thai character cluster
    /// borders.
    std::map<std::string, std::string> highlights;
    /// Score parts by name, when asked for.
    std::map<std::string, double> explain;
};

/// Another spelling that finds more.
struct DidYouMean {
    std::string text;
    std::string why;  ///< a sentence: "'แม่ค่า' is spelt 'แม่ข่า' in 12 entries"
    std::size_t total = 0;
};

/// A part of ranking: what it brings is measured by leaving it out.
enum class Part {
    pairs,     ///< of words that stand together
    clusters,  ///< pairs of character clusters
    names,     ///< what the names of entities say, beside their texts
    entities,  ///< entities that the question names, in place of the words of their names
    degree,    ///< a preference for what much is linked to
    spelling,  ///< names and texts that have the words nearly
    silence    ///< refusal of what has little of the question
};

/// What is looked for.
struct SearchRequest {
    std::string text;  ///< as typed, UTF-8; empty finds nothing (browse is a question of query/)
    std::size_t offset = 0;
    std::size_t limit = 20;  ///< at most 1,000
    bool explain = false;
    bool highlights = true;      ///< whether hits bring passages to show
    bool cross_language = true;  ///< whether an English question may find Thai text by translation
    /// Asked of every candidate; those refused are neither hits nor counted. Empty accepts all.
    std::function<bool(graph::NodeId)> accept;
    /// Told every accepted match, in no order, e.g. to count facets. May be empty.
    std::function<void(graph::NodeId)> on_match;
    std::set<Part> without;  ///< parts left out, to measure them
};

struct SearchAnswer {
    std::vector<Hit> hits;  ///< best first; equal scores by public id
    std::size_t total = 0;  ///< all accepted matches
    std::optional<DidYouMean> did_you_mean;
};

struct SuggestRequest {
    std::string text;
    std::size_t limit = 8;  ///< at most 20
    std::function<bool(graph::NodeId)> accept;
};

struct SuggestAnswer {
    std::vector<Hit> entities;
    std::vector<std::string> queries;  ///< completions of what was typed, most common first
};

/// One token of an analysed text; offsets are bytes of the text as given.
struct AnalysedToken {
    std::string text;
    std::size_t begin_bytes = 0;
    std::size_t end_bytes = 0;
    std::string script;  ///< ISO 15924 long name: "Thai", "Latin", …; "Common" for digits
    bool in_dictionary = false;
    std::vector<std::string> romanised;
    std::vector<std::string> name_of;  ///< public ids whose name or alias covers the token
};

struct Analysis {
    std::string normalised;
    std::vector<AnalysedToken> tokens;
};

/// One published pair of index revision and snapshot: every hit is a node of `snapshot()`.
/// Immutable, safe from any thread; held as shared_ptr for as long as a request lives.
class View {
  public:
    View() = default;
    View(const View&) = delete;
    View& operator=(const View&) = delete;
    virtual ~View() = default;

    virtual const std::shared_ptr<const graph::Snapshot>& snapshot() const = 0;
    /// Never refuses text. Throws: graph::Fault if the index cannot be read. Cost: milliseconds.
    virtual SearchAnswer search(const SearchRequest& request) const = 0;
    /// Completion while typing. Cost: below a millisecond on a city's corpus.
    virtual SuggestAnswer suggest(const SuggestRequest& request) const = 0;
    /// What the analyser sees. `text` at most 2,000 bytes by the caller's care.
    virtual Analysis analyse(std::string_view text) const = 0;
};

/// The full-text index over one store: follows the change log, publishes views. The only owner of
/// Xapian.
class Index {
  public:
    /// Opens or makes the index in folder `path`, catches up with the store, publishes. An index
    /// that does not decode or stands at a revision the store does not know is thrown away and
    /// built anew. Empty `path`: in memory. Throws: graph::Fault if the folder cannot be written.
    static std::unique_ptr<Index> open(const std::filesystem::path& path,
                                       const graph::Store& store);

    Index() = default;
    Index(const Index&) = delete;
    Index& operator=(const Index&) = delete;
    virtual ~Index() = default;

    /// The newest published pair.
    virtual std::shared_ptr<const View> view() const = 0;
    /// Indexes all that was committed, in the calling thread, and publishes.
    virtual void catch_up() = 0;
    /// Follows the log in a thread of its own until destruction. A fault, such as a full disk, is
    /// kept for `fault()` while it lasts: reads go on, and indexing is tried again each second.
    virtual void follow() = 0;
    /// Waits until the published view stands at `revision` or later; false when the time is up
    /// first.
    virtual bool wait(graph::Revision revision, std::chrono::milliseconds timeout) const = 0;
    /// Why the index does not follow now, if so; for /readyz.
    virtual std::optional<std::string> fault() const = 0;
};

/// The rule that every node of a batch can be indexed (term lengths, text sizes): give it to the
/// store.
std::shared_ptr<const graph::BatchRule> indexability_rule();

}  // namespace khom::index
