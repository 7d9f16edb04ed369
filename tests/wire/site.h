#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "corpus/import.h"
#include "server/admission.h"
#include "server/dataset.h"
#include "server/http_server.h"
#include "server/metrics.h"
#include "server/routes.h"
#include "tests/testing/wire_client.h"

namespace khom::testing {

/// A server over freshly imported files, on a port of its own, in a folder that goes with it.
class Site {
  public:
    /// Throws std::runtime_error, with the first finding, if the files are not taken.
    explicit Site(const std::vector<corpus::InputFile>& files);
    ~Site();
    Site(const Site&) = delete;
    Site& operator=(const Site&) = delete;

    /// The Chiang Mai corpus, imported once a process.
    static Site& chiang_mai();

    /// Every answer of the API is held against openapi.yaml; what it does not describe fails the
    /// test.
    WireAnswer get(const std::string& target, const std::string& headers = "") const;
    std::uint16_t port() const { return server_->port(); }
    query::Reading reading() { return dataset_->reading(); }
    /// A header with a new key.
    std::string key(server::Scope scope) {
        return "Authorization: Bearer " + *keys_->create(scope, "test") + "\r\n";
    }
    void revoke_all();
    /// The same folder, opened by a new process, as far as the server can tell.
    void restart();
    /// Any method, with a body.
    WireAnswer send(const std::string& method, const std::string& target,
                    const std::string& headers = "", const std::string& body = "") const;

  private:
    void start();

    std::filesystem::path folder_;
    std::unique_ptr<server::Dataset> dataset_;
    std::unique_ptr<server::Keys> keys_;
    std::unique_ptr<server::Admission> admission_;
    server::Router routes_;
    std::unique_ptr<server::HttpServer> server_;
};

}  // namespace khom::testing
