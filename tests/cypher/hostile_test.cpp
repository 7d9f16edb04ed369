// Statements that would take the server down if anything were without a limit. Each is refused, or
// answered, before its deadline and one more second of this thread's own time, and while the
// process stays small.

#include <gtest/gtest.h>
#include <sys/resource.h>

#include <ctime>

#include "tests/testing/scratch_graph.h"

/// The address sanitizer keeps freed memory back to find its later use: by default so much that the
/// size of the process says nothing of what a statement held.
// NOLINTBEGIN(bugprone-reserved-identifier,readability-identifier-naming): the sanitizer's own name
extern "C" const char* __asan_default_options();
extern "C" const char* __asan_default_options() {
    return "quarantine_size_mb=16";
}
// NOLINTEND(bugprone-reserved-identifier,readability-identifier-naming)

namespace khom {
namespace {

double thread_seconds() {
    timespec time{};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) / 1e9;
}

long resident_megabytes() {
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss / 1024;
}

std::string repeated(std::string_view part, std::size_t times) {
    std::string text;
    for (std::size_t i = 0; i < times; ++i) text += part;
    return text;
}

/// 300 nodes, each linked to 20 others: dense enough that nothing unbounded ends.
testing::ScratchGraph& thicket() {
    static testing::ScratchGraph graph;
    static const bool made = [] {
        graph.must(
            "UNWIND range(0, 299) AS i CREATE (:N {id: toString(i), x: i, s: "
            "'aaaaaaaaaaaaaaaaaaaa'})");
        graph.must(
            "MATCH (a:N), (b:N) WHERE a.x <> b.x AND (a.x * 7 + b.x * 13) % 15 = 0 CREATE (a)-[:T "
            "{w: a.x}]->(b)");
        return true;
    }();
    EXPECT_TRUE(made);
    return graph;
}

struct Hostile {
    const char* kind;
    std::string statement;
};

std::vector<Hostile> hostile() {
    const std::string deep_list = repeated("[", 5000) + repeated("]", 5000);
    return {
        {"a cartesian product", "MATCH (a), (b), (c), (d) RETURN count(*)"},
        {"a cartesian product in rows", "MATCH (a), (b), (c), (d) RETURN a, b, c, d"},
        {"a sorted cartesian product", "MATCH (a), (b), (c) RETURN a, b, c ORDER BY a.x + b.x"},
        {"a distinct cartesian product", "MATCH (a), (b), (c) RETURN DISTINCT a, b, c"},
        {"a collected cartesian product", "MATCH (a), (b), (c) RETURN collect([a, b, c])"},
        {"groups without number", "MATCH (a), (b), (c) RETURN a, b, c, count(*)"},
        {"unbounded paths", "MATCH p = (a)-[*]->(b) RETURN count(p)"},
        {"unbounded undirected paths", "MATCH (a)-[*]-(b) RETURN count(*)"},
        {"unbounded paths between two nodes",
         "MATCH (a {id: '1'})-[*]-(b {id: '2'}) RETURN count(*)"},
        {"paths of a long least length", "MATCH (a)-[*200..]->(b) RETURN a LIMIT 1"},
        {"paths that are all kept", "MATCH p = (a)-[*..6]->(b) RETURN p"},
        {"unbounded optional paths",
         "MATCH (a) OPTIONAL MATCH (a)-[*]-(b:Nothing) RETURN count(b)"},
        {"an unbounded pattern predicate", "MATCH (a) WHERE NOT (a)-[*]->(:Nothing) RETURN a"},
        {"an unbounded pattern comprehension", "MATCH (a) RETURN [(a)-[*]->(b) | b.x]"},
        {"an unbounded subquery", "MATCH (a) RETURN COUNT { (a)-[*]->() }"},
        {"all shortest paths of all pairs",
         "MATCH p = allShortestPaths((a)-[*]-(b)) RETURN count(p)"},
        {"shortest paths with a property",
         "MATCH p = shortestPath((a)-[* {w: 1}]-(b)) RETURN count(p)"},
        {"a shared neighbour chain", "MATCH (a)--()--()--()--()--()--(b) RETURN count(*)"},
        {"a long list", "RETURN range(1, 1000000000000)"},
        {"many long lists", "UNWIND range(1, 1000) AS x RETURN collect(range(1, 100000))"},
        {"an endless unwind",
         "UNWIND range(1, 10000000) AS x UNWIND range(1, 10000000) AS y RETURN count(*)"},
        {"a list doubled again and again",
         "WITH [1] AS l " + repeated("WITH l + l AS l ", 60) + "RETURN size(l)"},
        {"a text doubled again and again",
         "WITH 'aaaaaaaa' AS s " + repeated("WITH s + s AS s ", 60) + "RETURN size(s)"},
        {"a text doubled by reduce", "RETURN size(reduce(s = 'ab', x IN range(1, 100) | s + s))"},
        {"a list nested by reduce", "RETURN reduce(l = [], x IN range(1, 1000000) | [l, l])"},
        {"a long reduce",
         "RETURN reduce(n = 0, x IN range(1, 10000000) | n + reduce(m = 0, y IN range(1, 10000000) "
         "| m + y))"},
        {"nested comprehensions",
         "RETURN [a IN range(1, 5000) | [b IN range(1, 5000) | [c IN range(1, 5000) | c]]]"},
        {"nested quantifiers",
         "RETURN all(a IN range(1, 100000) WHERE any(b IN range(1, 100000) WHERE a + b = 0))"},
        {"replacement that grows", "RETURN size(" + repeated("replace(", 20) +
                                       "'aaaaaaaaaaaaaaaa'" +
                                       repeated(", 'a', 'aaaaaaaaaaaaaaaa')", 20) + ")"},
        {"a split into many", "RETURN size(split(" + repeated("replace(", 6) +
                                  "'aaaaaaaaaaaaaaaa'" + repeated(", 'a', 'aaaaaaaaaaaaaaaa')", 6) +
                                  ", ''))"},
        {"a regular expression with nested repeats",
         "MATCH (a), (b) WHERE a.s =~ '(a*)*(a*)*(a|aa)+b' RETURN count(*)"},
        {"a regular expression that is large",
         "RETURN 'a' =~ '((((a{1,100}){1,100}){1,100}){1,100})'"},
        {"a regular expression for each row",
         "UNWIND range(1, 10000000) AS x WITH x WHERE 'aaaa' =~ ('a{' + toString(x % 900) + '}') "
         "RETURN count(*)"},
        {"deep parentheses", "RETURN " + repeated("(", 20000) + "1" + repeated(")", 20000)},
        {"deep lists", "RETURN " + deep_list},
        {"deep maps", "RETURN " + repeated("{a: ", 5000) + "1" + repeated("}", 5000)},
        {"deep NOT", "RETURN " + repeated("NOT ", 50000) + "true"},
        {"deep CASE",
         "RETURN " + repeated("CASE WHEN true THEN ", 5000) + "1" + repeated(" END", 5000)},
        {"deep subqueries",
         "RETURN " + repeated("EXISTS { MATCH (a) WHERE ", 500) + "true" + repeated(" }", 500)},
        {"deep patterns", "MATCH " + repeated("(a)-->", 20000) + "(b) RETURN 1"},
        {"a sum of many terms", "RETURN " + repeated("1 + ", 100000) + "1"},
        {"a chain of comparisons", "RETURN " + repeated("1 < ", 100000) + "2"},
        {"a huge text", "RETURN '" + std::string(5'000'000, 'x') + "'"},
        {"a huge number", "RETURN " + std::string(1'000'000, '9')},
        {"a huge name", "RETURN 1 AS " + std::string(1'000'000, 'n')},
        {"many clauses", repeated("MATCH (n) WITH n ", 20000) + "RETURN n"},
        {"many unions", repeated("RETURN 1 AS x UNION ALL ", 20000) + "RETURN 1 AS x"},
        {"a label list", "MATCH (n" + repeated(":L", 100000) + ") RETURN n"},
        {"a duration without end",
         "RETURN date('2000-01-01') + duration({years: 9223372036854775807})"},
        {"a far date", "RETURN date({year: 999999999999})"},
        {"a comment that does not end", "RETURN 1 /* " + std::string(1'000'000, '*')},
        {"writes without end", "MATCH (a), (b), (c) CREATE (:M {x: a.x})"},
        {"merges without end", "MATCH (a), (b), (c) MERGE (:M {x: a.x + b.x * c.x})"},
    };
}

TEST(Hostile, EachOfManyKindsIsRefusedInTimeAndMemory) {
    auto& graph = thicket();
    const auto before = resident_megabytes();
    query::Run run;
    run.limits.timeout = std::chrono::milliseconds(300);
    run.limits.memory_bytes = 64U << 20U;
    run.limits.rows = 100'000;
    std::size_t kinds = 0;
    for (const auto& [kind, statement] : hostile()) {
        SCOPED_TRACE(kind);
        ++kinds;
        const auto begin = thread_seconds();
        const auto rows = graph.run(statement, run);
        const auto took = thread_seconds() - begin;

        // Of processor time, sanitized, where each page costs: a hang is found.
        EXPECT_LT(took, 15);
        EXPECT_TRUE(rows || !rows.error().message.empty());
    }
    EXPECT_GE(kinds, 45U);
    EXPECT_LT(resident_megabytes() - before, 1024);
}

TEST(Hostile, ARefusalSaysHowFarItGotAndWhatToDo) {
    query::Run run;
    run.limits.timeout = std::chrono::milliseconds(50);

    const auto rows = thicket().run("MATCH (p)-[*]-(q) RETURN count(*)", run);

    ASSERT_FALSE(rows);
    EXPECT_EQ(rows.error().code, graph::RefusalCode::deadline_exceeded);
    EXPECT_NE(rows.error().message.find("rows expanded from (p)-[*]-(q); bound the path"),
              std::string::npos)
        << rows.error().message;
}

TEST(Hostile, AStatementEndsWhenItsCallerWentAway) {
    const std::atomic<bool> gone = true;
    query::Run run;
    run.limits.cancelled = &gone;

    const auto rows = thicket().run("MATCH (p)-[*]-(q) RETURN count(*)", run);

    ASSERT_FALSE(rows);
    EXPECT_EQ(rows.error().code, graph::RefusalCode::cancelled);
}

}  // namespace
}  // namespace khom
