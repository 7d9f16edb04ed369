#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "graph/failure.h"
#include "server/http.h"

namespace khom::server {

/// What stood in the places of a pattern's `{…}`, in order.
using PathArguments = std::vector<std::string>;
using Route = std::function<graph::Result<Response>(const Request&, const PathArguments&)>;

/// Whether pages of other origins may read the answer. Writes never.
enum class Origins { own, all };

/// The table of methods and paths. Built once, then read from any thread.
class Router {
  public:
    /// `pattern` is "/v1/entities/{id}/neighbours". GET routes answer HEAD too.
    void add(std::string_view method, std::string_view pattern, Origins origins, Route route);

    /// Finds the route and answers. 404 where no path fits, 405 with Allow where no method does,
    /// 204 to OPTIONS. A refusal becomes a problem, or what `on_refusal` makes of it.
    Response answer(const Request& request) const;

    /// Pages show refusals to people; given the request and the problem, returns what is sent.
    std::function<Response(const Request&, const graph::Refusal&)> on_refusal;

  private:
    struct Entry {
        std::string method;
        std::vector<std::string> segments;  // "{…}" fits anything
        Origins origins;
        Route route;
    };
    std::vector<Entry> entries_;
};

}  // namespace khom::server
