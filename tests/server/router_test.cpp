#include "server/router.h"

#include "server/url.h"

namespace khom::server {
namespace {

using ::testing::Contains;
using ::testing::Eq;
using ::testing::Pair;

Request request_for(std::string method, const std::string& target) {
    Request request;
    request.method = std::move(method);
    request.target = target;
    request.segments = parse_target(target)->segments;
    return request;
}

Router small_router() {
    Router router;
    router.add("GET", "/v1/entities/{id}", Origins::all,
               [](const Request&, const PathArguments& arguments) -> graph::Result<Response> {
                   return Response{200, "text/plain", arguments[0], {}};
               });
    router.add("POST", "/v1/admin/imports", Origins::own,
               [](const Request&, const PathArguments&) -> graph::Result<Response> {
                   return graph::refuse(graph::RefusalCode::forbidden, "No key.");
               });
    return router;
}

TEST(Router, GivesWhatStandsInThePlaces) {
    const auto response = small_router().answer(request_for("GET", "/v1/entities/place:a%2Fb"));

    EXPECT_THAT(response.body, Eq("place:a/b"));
    EXPECT_THAT(response.headers, Contains(Pair("Access-Control-Allow-Origin", "*")));
}

TEST(Router, AnswersHeadAsGet) {
    EXPECT_THAT(small_router().answer(request_for("HEAD", "/v1/entities/x")).status, Eq(200));
}

TEST(Router, SaysWhichMethodsThereAre) {
    const auto response = small_router().answer(request_for("DELETE", "/v1/entities/x"));

    EXPECT_THAT(response.status, Eq(405));
    EXPECT_THAT(response.headers, Contains(Pair("Allow", "GET, HEAD, OPTIONS")));
}

TEST(Router, AnswersOptionsWithOriginsOnlyWhereReadsAreOpen) {
    const auto open = small_router().answer(request_for("OPTIONS", "/v1/entities/x"));
    const auto own = small_router().answer(request_for("OPTIONS", "/v1/admin/imports"));

    EXPECT_THAT(open.status, Eq(204));
    EXPECT_THAT(open.headers, Contains(Pair("Access-Control-Allow-Origin", "*")));
    EXPECT_THAT(own.headers, ::testing::Not(Contains(Pair("Access-Control-Allow-Origin", "*"))));
}

TEST(Router, AnswersRefusalsWithTheirStatus) {
    auto request = request_for("POST", "/v1/admin/imports");
    const auto without_key = small_router().answer(request);
    request.scope = Scope::read_private;

    EXPECT_THAT(without_key.status, Eq(401));
    EXPECT_THAT(without_key.headers, Contains(Pair("WWW-Authenticate", "Bearer realm=\"khom\"")));
    EXPECT_THAT(small_router().answer(request).status, Eq(403));
    EXPECT_THAT(small_router().answer(request_for("GET", "/nowhere")).status, Eq(404));
}

TEST(Router, AnswersOptionsForTheWholeServer) {
    Request request;
    request.method = "OPTIONS";
    request.target = "*";

    EXPECT_THAT(small_router().answer(request).status, Eq(204));
}

}  // namespace
}  // namespace khom::server
