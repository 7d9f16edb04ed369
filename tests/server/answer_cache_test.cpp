#include "server/answer_cache.h"

namespace khom::server {
namespace {

using ::testing::Eq;
using ::testing::Le;

struct Counted {
    int asked = 0;
    std::uint64_t revision = 1;
    AnswerCache cache;
    Handler handler;

    explicit Counted(std::size_t bytes = 1U << 20U) : cache(bytes) {
        handler = cache.before(
            [this](const Request& request) {
                ++asked;
                Response response{
                    200, "text/plain", request.target + " at " + std::to_string(revision), {}};
                if (request.target != "/untagged") {
                    response.headers.emplace_back("ETag", "W/\"1\"");
                }
                response.status = request.target == "/missing" ? 404 : 200;
                return response;
            },
            [this] { return revision; });
    }
    std::string ask(const std::string& target, const std::string& accept = "",
                    const std::string& method = "GET") const {
        Request request;
        request.method = method;
        request.target = target;
        request.headers = {{"accept", accept}};
        return handler(request).body;
    }
};

TEST(AnswerCache, AsksOnceForWhatIsTheSame) {
    Counted counted;
    const auto first = counted.ask("/a");

    EXPECT_THAT(counted.ask("/a"), Eq(first));
    EXPECT_THAT(counted.asked, Eq(1));
    (void)counted.ask("/a", "text/turtle");
    EXPECT_THAT(counted.asked, Eq(2));
}

TEST(AnswerCache, ForgetsAtANewRevision) {
    Counted counted;
    (void)counted.ask("/a");
    counted.revision = 2;

    EXPECT_THAT(counted.ask("/a"), Eq("/a at 2"));
    EXPECT_THAT(counted.ask("/a"), Eq("/a at 2"));
    EXPECT_THAT(counted.asked, Eq(2));
}

TEST(AnswerCache, KeepsOnlyTaggedAnswersToReads) {
    Counted counted;
    for (int i = 0; i < 2; ++i) {
        (void)counted.ask("/untagged");
        (void)counted.ask("/missing");
        (void)counted.ask("/a", "", "POST");
    }

    EXPECT_THAT(counted.asked, Eq(6));
}

TEST(AnswerCache, HoldsNoMoreThanTold) {
    Counted counted(10'000);
    for (int i = 0; i < 1'000; ++i) {
        (void)counted.ask("/" + std::to_string(i));
    }

    EXPECT_THAT(counted.cache.held_bytes(), Le(10'000U));
    (void)counted.ask("/999");
    EXPECT_THAT(counted.asked, Eq(1'000));
    Counted none(0);
    (void)none.ask("/a");
    (void)none.ask("/a");
    EXPECT_THAT(none.asked, Eq(2));
}

}  // namespace
}  // namespace khom::server
