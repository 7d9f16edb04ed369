#pragma once

#include <cstdint>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "graph/id.h"
#include "graph/snapshot.h"
#include "index/cross_script.h"
#include "index/index.h"

namespace khom::index {

/// How well a name answers a text, and why.
struct NameMatch {
    graph::NodeId node{};
    double score = 0;  ///< 0 to 100: 100 is the very name
    Match match = Match::exact;
    std::size_t name = 0;  ///< which of `Names::all()`
};

/// One name or alias of an entity.
struct Name {
    graph::NodeId node{};
    std::string field;     ///< "name.en", "aliases.th", …
    std::string text;      ///< as stored
    std::string squashed;  ///< canonical, letters and digits only
    std::string sound;
    std::size_t letters = 0;  ///< characters of `squashed`
    float weight = 0;         ///< how central its entity is: log(1 + relationships)
    bool own_name = false;    ///< not an alias
    bool gone = false;        ///< of an entity that changed since: never found, its text is empty
};

/// Whether a name may be spelt otherwise than what was typed.
enum class Typos { forgiven, not_forgiven };

/// All names and aliases of a graph. Immutable; safe from any thread.
class Names {
  public:
    /// How names are found across scripts; the shipped ones, or others to measure them.
    struct Learnt {
        const Romanisation& romanisation;
        const GenericWords& words;
    };
    explicit Names(const graph::Snapshot& graph,
                   Learnt learnt = {Romanisation::shipped(), GenericWords::shipped()});

    /// What `older` becomes when these entities came, went or were changed: only their names are
    /// learnt anew. Finds what names made from `graph` alone would find; is made so where too much
    /// has changed since. Cost: a copy of the list of names, and the tables of what changed.
    static std::shared_ptr<const Names> grown(const Names& older, const graph::Snapshot& graph,
                                              const std::set<graph::NodeId>& changed);

    const std::vector<Name>& all() const { return names_; }

    /// The best match of each entity with `text`, for a whole search, in no order: equal, begins
    /// with, contains, is contained in, sounds like, is misspelt, is written in the other script.
    /// Below 25 a match is no more than a likeness; none below `least_score` is looked for, nor
    /// what is misspelt unless `typos` are forgiven. Cost: milliseconds at 100,000 names, less the
    /// higher `least_score` is.
    std::vector<NameMatch> match(std::string_view text, double least_score = 0,
                                 Typos typos = Typos::forgiven) const;
    /// The same for a text that is still being typed: equal, begins with, a word begins with,
    /// contains, sounds so, is misspelt so far. Central entities first, at most 200.
    std::vector<NameMatch> complete(std::string_view text) const;

  private:
    struct TypedText;
    struct Tables;
    class Best;

    Names(const Names& older, const graph::Snapshot& graph, const std::set<graph::NodeId>& changed);
    void add(const graph::Snapshot& graph, graph::NodeId node);
    void match_starts(const Tables& tables, const TypedText& typed, Best& best) const;
    void match_spelt(const Tables& tables, const TypedText& typed, Best& best) const;
    void match_sound(const Tables& tables, const TypedText& typed, Best& best) const;
    void match_typos(const Tables& tables, const TypedText& typed, Best& best) const;
    void match_across(const TypedText& typed, Typed how, double most_cost, Best& best) const;
    void complete_spelt(const Tables& tables, const TypedText& typed, Best& best) const;

    Learnt learnt_;
    std::vector<Name> names_;  // those of one entity side by side
    /// The names up to some number, and those behind it that were learnt since.
    std::vector<std::shared_ptr<const Tables>> tables_;
};

}  // namespace khom::index
