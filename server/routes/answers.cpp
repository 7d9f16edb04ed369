#include "server/routes/answers.h"

#include <utility>

namespace khom::server {

Response json_response(std::string body) {
    return {200, "application/json; charset=utf-8", std::move(body), {}};
}

}  // namespace khom::server
