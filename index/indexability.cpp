// What the index cannot take must be refused before it is acknowledged: else every later start
// would fail on it.

#include "graph/batch.h"
#include "graph/snapshot.h"
#include "index/index.h"

namespace khom::index {

namespace {

constexpr std::size_t most_name_bytes = 1000;
constexpr std::size_t most_text_bytes = std::size_t{1} << 20U;

class IndexabilityRule : public graph::BatchRule {
  public:
    std::vector<graph::Refusal> check(const graph::Batch& batch,
                                      const graph::Snapshot&) const override {
        std::vector<graph::Refusal> all;
        for (const auto& change : batch.nodes) {
            if (!change.after) {
                continue;
            }
            for (const auto& [key, value] : change.after->properties) {
                const bool is_name = key.rfind("name_", 0) == 0 || key.rfind("aliases_", 0) == 0;
                check(key, graph::string_or_empty(value), is_name, all);
                for (const auto text : graph::strings_of(value)) {
                    check(key, text, is_name, all);
                }
            }
        }
        return all;
    }

  private:
    static void check(const std::string& key, std::string_view text, bool is_name,
                      std::vector<graph::Refusal>& all) {
        const auto most = is_name ? most_name_bytes : most_text_bytes;
        if (text.size() > most) {
            all.push_back({graph::RefusalCode::invalid_data,
                           "'" + key +
                               "' is longer than can be indexed: " + std::to_string(text.size()) +
                               " bytes, at most " + std::to_string(most) + ".",
                           {},
                           {},
                           key});
        }
    }
};

}  // namespace

std::shared_ptr<const graph::BatchRule> indexability_rule() {
    return std::make_shared<IndexabilityRule>();
}

}  // namespace khom::index
