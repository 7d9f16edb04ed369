#include "server/metrics.h"

namespace khom::server {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

TEST(Metrics, CountEachAnswerOnceInItsClassAndAllLargerBuckets) {
    Metrics metrics;
    metrics.observe(200, std::chrono::microseconds(700));
    metrics.observe(404, std::chrono::seconds(10));
    Metrics::Gauges gauges;
    gauges.revision = 7;
    gauges.index_revision = 5;

    EXPECT_THAT(metrics.text(gauges),
                AllOf(HasSubstr("khom_requests_total{status=\"2xx\"} 1\n"),
                      HasSubstr("khom_requests_total{status=\"4xx\"} 1\n"),
                      HasSubstr("khom_request_seconds_bucket{le=\"0.0005\"} 0\n"),
                      HasSubstr("khom_request_seconds_bucket{le=\"0.001\"} 1\n"),
                      HasSubstr("khom_request_seconds_bucket{le=\"+Inf\"} 2\n"),
                      HasSubstr("khom_request_seconds_count 2\n"),
                      HasSubstr("khom_index_lag_revisions 2\n")));
}

TEST(Metrics, NameEachRequestAndItsTime) {
    Metrics metrics;
    const auto handler =
        observed([](const Request&) { return Response{}; }, metrics, RequestLog::off);

    const auto response = handler({});

    EXPECT_THAT(response.headers,
                ::testing::ElementsAre(::testing::Pair("Server-Timing", HasSubstr("app;dur=")),
                                       ::testing::Pair("X-Request-Id", ::testing::SizeIs(16))));
}

TEST(Metrics, NameAndCountWhatNoHandlerAnswered) {
    Metrics metrics;
    Response shed{503, {}, {}, {}};

    note_unhandled({}, shed, metrics, RequestLog::off);

    EXPECT_THAT(shed.headers,
                ::testing::ElementsAre(::testing::Pair("X-Request-Id", ::testing::SizeIs(16))));
    EXPECT_THAT(metrics.text({}), AllOf(HasSubstr("khom_requests_total{status=\"5xx\"} 1\n"),
                                        HasSubstr("khom_request_seconds_count 0\n")));
}

}  // namespace
}  // namespace khom::server
