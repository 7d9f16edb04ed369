#include "server/search_log.h"

#include <fstream>
#include <random>
#include <sstream>

namespace khom::server {
namespace {

using ::testing::AllOf;
using ::testing::Eq;
using ::testing::HasSubstr;
using ::testing::Le;
using ::testing::Not;

constexpr std::chrono::sys_days monday = std::chrono::year(2026) / 11 / 23;

class File {
  public:
    File()
        : path_(std::filesystem::temp_directory_path() /
                ("khom-searches-" + std::to_string(std::random_device{}()) + ".json")) {}
    ~File() { std::filesystem::remove(path_); }
    const std::filesystem::path& path() const { return path_; }
    std::string text() const {
        std::ostringstream bytes;
        bytes << std::ifstream(path_).rdbuf();
        return bytes.str();
    }

  private:
    std::filesystem::path path_;
};

void ask(SearchLog& log, const std::string& text, int clients, std::uint64_t total = 3,
         std::chrono::sys_days day = monday) {
    for (int i = 0; i < clients; ++i) {
        log.note(text, total, "192.0.2." + std::to_string(i), day);
    }
}

TEST(SearchLog, CountsSearchesAndThoseThatFindNothingByDay) {
    const File file;
    SearchLog log(file.path());
    ask(log, "โคม", 3);
    ask(log, "xyz", 2, 0);
    ask(log, "โคม", 1, 3, monday + std::chrono::days(1));

    EXPECT_THAT(log.report_json(1),
                Eq(R"([{"day":"2026-11-24","searches":1,"found_nothing":0,"queries":[]}])"));
    EXPECT_THAT(log.report_json(9),
                HasSubstr(R"({"day":"2026-11-23","searches":5,"found_nothing":2,"queries":[]})"));
}

TEST(SearchLog, ShowsATextOnlyWhereEnoughClientsAskedItOnOneDay) {
    const File file;
    SearchLog log(file.path());
    for (int again = 0; again < 50; ++again) {
        ask(log, "ความลับของฉัน", 1);
    }
    ask(log, "โคม", 4);
    ask(log, "โคม", 4, 3, monday + std::chrono::days(1));
    ask(log, "ตลาด", 5, 0);
    const auto report = log.report_json(9);

    EXPECT_THAT(report, Not(HasSubstr("ความลับ")));
    EXPECT_THAT(report, Not(HasSubstr("โคม")));
}

TEST(SearchLog, ShowsWhatFiveClientsAskedInAnySpelling) {
    const File file;
    SearchLog log(file.path());
    ask(log, "น้ำ", 3, 0);
    for (int i = 3; i < 5; ++i) {
        log.note("น\u0E4D\u0E49\u0E32", 0, "192.0.2." + std::to_string(i), monday);
    }

    EXPECT_THAT(log.report_json(1), HasSubstr(R"({"q":"น้ำ","searches":5,"found_nothing":5})"));
}

TEST(SearchLog, NeverKeepsWhatLooksLikeSomebodysNumberOrAddress) {
    const File file;
    SearchLog log(file.path());
    for (const std::string text : {"somebody@example.org", "081-234-5678", "1 2345 67890 12 3"}) {
        ask(log, text, 9);
    }
    ask(log, std::string(101, 'a'), 9);

    EXPECT_THAT(log.report_json(1), HasSubstr(R"("searches":36,"found_nothing":0,"queries":[])"));
}

TEST(SearchLog, WritesNoTextOfFewAndNoAddress) {
    const File file;
    {
        SearchLog log(file.path());
        ask(log, "ความลับ", 4);
        ask(log, "โคม", 6);
    }
    EXPECT_THAT(file.text(), AllOf(HasSubstr("โคม"), Not(HasSubstr("ความลับ")),
                                   Not(HasSubstr("192.0.2")), HasSubstr(R"("searches":10)")));
    EXPECT_THAT(std::filesystem::status(file.path()).permissions(),
                Eq(std::filesystem::perms::owner_read | std::filesystem::perms::owner_write));
    SearchLog again(file.path());
    ask(again, "โคม", 1);
    EXPECT_THAT(again.report_json(1), HasSubstr(R"({"q":"โคม","searches":7,"found_nothing":0})"));
    EXPECT_THAT(again.report_json(1), HasSubstr(R"("searches":11)"));
}

TEST(SearchLog, IsBoundedInDaysAndTexts) {
    const File file;
    SearchLog log(file.path());
    for (int day = 0; day < 100; ++day) {
        ask(log, "โคม", 5, 3, monday + std::chrono::days(day));
    }
    for (std::size_t i = 0; i < SearchLog::most_texts + 100; ++i) {
        log.note("word" + std::string(1, static_cast<char>('a' + i % 26)) + std::to_string(i), 1,
                 "192.0.2.1", monday + std::chrono::days(100));
    }
    const auto report = log.report_json(1000);
    std::size_t days = 0;
    for (auto at = report.find("\"day\""); at != std::string::npos;
         at = report.find("\"day\"", at + 1)) {
        ++days;
    }

    EXPECT_THAT(days, Le(SearchLog::most_days));
    EXPECT_THAT(report.size(), Le(20'000U));
}

TEST(SearchLog, BeginsAnewWhereItsFileDoesNotRead) {
    const File file;
    std::ofstream(file.path()) << R"({"days":[{"day":5},{"searches":"x"},7]})";
    SearchLog log(file.path());
    ask(log, "โคม", 1);

    EXPECT_THAT(log.report_json(1), HasSubstr(R"("searches":1)"));
}

}  // namespace
}  // namespace khom::server
