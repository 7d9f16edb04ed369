// Answers to openCypher that are larger than one should hold: as a stream, or refused saying so.

#include <nlohmann/json.hpp>

#include "tests/wire/site.h"

namespace khom::testing {
namespace {

using nlohmann::json;
using ::testing::AllOf;
using ::testing::Eq;
using ::testing::HasSubstr;
using ::testing::Le;
using ::testing::Lt;
using ::testing::StartsWith;

WireAnswer ask(const std::string& statement, const std::string& accept,
               const std::string& more = "") {
    return Site::chiang_mai().send(
        "POST", "/v1/query", accept.empty() ? "" : "Accept: " + accept + "\r\n",
        R"({"statement": ")" + statement + "\"" + (more.empty() ? "" : ", " + more) + "}");
}

const std::string ndjson = "application/x-ndjson";
const std::string csv = "text/csv";

std::size_t lines(const std::string& text) {
    return static_cast<std::size_t>(std::ranges::count(text, '\n'));
}

TEST(QueryStream, SendsMoreRowsThanAJsonAnswerMayHave) {
    const auto answer = ask("UNWIND range(1, 50000) AS x RETURN x, 'แม่ข่า' AS name", ndjson);

    EXPECT_THAT(answer.status, Eq(200));
    EXPECT_THAT(answer.headers.at("transfer-encoding"), Eq("chunked"));
    EXPECT_THAT(lines(answer.body), Eq(50'000U));
    EXPECT_THAT(answer.body, StartsWith("{\"x\":1,\"name\":\"แม่ข่า\"}\n{\"x\":2,"));
}

TEST(QueryStream, SendsCsvWithItsHeaderLineOnce) {
    const auto answer = ask("UNWIND range(1, 30000) AS x RETURN x, [x] AS list", csv);

    EXPECT_THAT(lines(answer.body), Eq(30'001U));
    EXPECT_THAT(answer.body, StartsWith("x,list\r\n1,[1]\r\n2,[2]\r\n"));
}

TEST(QueryStream, SendsAShortAnswerWhole) {
    const auto answer = ask("RETURN 1 AS one", ndjson);

    EXPECT_THAT(answer.headers.contains("transfer-encoding"), Eq(false));
    EXPECT_THAT(answer.body, Eq("{\"one\":1}\n"));
}

TEST(QueryStream, EndsAfterMaxRows) {
    EXPECT_THAT(
        lines(ask("UNWIND range(1, 9000) AS x RETURN x", ndjson, R"("max_rows": 5000)").body),
        Eq(5000U));
}

TEST(QueryStream, RefusesWithAStatusWhatFailsBeforeTheFirstRows) {
    EXPECT_THAT(ask("RETURN 1 / 0 AS x", ndjson).status, Eq(422));
    EXPECT_THAT(ask("RETURN x", csv).status, Eq(400));
}

TEST(QueryStream, EndsBrokenWithTheProblemWhereALaterRowFails) {
    WireClient client(Site::chiang_mai().port());
    const std::string body =
        R"({"statement": "UNWIND range(1, 50000) AS x RETURN 1 / (40000 - x) AS y"})";

    client.send("POST /v1/query HTTP/1.1\r\nHost: a\r\nAccept: " + ndjson +
                "\r\nContent-Type: application/json\r\nContent-Length: " +
                std::to_string(body.size()) + "\r\n\r\n" + body);

    EXPECT_TRUE(client.receives("{\"problem\":{"));
    EXPECT_TRUE(client.is_closed());
    EXPECT_FALSE(client.receives("0\r\n\r\n"));
}

TEST(QueryStream, ReadsASortedAnswerToItsEnd) {
    const auto answer = ask("UNWIND range(1, 20000) AS x RETURN x ORDER BY x DESC", ndjson);

    EXPECT_THAT(answer.body, StartsWith("{\"x\":20000}\n"));
    EXPECT_THAT(lines(answer.body), Eq(20'000U));
}

constexpr const char* long_answer =
    "UNWIND range(1, 1000) AS x WITH x, range(1, 2000) AS l RETURN x, l";

TEST(QueryAnswer, HoldsWhatFitsAMebibyteOfJsonAndSaysHowToHaveTheRest) {
    const auto answer = ask(long_answer, "");

    EXPECT_THAT(answer.status, Eq(200));
    EXPECT_THAT(answer.body.size(), Le(1U << 20U));
    const auto body = json::parse(answer.body);
    EXPECT_THAT(body["truncated"], Eq(true));
    EXPECT_THAT(body["data"]["values"].size(), Lt(1000U));
    EXPECT_THAT(body["stats"]["rows"], Eq(body["data"]["values"].size()));
    EXPECT_THAT(body["notice"].get<std::string>(), HasSubstr("application/x-ndjson"));
}

TEST(QueryAnswer, IsRefusedWhereTheClientSaidHowManyRowsAndTheyDoNotFit) {
    const auto answer = ask(long_answer, "", R"("max_rows": 1000)");

    EXPECT_THAT(answer.status, Eq(422));
    EXPECT_THAT(answer.body, AllOf(HasSubstr("limit-exceeded"), HasSubstr("text/csv")));
}

}  // namespace
}  // namespace khom::testing
