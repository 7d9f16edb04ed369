#include "tests/wire/site.h"
#include "tests/testing/paths.h"

#include <unistd.h>
#include <stdexcept>

#include "server/routes/answers.h"
#include "tests/wire/described.h"

namespace khom::testing {

namespace {

std::filesystem::path new_folder() {
    auto name = (std::filesystem::temp_directory_path() / "khom-site-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) {
        throw std::runtime_error("no temporary folder");
    }
    return name;
}

std::string why(const corpus::ImportReport& report) {
    const auto& first = report.rejected.front();
    return first.file + ":" + std::to_string(first.line) + ": " + first.column + ": " +
           first.detail;
}

}  // namespace

Site::Site(const std::vector<corpus::InputFile>& files) : folder_(new_folder()) {
    auto opened = server::Dataset::open(folder_, server::Missing::is_created);
    if (!opened) {
        throw std::runtime_error(opened.error().message);
    }
    dataset_ = std::move(*opened);
    const auto report = corpus::import(dataset_->store(), dataset_->ontology(), files,
                                       {false, {"test", "import"}, {}});
    if (!report || !report->rejected.empty()) {
        throw std::runtime_error(report ? why(*report) : report.error().message);
    }
    start();
}

void Site::start() {
    server::Services services;
    services.reading = [this] { return dataset_->reading(); };
    services.not_ready = [this] { return dataset_->not_ready(); };
    services.dataset = dataset_.get();
    services.metrics = [] { return std::string(); };
    dataset_->index().catch_up();
    dataset_->index().follow();
    routes_ = server::routes(services);
    server::add_admin_routes(routes_, services);
    keys_ = std::make_unique<server::Keys>(folder_);
    admission_ = std::make_unique<server::Admission>(server::Admission::Options{}, *keys_);
    server::Handlers handlers;
    handlers.screen = [this](server::Request& head) { return admission_->screen(head, true); };
    handlers.answer = handlers.immediate = [this](const server::Request& request) {
        return routes_.answer(request);
    };
    handlers.is_immediate = server::is_immediate;
    server::ServerOptions options;
    options.port = 0;
    options.queue_timeout = std::chrono::seconds(60);  // a loaded machine is no reason to fail
    server_ = std::move(*server::HttpServer::start(options, handlers));
}

void Site::restart() {
    server_.reset();
    routes_ = {};
    dataset_.reset();
    dataset_ = std::move(*server::Dataset::open(folder_, server::Missing::is_refused));
    start();
}

Site::~Site() {
    server_.reset();
    dataset_.reset();
    std::filesystem::remove_all(folder_);
}

namespace {

const nlohmann::json& description() {
    static const auto parsed = nlohmann::json::parse(server::openapi_route().body);
    return parsed;
}

}  // namespace

WireAnswer Site::get(const std::string& target, const std::string& headers) const {
    auto answer = testing::get(server_->port(), target, headers);
    EXPECT_EQ(undescribed(description(), "GET", target, answer), "") << target;
    return answer;
}

void Site::revoke_all() {
    const auto records = *keys_->list();
    for (const auto& record : records) {
        (void)keys_->revoke(record.id);
    }
}

WireAnswer Site::send(const std::string& method, const std::string& target,
                      const std::string& headers, const std::string& body) const {
    WireClient client(port());
    client.send(method + " " + target + " HTTP/1.1\r\nHost: localhost\r\n" + headers +
                "Content-Length: " + std::to_string(body.size()) + "\r\nConnection: close\r\n\r\n" +
                body);
    auto answer = client.answer().value_or(WireAnswer{});
    EXPECT_EQ(undescribed(description(), method, target, answer), "") << target;
    return answer;
}

Site& Site::chiang_mai() {
    static Site site(*corpus::read_input(khom::testing::source_dir() + "/corpus/data/chiang-mai"));
    return site;
}

}  // namespace khom::testing
