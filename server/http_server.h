#pragma once

#include <cstdint>
#include <memory>

#include "graph/failure.h"
#include "server/exchange.h"
#include "server/server_options.h"

namespace khom::server {

/// Listens. Pistache accepts and reads; `Exchange` does the rest.
class HttpServer {
  public:
    /// Binds and starts. Refuses: argument_error if the address cannot be listened on, saying why.
    static graph::Result<std::unique_ptr<HttpServer>> start(const ServerOptions& options,
                                                            Handlers handlers);
    /// Drains, then stops.
    ~HttpServer();
    HttpServer(const HttpServer&) = delete;
    HttpServer& operator=(const HttpServer&) = delete;

    std::uint16_t port() const;
    void drain();
    ServerCounts counts() const;

  private:
    struct Pistache;  // the listener, in http_server.cpp
    HttpServer(const ServerOptions& options, Handlers handlers);
    std::unique_ptr<Exchange> exchange_;
    std::unique_ptr<Pistache> pistache_;
};

}  // namespace khom::server
