// The only file that names Pistache 0.0.5: its listener accepts, its reactors read. Its HTTP
// parser, router and writer are not used (why: README.md, "Pistache"). Its threads must be gone
// before the exchange they speak to.

#include "server/http_server.h"

#include <sys/socket.h>
#include <csignal>
#include <exception>
#include <utility>

#include <pistache/listener.h>
#include <pistache/peer.h>
#include <pistache/tcp.h>

namespace khom::server {

namespace {

constexpr const char* wire_key = "wire";

/// Cloned by Pistache, once for each reactor.
class Reader : public Pistache::Tcp::Handler {
  public:
    PROTOTYPE_OF(Pistache::Tcp::Handler, Reader)

    explicit Reader(Exchange& exchange) : exchange_(&exchange) {}
    // A clone belongs to another reactor: what Pistache keeps in its handler is not copied.
    // NOLINTNEXTLINE(bugprone-copy-constructor-init)
    Reader(const Reader& other) : Pistache::Tcp::Handler(), exchange_(other.exchange_) {}

    void onConnection(const std::shared_ptr<Pistache::Tcp::Peer>& peer) override {
        auto wire = exchange_->open(peer->fd(), peer->address().host());
        if (wire) {
            peer->putData(wire_key, wire);
        } else {
            ::shutdown(peer->fd(), SHUT_RDWR);
        }
    }

    void onInput(const char* buffer, std::size_t length,
                 const std::shared_ptr<Pistache::Tcp::Peer>& peer) override {
        if (const auto wire = wire_of(*peer)) {
            exchange_->received(wire, std::string_view(buffer, length));
        }
    }

    void onDisconnection(const std::shared_ptr<Pistache::Tcp::Peer>& peer) override {
        if (const auto wire = wire_of(*peer)) {
            exchange_->ended(wire);
        }
    }

  private:
    static std::shared_ptr<Wire> wire_of(const Pistache::Tcp::Peer& peer) {
        return std::static_pointer_cast<Wire>(peer.tryGetData(wire_key));
    }

    Exchange* exchange_;
};

}  // namespace

struct HttpServer::Pistache {
    ::Pistache::Tcp::Listener listener;
};

HttpServer::HttpServer(const ServerOptions& options, Handlers handlers)
    : exchange_(std::make_unique<Exchange>(options, std::move(handlers))),
      pistache_(std::make_unique<Pistache>()) {
    namespace tcp = ::Pistache::Tcp;
    std::signal(SIGPIPE, SIG_IGN);
    auto& listener = pistache_->listener;
    listener.init(
        options.reactors,
        ::Pistache::Flags<tcp::Options>(tcp::Options::ReuseAddr) | tcp::Options::CloseOnExec,
        "khom");
    listener.setHandler(std::make_shared<Reader>(*exchange_));
    listener.bind(::Pistache::Address(options.host, ::Pistache::Port(options.port)));
    listener.runThreaded();
}

graph::Result<std::unique_ptr<HttpServer>> HttpServer::start(const ServerOptions& options,
                                                             Handlers handlers) {
    try {
        return std::unique_ptr<HttpServer>(new HttpServer(options, std::move(handlers)));
    } catch (const std::exception& error) {
        return graph::refuse(graph::RefusalCode::argument_error,
                             "Cannot listen on " + options.host + ":" +
                                 std::to_string(options.port) + ": " + error.what());
    }
}

HttpServer::~HttpServer() {
    exchange_->drain();
    pistache_->listener.shutdown();
    exchange_->stop();  // before Pistache closes the descriptors that we write to
    pistache_.reset();
}

std::uint16_t HttpServer::port() const {
    return pistache_->listener.getPort();
}

void HttpServer::drain() {
    exchange_->drain();
}

ServerCounts HttpServer::counts() const {
    return exchange_->counts();
}

}  // namespace khom::server
