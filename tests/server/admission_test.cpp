#include "server/admission.h"

#include <sys/stat.h>
#include <ctime>
#include <fstream>
#include <sstream>

#include "tests/testing/folder.h"

namespace khom::server {
namespace {

using ::testing::Eq;
using ::testing::Gt;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::SizeIs;
using ::testing::StartsWith;

using std::chrono::milliseconds;
using std::chrono::seconds;

using khom::testing::Folder;

std::string content(const Folder& folder) {
    std::ifstream file(folder.path() / "keys.json");
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

TEST(Keys, AreKeptAsHashesThatOnlyTheirOwnerReads) {
    const Folder folder;
    Keys keys(folder.path());
    const auto key = *keys.create(Scope::write, "curators");
    const auto secret = key.substr(key.rfind('_') + 1);
    struct stat status {};

    ASSERT_THAT(::stat((folder.path() / "keys.json").c_str(), &status), Eq(0));
    EXPECT_THAT(status.st_mode & 0777U, Eq(0600U));
    EXPECT_THAT(secret, SizeIs(64));
    EXPECT_THAT(content(folder), Not(HasSubstr(secret)));
}

TEST(Keys, AreGoodUntilTheyAreRevokedEvenByAnotherProcess) {
    const Folder folder;
    const Keys server(folder.path());
    Keys command(folder.path());
    const auto key = *command.create(Scope::admin, "");
    ASSERT_TRUE(server.holder(key));
    EXPECT_THAT(server.holder(key)->scope, Eq(Scope::admin));

    ASSERT_TRUE(command.revoke(command.list()->front().id));

    EXPECT_FALSE(server.holder(key));
    EXPECT_FALSE(command.revoke("k00000000"));
}

TEST(Keys, AreNotGuessedFromOthers) {
    const Folder folder;
    Keys keys(folder.path());
    const auto one = *keys.create(Scope::write, "one");
    const auto other = *keys.create(Scope::write, "other");
    const auto swapped = one.substr(0, one.rfind('_')) + other.substr(other.rfind('_'));

    for (const auto& wrong :
         {swapped, one + "0", one.substr(0, one.size() - 1), std::string("khom_"), std::string(),
          std::string("khom__"), std::string(10'000, 'x')}) {
        EXPECT_FALSE(keys.holder(wrong)) << wrong.substr(0, 20);
    }
}

TEST(Keys, ThatAreDamagedAreNamedAndNeverTakenForNone) {
    const Folder folder;
    Keys keys(folder.path());
    const auto key = *keys.create(Scope::write, "curators");
    const auto whole = content(folder);

    for (const std::string& damaged :
         {std::string(), whole.substr(0, whole.size() / 2), std::string("[]"),
          std::string(R"({"version": 1, "keys": [{"id": 5}]})"),
          std::string(R"({"version": 1, "keys": [5]})"), whole + "}"}) {
        std::ofstream(folder.path() / "keys.json") << damaged;
        try {
            (void)keys.holder(key);
            ADD_FAILURE() << damaged;
        } catch (const graph::Fault& fault) {
            EXPECT_THAT(fault.what(), HasSubstr("keys.json' are damaged"));
        }
        EXPECT_THROW((void)keys.create(Scope::admin, ""), graph::Fault);
        EXPECT_THAT(content(folder), Eq(damaged));
    }
    std::ofstream(folder.path() / "keys.json") << whole;
    EXPECT_TRUE(keys.holder(key));
}

TEST(ClientBuckets, LetABurstThroughAndThenAsMuchAsComesBack) {
    ClientBuckets buckets({100, 10, 1000});
    const auto start = ClientBuckets::Clock::now();
    buckets.charge("a", 100, start);

    EXPECT_THAT(buckets.state("a", start).again_in_s, Gt(0));
    EXPECT_THAT(buckets.state("b", start).again_in_s, Eq(0));
    EXPECT_THAT(buckets.state("a", start + seconds(1)).left, ::testing::DoubleNear(10, 0.1));
    EXPECT_THAT(buckets.state("a", start + seconds(60)).left, Eq(100));
}

TEST(ClientBuckets, RememberNoMoreClientsThanTold) {
    ClientBuckets buckets({100, 10, 50});
    const auto start = ClientBuckets::Clock::now();
    for (int i = 0; i < 10'000; ++i) {
        buckets.charge("client " + std::to_string(i), 1, start + milliseconds(i));
    }

    EXPECT_THAT(buckets.state("client 9999", start + milliseconds(9999)).left, ::testing::Lt(100));
}

Request request_from(const std::string& peer, const std::string& forwarded = "",
                     const std::string& path = "search") {
    Request request;
    request.peer = peer;
    request.segments = {"v1", path};
    if (!forwarded.empty()) {
        request.headers.emplace_back("x-forwarded-for", forwarded);
    }
    return request;
}

struct Gate {
    Folder folder;
    Keys keys{folder.path()};
    Admission admission;
    explicit Gate(Admission::Options options) : admission(std::move(options), keys) {}
};

TEST(Admission, BelievesOnlyListedProxiesAboutTheirClients) {
    Admission::Options options;
    options.trusted_proxies = {"10.0.0.1", "10.0.0.2"};
    const Gate gate(options);
    const auto client = [&](const std::string& peer, const std::string& forwarded) {
        return gate.admission.client_of(request_from(peer, forwarded));
    };

    EXPECT_THAT(client("203.0.113.9", "198.51.100.1"), Eq("203.0.113.9"));
    EXPECT_THAT(client("10.0.0.1", "198.51.100.1"), Eq("198.51.100.1"));
    EXPECT_THAT(client("10.0.0.1", "6.6.6.6, 198.51.100.1, 10.0.0.2"), Eq("198.51.100.1"));
    EXPECT_THAT(client("10.0.0.1", ""), Eq("10.0.0.1"));
    EXPECT_THAT(client("::ffff:10.0.0.1", "::ffff:198.51.100.1"), Eq("198.51.100.1"));
    auto twice = request_from("10.0.0.1", "6.6.6.6");
    twice.headers.emplace_back("x-forwarded-for", "198.51.100.1");
    EXPECT_THAT(gate.admission.client_of(twice), Eq("198.51.100.1"));
    EXPECT_THAT(client("2001:db8:1:2:3:4:5:6", ""), Eq("2001:db8:1:2::/64"));
}

TEST(Admission, ShedsOneClientAndNotItsNeighboursBehindTheSameProxy) {
    Admission::Options options;
    options.clients = {50, 1, 1000};
    options.trusted_proxies = {"127.0.0.1"};
    Gate gate(options);
    const auto handler = gate.admission.charged([](const Request&) { return Response{}; });
    auto greedy = request_from("127.0.0.1", "203.0.113.7");
    for (int i = 0; i < 60; ++i) {
        (void)handler(greedy);
    }
    const auto refused = gate.admission.screen(greedy, false).refusal;

    ASSERT_TRUE(refused);
    EXPECT_THAT(refused->status, Eq(429));
    EXPECT_THAT(refused->headers[0].first, Eq("Retry-After"));
    for (int i = 0; i < 50; ++i) {
        auto typing = request_from("127.0.0.1", "203.0.113." + std::to_string(100 + i));
        EXPECT_FALSE(gate.admission.screen(typing, false).refusal) << i;
    }
}

TEST(Admission, LetsNoClientFillThePlaceForSavedViews) {
    Admission::Options options;
    options.saved_views = {3, 0.001, 1000};
    Gate gate(options);
    const auto handler = gate.admission.charged([](const Request&) {
        return Response{201, {}, {}, {}};
    });
    auto saving = request_from("203.0.113.7", "", "views");
    saving.method = "POST";
    for (int i = 0; i < 3; ++i) {
        EXPECT_FALSE(gate.admission.screen(saving, false).refusal) << i;
        (void)handler(saving);
    }
    const auto refused = gate.admission.screen(saving, false).refusal;
    ASSERT_TRUE(refused);
    EXPECT_THAT(refused->status, Eq(429));
    EXPECT_THAT(refused->headers[0], ::testing::Pair("Retry-After", "1000"));

    auto searching = request_from("203.0.113.7");
    auto neighbour = request_from("203.0.113.8", "", "views");
    neighbour.method = "POST";
    EXPECT_FALSE(gate.admission.screen(searching, false).refusal);
    EXPECT_FALSE(gate.admission.screen(neighbour, false).refusal);
}

TEST(Admission, ChargesForEveryPieceOfAStream) {
    class Laborious : public BodyStream {
        Next next(std::string&) override {
            const auto until = std::clock() + CLOCKS_PER_SEC / 20;
            while (std::clock() < until) {
            }
            return Next::more;
        }
    };
    Admission::Options options;
    options.clients = {1'000, 0.001, 1000};
    Gate gate(options);
    auto asking = request_from("203.0.113.7");
    const auto response = gate.admission.charged([](const Request&) {
        Response streamed;
        streamed.stream = std::make_shared<Laborious>();
        return streamed;
    })(asking);

    std::string piece;
    for (int i = 0; i < 40 && !gate.admission.screen(asking, false).refusal; ++i) {
        (void)response.stream->next(piece);
    }
    EXPECT_THAT(gate.admission.screen(asking, false).refusal->status, Eq(429));
}

TEST(Admission, SaysWhatIsLeft) {
    Gate gate({});
    const auto response = gate.admission.charged([](const Request&) { return Response{}; })(
        request_from("203.0.113.7"));

    EXPECT_THAT(response.headers[0].first, Eq("RateLimit-Policy"));
    EXPECT_THAT(response.headers[1].second, StartsWith("\"work\";r=19"));
}

TEST(Admission, HidesTheAdminRoutesOfAPublicListener) {
    Gate gate({});
    auto request = request_from("203.0.113.7", "", "admin");

    EXPECT_FALSE(gate.admission.screen(request, false).refusal);  // 404 is the router's to say
    EXPECT_THAT(gate.admission.screen(request, true).refusal->status, Eq(401));
}

TEST(Admission, TakesLargeBodiesFromHoldersOfAKeyOnly) {
    Gate gate({});
    const auto key = *gate.keys.create(Scope::write, "curators");
    auto open = request_from("203.0.113.7", "", "query");
    auto import = request_from("203.0.113.7", "", "admin");
    import.segments.emplace_back("imports");
    import.headers.emplace_back("x-api-key", key);
    const auto screened = gate.admission.screen(import, true);

    EXPECT_THAT(gate.admission.screen(open, true).body_bytes, Eq(64U * 1024));
    EXPECT_THAT(screened.body_bytes, Eq(16U * 1024 * 1024));
    EXPECT_THAT(import.key_name, Eq("curators"));
}

}  // namespace
}  // namespace khom::server
