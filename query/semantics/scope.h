#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "query/cypher/expression.h"
#include "query/semantics/type.h"

namespace khom::query::semantics {

/// A variable as the binder knows it.
struct Symbol {
    cypher::Slot slot = cypher::no_slot;
    Type type;
};

/// The variables that are visible at one point of a statement, in order of declaration. A name
/// declared again hides the earlier one.
class Scope {
  public:
    const Symbol* find(std::string_view name) const {
        for (auto entry = symbols_.rbegin(); entry != symbols_.rend(); ++entry) {
            if (entry->first == name) return &entry->second;
        }
        return nullptr;
    }
    void declare(std::string name, Symbol symbol) {
        symbols_.emplace_back(std::move(name), symbol);
    }
    const std::vector<std::pair<std::string, Symbol>>& symbols() const { return symbols_; }
    bool empty() const { return symbols_.empty(); }
    /// Takes away what was declared last, down to `size` names.
    void shrink(std::size_t size) { symbols_.resize(size); }
    std::size_t size() const { return symbols_.size(); }

  private:
    std::vector<std::pair<std::string, Symbol>> symbols_;
};

}  // namespace khom::query::semantics
