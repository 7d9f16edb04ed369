#include "server/request_reader.h"

#include <random>

#include "graph/failure.h"

namespace khom::server {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::Eq;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::Pair;

/// All that is read from some bytes given in pieces: "GET /a body=…; …; 400" or "…; more".
std::string read_in_pieces(std::string_view bytes, const std::vector<std::size_t>& cuts,
                           RequestLimits limits = {}) {
    RequestReader reader(limits);
    std::string story;
    std::size_t begin = 0;
    for (std::size_t piece = 0; piece <= cuts.size(); ++piece) {
        const auto end = piece < cuts.size() ? cuts[piece] : bytes.size();
        reader.feed(bytes.substr(begin, end - begin));
        begin = end;
        for (;;) {
            auto outcome = reader.next();
            if (auto* request = std::get_if<Request>(&outcome)) {
                story += request->method + " " + request->target + " body=" + request->body +
                         (request->keep_alive ? "; " : " close; ");
            } else if (auto* bad = std::get_if<BadFraming>(&outcome)) {
                return story + std::to_string(bad->status);
            } else {
                break;
            }
        }
    }
    return story + "more";
}

std::string read(std::string_view bytes, RequestLimits limits = {}) {
    return read_in_pieces(bytes, {}, limits);
}

struct Case {
    std::string bytes;
    std::string story;
};

const std::vector<Case>& cases() {
    static const std::vector<Case> all = {
        {"GET / HTTP/1.1\r\nHost: a\r\n\r\n", "GET / body=; more"},
        {"\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n", "GET / body=; more"},
        {"\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n", "400"},
        {"GET / HTTP/1.0\r\n\r\n", "GET / body= close; more"},
        {"GET / HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n", "GET / body=; more"},
        {"GET / HTTP/1.1\r\nHost: a\r\nConnection: Close\r\n\r\n", "GET / body= close; more"},
        {"POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabcGET /y HTTP/1.1\r\nHost: "
         "a\r\n\r\n",
         "POST /x body=abc; GET /y body=; more"},
        {"POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nab", "more"},
        {"GET http://a.example/p?q=1 HTTP/1.1\r\nHost: a\r\n\r\n", "GET /p?q=1 body=; more"},
        {"OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n", "OPTIONS * body=; more"},
        {"GET / HTTP/1.1\nHost: a\n\n", "400"},
        {"GET / HTTP/1.1\r\nHost: a\n\r\n", "400"},
        {"GET / HTTP/1.1\r\nHost: a\r\rX: b\r\n\r\n", "400"},
        {"GET  / HTTP/1.1\r\nHost: a\r\n\r\n", "400"},
        {"GET / \r\nHost: a\r\n\r\n", "400"},
        {"GET / HTTP/1\r\nHost: a\r\n\r\n", "400"},
        {"GET /\r\nHost: a\r\n\r\n", "400"},
        {"GET / HTTP/2.0\r\nHost: a\r\n\r\n", "505"},
        {"GET / http/1.1\r\nHost: a\r\n\r\n", "400"},
        {"BREW / HTTP/1.1\r\nHost: a\r\n\r\n", "501"},
        {"G@T / HTTP/1.1\r\nHost: a\r\n\r\n", "400"},
        {"GET / HTTP/1.1\r\n\r\n", "400"},
        {"GET / HTTP/1.1\r\nHost:\r\n\r\n", "400"},
        {"GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n", "400"},
        {"GET / HTTP/1.1\r\nHost: a b\r\n\r\n", "400"},
        {"GET / HTTP/1.1\r\nHost : a\r\n\r\n", "400"},
        {"GET / HTTP/1.1\r\nHost: a\r\nno colon\r\n\r\n", "400"},
        {"GET / HTTP/1.1\r\nHost: a\r\n folded: b\r\n\r\n", "400"},
        {"GET / HTTP/1.1\r\nHost: a\r\nX: \x01\r\n\r\n", "400"},
        {std::string("GET / HTTP/1.1\r\nHost: a\r\nX: \0\r\n\r\n", 33), "400"},
        {"GET /#part HTTP/1.1\r\nHost: a\r\n\r\n", "400"},
        {"GET a HTTP/1.1\r\nHost: a\r\n\r\n", "400"},
        {"GET /%zz HTTP/1.1\r\nHost: a\r\n\r\n", "400"},
        {"GET /?q=%E0%B8 HTTP/1.1\r\nHost: a\r\n\r\n", "400"},
        {"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\nx", "400"},
        {"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1, 1\r\n\r\nx", "400"},
        {"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: +1\r\n\r\nx", "400"},
        {"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: -3\r\n\r\nx", "400"},
        {"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 0x1\r\n\r\nx", "400"},
        {"POST / HTTP/1.1\r\nHost: a\r\nContent-Length:\r\n\r\n", "400"},
        {"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4000000000\r\n\r\n", "413"},
        {"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999999999999\r\n\r\n", "413"},
        {"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", "411"},
        {"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: x\r\n\r\n", "411"},
        {"GET HTTP://a.example?q=1 HTTP/1.1\r\nHost: a\r\n\r\n", "GET /?q=1 body=; more"},
        {"GET http://a.example:80 HTTP/1.1\r\nHost: a\r\n\r\n", "GET / body=; more"},
        {"GET http:///p HTTP/1.1\r\nHost: a\r\n\r\n", "400"},
        {"GET http://u@a.example/p HTTP/1.1\r\nHost: a\r\n\r\n", "400"},
        {"GET file:///p HTTP/1.1\r\nHost: a\r\n\r\n", "400"},
        {"GET * HTTP/1.1\r\nHost: a\r\n\r\n", "400"},
        {"CONNECT a:80 HTTP/1.1\r\nHost: a\r\n\r\n", "400"},
        {"GET /a\tb HTTP/1.1\r\nHost: a\r\n\r\n", "400"},
        {"GET\t/ HTTP/1.1\r\nHost: a\r\n\r\n", "400"},
        {"GET / HTTP/1.1\r\nHost: [::1]:80\r\n\r\n", "GET / body=; more"},
        {"GET / HTTP/1.1\r\nHost: [::1\r\n\r\n", "400"},
        {"GET / HTTP/1.1\r\nHost: a:b\r\n\r\n", "400"},
        {"GET / HTTP/1.1\r\nHost: a:1:2\r\n\r\n", "400"},
        {"GET / HTTP/1.1\r\nHost: a, b\r\n\r\n", "400"},
        {"GET / HTTP/1.1\r\nHost: u@a\r\n\r\n", "400"},
        {"GET / HTTP/1.1\r\nHost: a\r\nConnection: x, close\r\n\r\n", "GET / body= close; more"},
        {"GET / HTTP/1.1\r\nHost: a\r\nConnection: not-close\r\n\r\n", "GET / body=; more"},
        {"POST / HTTP/1.0\r\nExpect: gold\r\nContent-Length: 1\r\n\r\nx",
         "POST / body=x close; more"},
        {"POST / HTTP/1.1\r\nHost: a\r\nExpect: gold\r\nContent-Length: 1\r\n\r\n", "417"},
    };
    return all;
}

TEST(RequestReader, TakesWellFramedRequestsAndNamesTheStatusOfOthers) {
    for (const auto& [bytes, story] : cases()) {
        EXPECT_THAT(read(bytes), Eq(story)) << bytes;
    }
}

TEST(RequestReader, GivesOneAnswerHoweverTheBytesAreSplit) {
    for (const auto& [bytes, story] : cases()) {
        for (std::size_t first = 0; first <= bytes.size(); ++first) {
            ASSERT_THAT(read_in_pieces(bytes, {first}), Eq(story)) << first << " of " << bytes;
        }
        std::vector<std::size_t> each_byte;
        for (std::size_t at = 1; at < bytes.size(); ++at) {
            each_byte.push_back(at);
        }
        ASSERT_THAT(read_in_pieces(bytes, each_byte), Eq(story)) << "byte by byte: " << bytes;
    }
}

TEST(RequestReader, GivesOneAnswerToRandomBytesHoweverSplit) {
    const auto seed = std::random_device{}();
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937 random(seed);
    for (int round = 0; round < 3000; ++round) {
        auto bytes = cases()[random() % cases().size()].bytes;
        for (int change = 0; change < 3 && !bytes.empty(); ++change) {
            constexpr std::string_view pool = "\r\n :/?%aG1\t\x80";
            const auto at = random() % bytes.size();
            random() % 2 == 0 ? void(bytes[at] = pool[random() % pool.size()])
                              : void(bytes.insert(at, 1, pool[random() % pool.size()]));
        }
        ASSERT_THAT(read_in_pieces(bytes, {random() % (bytes.size() + 1)}), Eq(read(bytes)));
    }
}

TEST(RequestReader, BoundsLineHeadHeadersAndBody) {
    const RequestLimits limits{64, 256, 3, 10};
    const std::string start = "GET / HTTP/1.1\r\nHost: a\r\n";

    EXPECT_THAT(read("GET /" + std::string(80, 'a'), limits), Eq("414"));
    EXPECT_THAT(read(start + "X: " + std::string(300, 'a'), limits), Eq("431"));
    EXPECT_THAT(read(start + "A: 1\r\nB: 2\r\nC: 3\r\n\r\n", limits), Eq("431"));
    EXPECT_THAT(read(start + "Content-Length: 11\r\n\r\n", limits), Eq("413"));
    EXPECT_THAT(read(start + "Content-Length: 10\r\n\r\n0123456789", limits),
                Eq("GET / body=0123456789; more"));
}

TEST(RequestReader, RefusesWhatItsScreenFailsOn) {
    RequestReader reader({},
                         [](Request&) -> Screened { throw graph::Fault("keys.json is damaged"); });
    reader.feed("GET / HTTP/1.1\r\nHost: a\r\n\r\n");

    const auto outcome = reader.next();

    EXPECT_THAT(std::get<Response>(outcome).status, Eq(500));
    EXPECT_THAT(std::get<Response>(outcome).body, Not(HasSubstr("keys.json")));
}

TEST(RequestReader, AsksTheScreenBeforeItKeepsABody) {
    RequestReader reader({}, [](const Request& head) {
        return head.target == "/no" ? Screened{0, Response{401, "text/plain", "", {}}}
                                    : Screened{5, std::nullopt};
    });
    reader.feed("POST /no HTTP/1.1\r\nHost: a\r\nContent-Length: 50\r\n\r\n");

    auto outcome = reader.next();

    ASSERT_TRUE(std::holds_alternative<Response>(outcome));
    EXPECT_THAT(std::get<Response>(outcome).status, Eq(401));
}

TEST(RequestReader, KeepsHeadersAndRepeatedParametersInOrder) {
    RequestReader reader({});
    reader.feed("GET /?a=1&b=2&a=3 HTTP/1.1\r\nHost: a\r\nX-One:  v \r\n\r\n");

    auto outcome = reader.next();

    const auto& request = std::get<Request>(outcome);
    EXPECT_THAT(request.parameters("a"), ElementsAre("1", "3"));
    EXPECT_THAT(request.headers, Contains(Pair("x-one", "v")));
}

}  // namespace
}  // namespace khom::server
