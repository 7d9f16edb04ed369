#pragma once

#include <list>
#include <map>
#include <optional>
#include <string>

#include "server/http.h"
#include "server/kept.h"

namespace khom::server {

/// What was answered to a request that named itself (`Idempotency-Key`), so that sending it again
/// does nothing again: also after a restart. The newest `most` are remembered. Not for sharing
/// between threads.
class RememberedAnswers {
  public:
    RememberedAnswers(const std::filesystem::path& folder, std::size_t most);

    struct Answer {
        std::string request;  ///< tells which request it was
        Response response;
    };
    std::optional<Answer> find(const std::string& key) const;
    /// If the disk does not take it, it is remembered until the process ends.
    void remember(const std::string& key, const std::string& request, const Response& response);

  private:
    KeptTexts kept_;
    std::size_t most_;
    std::uint64_t next_ = 1;
    std::map<std::string, std::string> names_;   // by the key's hash: the name it is kept under
    std::list<std::string> order_;               // the hashes, oldest first
    std::map<std::string, std::string> unkept_;  // by name, what the disk did not take
};

}  // namespace khom::server
