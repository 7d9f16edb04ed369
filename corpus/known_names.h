#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "corpus/record.h"
#include "graph/snapshot.h"

namespace khom::corpus {

/// The names and aliases of all entities, in either script, by their letters and by their sound: to
/// find the entity that a planner's row means, and entities that are probably the same. Cost:
/// linear in the names; look-ups by hash.
class KnownNames {
  public:
    explicit KnownNames(const graph::Snapshot& graph);
    /// The names of a row that is being imported.
    void add(const Record& entity);

    /// Ids of these kinds whose id, name or alias is `text`; spaces, case and punctuation make no
    /// difference. Own names go before aliases: where an own name fits, aliases are not looked at.
    std::vector<std::string> called(std::string_view text,
                                    const std::vector<std::string>& kinds) const;

    /// An entity that resembles a text, and why.
    struct Near {
        std::string id, name;
        double score = 0;  ///< 0 to 1
        std::string why;
    };
    /// What sounds like it or is spelt nearly so or contains it, best first, at most five. Cost:
    /// linear in the names.
    std::vector<Near> near(std::string_view text, const std::vector<std::string>& kinds) const;

    /// Entities of the row's kind that have, or sound like, one of its own names under another id;
    /// each once, best first.
    std::vector<Near> resembling(const Record& entity) const;

    /// The time of an entity as EDTF, empty if it has none.
    const std::string& time_of(const std::string& id) const;
    /// Its subtype, empty if it has none.
    const std::string& subtype_of(const std::string& id) const;

  private:
    struct Name {
        std::string id, text;
        bool own = false;
    };
    void add(const std::string& id, std::string_view text, bool own);

    std::vector<Name> names_;
    std::unordered_multimap<std::string, std::size_t> by_letters_, by_sound_;
    struct Facts {
        std::string time, subtype;
    };
    const Facts& facts_of(const std::string& id) const;

    std::unordered_map<std::string, Facts> facts_;  ///< of every id
};

}  // namespace khom::corpus
