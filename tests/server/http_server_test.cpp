#include "server/http_server.h"

#include <atomic>
#include <thread>

#include "tests/testing/wire_client.h"

namespace khom::server {
namespace {

using khom::testing::get;
using khom::testing::WireClient;
using ::testing::Eq;
using ::testing::Gt;

ServerOptions small_options() {
    ServerOptions options;
    options.port = 0;
    options.workers = 2;
    options.queue_length = 4;
    return options;
}

/// /echo gives the target back, /large four megabytes, /slow waits until it is let go, /health
/// needs no worker, /endless is answered when its client is gone.
class TestServer {
  public:
    explicit TestServer(ServerOptions options = small_options()) {
        Handlers handlers;
        handlers.answer = [this](const Request& request) {
            if (request.segments == std::vector<std::string>{"slow"}) {
                ++waiting;
                while (!released) {
                    std::this_thread::sleep_for(std::chrono::milliseconds(1));
                }
            }
            if (request.segments == std::vector<std::string>{"endless"}) {
                ++waiting;
                while (!released && !request.abandoned->load()) {
                    std::this_thread::sleep_for(std::chrono::milliseconds(1));
                }
                abandoned = request.abandoned->load();
            }
            if (request.segments == std::vector<std::string>{"large"}) {
                return Response{200, "text/plain", std::string(4 << 20, 'x'), {}};
            }
            if (request.segments == std::vector<std::string>{"throw"}) {
                throw 42;
            }
            return Response{200, "text/plain", request.target + request.body, {}};
        };
        handlers.immediate = [](const Request&) { return Response{200, "text/plain", "ok", {}}; };
        handlers.is_immediate = [](const Request& request) {
            return request.segments == std::vector<std::string>{"health"};
        };
        server = std::move(*HttpServer::start(options, handlers));
    }
    ~TestServer() { released = true; }

    std::uint16_t port() const { return server->port(); }

    std::atomic<bool> released = false;
    std::atomic<int> waiting = 0;
    std::atomic<bool> abandoned = false;
    std::unique_ptr<HttpServer> server;
};

constexpr const char* head = " HTTP/1.1\r\nHost: a\r\n\r\n";

template <class Condition>
bool comes_true(Condition condition) {
    for (int i = 0; i < 1000; ++i) {
        if (condition()) {
            return true;
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    return false;
}

TEST(HttpServer, AnswersOverARealSocket) {
    const TestServer server;

    const auto answer = get(server.port(), "/echo?q=%E0%B8%81");

    EXPECT_THAT(answer.status, Eq(200));
    EXPECT_THAT(answer.body, Eq("/echo?q=%E0%B8%81"));
    EXPECT_THAT(answer.headers.at("x-content-type-options"), Eq("nosniff"));
}

TEST(HttpServer, AnswersPipelinedRequestsInOrderAndAtAllSplitPoints) {
    const TestServer server;
    const std::string bytes = std::string("GET /echo1") + head +
                              "POST /echo2 HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nhi" +
                              "GET /health" + head;
    for (std::size_t cut = 0; cut <= bytes.size(); cut += 3) {
        WireClient client(server.port());
        client.send(bytes.substr(0, cut));
        std::this_thread::sleep_for(std::chrono::microseconds(200));
        client.send(bytes.substr(cut));

        EXPECT_THAT(client.answer()->body, Eq("/echo1"));
        EXPECT_THAT(client.answer()->body, Eq("/echo2hi"));
        EXPECT_THAT(client.answer()->body, Eq("ok"));
    }
}

TEST(HttpServer, TellsTheHandlerThatItsClientIsGone) {
    const TestServer server;
    {
        WireClient client(server.port());
        client.send(std::string("GET /endless") + head);
        EXPECT_TRUE(comes_true([&] { return server.waiting == 1; }));
        EXPECT_FALSE(server.abandoned);
    }

    EXPECT_TRUE(comes_true([&] { return server.abandoned.load(); }));
    EXPECT_TRUE(comes_true([&] { return server.server->counts().in_flight == 0; }));
}

TEST(HttpServer, ReallyClosesWhenAskedTo) {
    const TestServer server;
    WireClient client(server.port());

    client.send("GET /echo HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");

    EXPECT_THAT(client.answer()->headers.at("connection"), Eq("close"));
    EXPECT_TRUE(client.is_closed());
}

TEST(HttpServer, ReadsNothingAfterBadFraming) {
    const TestServer server;
    WireClient client(server.port());

    client.send(std::string("GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\nGET /echo") + head);

    EXPECT_THAT(client.answer()->status, Eq(400));
    EXPECT_TRUE(client.is_closed());
}

TEST(HttpServer, AnswersAClientThatClosedItsHalf) {
    const TestServer server;
    WireClient client(server.port());

    client.send(std::string("GET /echo") + head);
    client.end();

    const auto answer = client.answer();
    ASSERT_TRUE(answer);
    EXPECT_THAT(answer->body, Eq("/echo"));
}

TEST(HttpServer, SendsNoBodyToHead) {
    const TestServer server;
    WireClient client(server.port());

    client.send(std::string("HEAD /echo") + head + "GET /echo" + head);

    EXPECT_THAT(client.answer(true)->headers.at("content-length"), Eq("5"));
    EXPECT_THAT(client.answer()->body, Eq("/echo"));
}

TEST(HttpServer, SaysContinueToWhoWaitsForIt) {
    const TestServer server;
    WireClient client(server.port());
    client.send(
        "POST /echo HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");

    EXPECT_THAT(client.answer()->status, Eq(100));
    client.send("hi");
    EXPECT_THAT(client.answer()->body, Eq("/echohi"));
}

TEST(HttpServer, ShowsNothingOfWhatWasThrown) {
    const TestServer server;

    const auto answer = get(server.port(), "/throw");

    EXPECT_THAT(answer.status, Eq(500));
    EXPECT_THAT(answer.body.find("exception"), Eq(std::string::npos));
}

TEST(HttpServer, ShedsWhatTheQueueCannotHoldAndStaysHealthy) {
    TestServer server;
    std::vector<std::unique_ptr<WireClient>> clients;
    for (int i = 0; i < 2; ++i) {
        clients.push_back(std::make_unique<WireClient>(server.port()));
        clients.back()->send(std::string("GET /slow") + head);
    }
    ASSERT_TRUE(comes_true([&] { return server.waiting == 2; }));
    int shed = 0;
    for (int i = 0; i < 10; ++i) {
        clients.push_back(std::make_unique<WireClient>(server.port()));
        clients.back()->send(std::string("GET /echo") + head);
    }
    ASSERT_TRUE(comes_true([&] { return server.server->counts().shed >= 6; }));
    const auto health = get(server.port(), "/health");
    server.released = true;
    for (auto& client : clients) {
        const auto answer = client->answer();
        ASSERT_TRUE(answer);
        if (answer->status == 503) {
            EXPECT_THAT(answer->headers.at("retry-after"), Eq("1"));
            ++shed;
        }
    }

    EXPECT_THAT(health.body, Eq("ok"));
    EXPECT_THAT(shed, ::testing::Ge(6));
}

TEST(HttpServer, CutsClientsThatTakeNothingAndServesOthersMeanwhile) {
    auto options = small_options();
    options.stall_timeout = std::chrono::milliseconds(300);
    options.queue_length = 1000;
    options.queue_timeout = std::chrono::seconds(60);
    const TestServer server(options);
    std::vector<std::unique_ptr<WireClient>> dead;
    for (int i = 0; i < 20; ++i) {
        dead.push_back(std::make_unique<WireClient>(server.port()));
        for (int request = 0; request < 4; ++request) {
            dead.back()->send("GET /large");
            dead.back()->send(head);
        }
    }

    for (int i = 0; i < 20; ++i) {
        EXPECT_THAT(get(server.port(), "/health").status, Eq(200));
    }
    EXPECT_TRUE(comes_true([&] { return server.server->counts().cut >= 20; }));
    EXPECT_TRUE(comes_true([&] { return server.server->counts().connections <= 1; }));
}

TEST(HttpServer, EndsRequestsThatNeverComeWhole) {
    auto options = small_options();
    options.head_timeout = std::chrono::milliseconds(200);
    const TestServer server(options);
    WireClient client(server.port());

    client.send("GET / HTTP/1.1\r\nHos");

    EXPECT_THAT(client.answer()->status, Eq(408));
    EXPECT_TRUE(client.is_closed());
}

TEST(HttpServer, LetsIdleConnectionsGo) {
    auto options = small_options();
    options.idle_timeout = std::chrono::milliseconds(100);
    const TestServer server(options);
    WireClient client(server.port());

    EXPECT_TRUE(client.is_closed());
    EXPECT_TRUE(comes_true([&] { return server.server->counts().connections == 0; }));
}

TEST(HttpServer, AnswersWhatHasArrivedBeforeItStops) {
    auto server = std::make_unique<TestServer>();
    WireClient client(server->port());
    client.send(std::string("GET /slow") + head);
    ASSERT_TRUE(comes_true([&] { return server->waiting == 1; }));

    std::thread stopping([&] { server->server.reset(); });
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    server->released = true;
    const auto answer = client.answer();
    stopping.join();

    ASSERT_TRUE(answer);
    EXPECT_THAT(answer->body, Eq("/slow"));
    EXPECT_THAT(answer->headers.at("connection"), Eq("close"));
}

TEST(HttpServer, SurvivesClientsThatVanish) {
    auto options = small_options();
    options.queue_length = 1000;
    options.queue_timeout = std::chrono::seconds(60);
    const TestServer server(options);
    for (int i = 0; i < 60; ++i) {
        WireClient client(server.port());
        client.send(std::string(i % 2 == 0 ? "GET /large" : "GET /echo") + head);
    }

    EXPECT_THAT(get(server.port(), "/echo").status, Eq(200));
    EXPECT_TRUE(comes_true([&] { return server.server->counts().connections <= 1; }));
}

TEST(HttpServer, RefusesAnAddressItCannotListenOn) {
    const TestServer first;
    auto options = small_options();
    options.port = first.port();

    const auto second = HttpServer::start(options, {});

    ASSERT_FALSE(second);
    EXPECT_THAT(second.error().message.find("127.0.0.1"), Gt(0U));
}

TEST(HttpServer, LimitsConnections) {
    auto options = small_options();
    options.max_connections = 2;
    const TestServer server(options);
    WireClient first(server.port());
    WireClient second(server.port());
    first.send(std::string("GET /health") + head);
    second.send(std::string("GET /health") + head);
    EXPECT_THAT(first.answer()->status, Eq(200));
    EXPECT_THAT(second.answer()->status, Eq(200));

    WireClient third(server.port());
    const auto refused = third.answer();

    ASSERT_TRUE(refused);
    EXPECT_THAT(refused->status, Eq(503));
    EXPECT_THAT(refused->headers.at("retry-after"), Eq("1"));
    EXPECT_TRUE(third.is_closed());
}

}  // namespace
}  // namespace khom::server
