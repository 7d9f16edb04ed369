// The streamed import beside its slow, obvious twin, the import of one batch: the same files, cut
// into pieces of any size, give the same graph and the same findings.

#include <chrono>
#include <fstream>
#include <map>
#include <random>

#include "corpus/large_import.h"
#include "tests/corpus/killed_import.h"
#include "tests/testing/folder.h"

namespace khom::corpus {
namespace {

using khom::testing::Folder;
using ::testing::Eq;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

struct Source {
    std::string name, bytes;
};

/// Entities and statements between them in CSV and NDJSON, with line feeds inside of cells; the
/// statements come first, so that one pass cannot do.
std::vector<Source> city(std::size_t people, unsigned seed) {
    std::mt19937 random(seed);
    std::string csv = "\xEF\xBB\xBFid,name_en,name_th,summary_en,sources\nsource:test,Test,,,\n";
    std::string ndjson = R"({"entity": {"id": "program:p", "name": {"en": "P", "th": "พ"}}})"
                         "\n\n";
    std::string statements = "from,type,to,time,role,sources\n";
    for (std::size_t i = 0; i < people; ++i) {
        const auto id = std::to_string(i);
        csv += "person:a" + id + ",\"A, " + id + "\",คน,\"two\nlines, \"\"quoted\"\" " +
               std::string(random() % 90, 'x') + "\",source:test#page " + id + "\n";
        ndjson += R"({"entity": {"id": "partner:b)" + id + R"(", "name": {"th": "ภาคี )" + id +
                  R"("}, "aliases": {"en": ["one", "two; three"]}, "sources": ["source:test"]}})" +
                  "\n";
        ndjson += R"({"statement": {"from": "person:a)" + id +
                  R"(", "type": "member_of", "to": "partner:b)" +
                  std::to_string(random() % people) + R"(", "time": "20)" +
                  std::to_string(10 + random() % 15) + R"(", "sources": ["source:test"]}})" + "\n";
        statements += "person:a" + id + ",role_in,program:p,,role " + id + ",source:test\n";
    }
    return {{"a.csv", statements}, {"b.ndjson", ndjson}, {"c.csv", csv}};
}

struct Imported {
    std::unique_ptr<graph::Store> store;
    ImportReport report;
};

std::vector<std::filesystem::path> written(const std::vector<Source>& files,
                                           const std::filesystem::path& folder) {
    std::vector<std::filesystem::path> paths;
    for (const auto& file : files) {
        paths.push_back(folder / file.name);
        std::ofstream(paths.back(), std::ios::binary) << file.bytes;
    }
    return paths;
}

graph::Result<Imported> streamed(const std::vector<Source>& files, const Folder& folder,
                                 std::size_t piece_bytes) {
    Imported done{opened(folder.path() / ("graph-" + std::to_string(piece_bytes))), {}};
    ImportOptions options;
    options.by = {"test", "import"};
    options.piece_bytes = piece_bytes;
    return import_large(*done.store, *shipped_ontology(), written(files, folder.path()), options)
        .map([&](ImportReport&& report) {
            done.report = std::move(report);
            return std::move(done);
        });
}

Imported in_one_batch(const std::vector<Source>& files) {
    graph::StoreOptions options;
    options.rules = {ontology_rule(shipped_ontology())};
    Imported done{graph::Store::in_memory(options), {}};
    std::vector<InputFile> inputs;
    for (const auto& file : files) {
        inputs.push_back({file.name, file.bytes});
    }
    done.report =
        *import(*done.store, *shipped_ontology(), inputs, {false, {"test", "import"}, {}});
    return done;
}

using Told = std::map<std::string, std::pair<std::string, graph::Map>>;

/// Everything a graph says, by public id.
Told told(const graph::Store& store) {
    Told all;
    const auto snapshot = store.snapshot();
    const auto id_of = [](const auto& one) {
        return std::string(one.properties.at("id").string());
    };
    for (const auto node : snapshot->nodes()) {
        const auto one = snapshot->node(node);
        all[id_of(one)] = {one.labels.front(), one.properties};
    }
    for (const auto relationship : snapshot->relationships()) {
        const auto one = snapshot->relationship(relationship);
        all[id_of(one)] = {
            id_of(snapshot->node(one.from)) + " " + one.type + " " + id_of(snapshot->node(one.to)),
            one.properties};
    }
    return all;
}

TEST(LargeImport, GivesTheGraphThatOneBatchGivesHoweverTheFilesAreCut) {
    const auto seed = std::random_device{}();
    SCOPED_TRACE("seed " + std::to_string(seed));
    const auto files = city(60, seed);
    const auto expected = in_one_batch(files);
    ASSERT_THAT(expected.report.rejected, IsEmpty()) << expected.report.rejected.front().detail;
    const Folder folder;

    for (const std::size_t piece_bytes : {64U, 333U, 4096U, 1U << 20U}) {
        const auto large = streamed(files, folder, piece_bytes);
        ASSERT_TRUE(large) << large.error().message;
        EXPECT_THAT(large->report.rejected, IsEmpty());
        EXPECT_THAT(large->report.created, Eq(expected.report.created));
        EXPECT_THAT(told(*large->store), Eq(told(*expected.store))) << piece_bytes;
        EXPECT_THAT(large->store->find_damage(), IsEmpty());
    }
}

TEST(LargeImport, StandsInTheFilesThatItWasGivenAfterOpeningAgain) {
    const Folder folder;
    const auto files = city(200, 1);
    Told before;
    {
        const auto large = streamed(files, folder, 1000);
        ASSERT_TRUE(large);
        before = told(*large->store);
    }
    EXPECT_THAT(told(*opened(folder.path() / "graph-1000")), Eq(before));
}

struct Wrong {
    std::string what;
    Source file;
    std::size_t line;
    std::string says;
};

TEST(LargeImport, FindsWhatIsWrongInWhicheverPieceItStandsAndWritesNothing) {
    const std::string member = R"({"statement": {"from": "person:a1", "type": "member_of", )";
    const std::vector<Wrong> all = {
        {"a statement that is no JSON", {"d.ndjson", "\n" + member + "\n"}, 2, "The line is not"},
        {"an entity that is no JSON", {"d.ndjson", "\n\n{\"entity\": {\n"}, 3, "The line is not"},
        {"neither", {"d.ndjson", "{\"node\": 1}\n"}, 1, "The line is not"},
        {"an end that is not there",
         {"d.ndjson", member + R"("to": "partner:nobody", "sources": ["source:test"]}})"},
         1,
         "There is no entity 'partner:nobody'"},
        {"an end of another kind",
         {"d.ndjson", member + R"("to": "person:a2", "sources": ["source:test"]}})"},
         1,
         "range of member_of"},
        {"a source that is not there",
         {"d.csv", "id,name_en,sources\nplace:c,C,source:nowhere\n"},
         2,
         "There is no entity 'source:nowhere'"},
        {"the same entity twice", {"d.csv", "id,name_en\nperson:a1,Again\n"}, 2, "person:a1"},
        {"no name", {"d.csv", "id,name_en\n\nplace:c,\n"}, 3, "no name"},
        {"a quote that is not closed", {"d.csv", "id,name_en\nplace:c,\"C\n"}, 2, "does not end"},
        {"activities", {"d.csv", "activity,date\nA,2024\n"}, 2, "small files only"},
        {"too many cells", {"d.csv", "id,name_en\nplace:c,C,D\n"}, 2, "3 cells"},
        {"a letter of no encoding", {"d.ndjson", member + "\xFC\"}}\n"}, 0, "neither UTF-8"},
    };
    for (const auto& wrong : all) {
        SCOPED_TRACE(wrong.what);
        const Folder folder;
        auto files = city(3, 1);
        files.push_back(wrong.file);

        const auto large = streamed(files, folder, 100);

        ASSERT_TRUE(large) << large.error().message;
        ASSERT_THAT(large->report.rejected, SizeIs(1));
        const auto& finding = large->report.rejected.front();
        EXPECT_THAT(finding.file, Eq(wrong.file.name));
        EXPECT_THAT(finding.line, Eq(wrong.line));
        EXPECT_THAT(finding.detail, HasSubstr(wrong.says));
        EXPECT_THAT(large->store->snapshot()->node_count(), Eq(0U));
    }
}

TEST(LargeImport, RefusesUtf16AndAStoreThatHoldsSomething) {
    const Folder folder;
    const auto utf16 = streamed({{"a.csv", std::string("\xFF\xFEi\0d\0\n\0", 8)}}, folder, 64);
    ASSERT_FALSE(utf16);
    EXPECT_THAT(utf16.error().message, HasSubstr("UTF-16"));

    ASSERT_TRUE(streamed(city(3, 1), folder, 100));
    const auto again = streamed(city(3, 1), folder, 100);
    ASSERT_FALSE(again);
    EXPECT_THAT(again.error().code, Eq(graph::RefusalCode::unsupported));
}

TEST(LargeImport, TellsHowFarItIsAndNeverGoesBack) {
    const Folder folder;
    std::vector<std::size_t> steps;
    ImportOptions options;
    options.piece_bytes = 200;
    options.progress = [&](std::string_view, std::size_t done, std::size_t total) {
        ASSERT_LE(done, total);
        steps.push_back(done);
    };

    const auto store = opened(folder.path() / "graph");
    ASSERT_TRUE(
        import_large(*store, *shipped_ontology(), written(city(30, 1), folder.path()), options));

    EXPECT_GT(steps.size(), 20U);
    EXPECT_TRUE(std::is_sorted(steps.begin(), steps.end()));
}

TEST(LargeImport, LeavesAllOrNothingWhenKilledAndCanBeRepeated) {
    const Folder folder;
    const auto files = city(400, 1);
    const auto paths = written(files, folder.path());
    const auto path = [&](int round) {
        return folder.path() / ("killed-" + std::to_string(round));
    };
    const auto in_pieces = [&](graph::Store& store) {
        ImportOptions options;
        options.piece_bytes = 5000;
        return import_large(store, *shipped_ontology(), paths, options);
    };
    // All are killed before this process opens a store: a fork takes none of its threads along.
    int rounds = 0;
    bool done = false;
    for (auto pause = std::chrono::microseconds(8000); rounds < 30 && !done;
         pause = pause * 3 / 2) {
        done = imported_before_it_was_killed(path(rounds++), pause, in_pieces);
    }
    EXPECT_TRUE(done) << "the last round lets the import end";

    const auto expected = told(*in_one_batch(files).store);
    for (int round = 0; round < rounds; ++round) {
        const auto store = opened(path(round));
        if (store->snapshot()->node_count() == 0) {
            ASSERT_TRUE(import_large(*store, *shipped_ontology(), paths, {}));
        }
        EXPECT_THAT(told(*store), Eq(expected)) << round;
    }
}

}  // namespace
}  // namespace khom::corpus
