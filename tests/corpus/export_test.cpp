#include "corpus/writers/export.h"

#include <algorithm>
#include <random>
#include <set>
#include <sstream>

#include "corpus/import.h"
#include "corpus/readers/zip.h"
#include "corpus/writers/writer.h"
#include "graph/statement_time.h"
#include "tests/testing/paths.h"

namespace khom::corpus {
namespace {

using ::testing::ElementsAre;
using ::testing::Eq;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

std::unique_ptr<graph::Store> new_store() {
    graph::StoreOptions options;
    options.rules = {ontology_rule(shipped_ontology())};
    return graph::Store::in_memory(options);
}

std::unique_ptr<graph::Store> store_of(const std::vector<InputFile>& files) {
    auto store = new_store();
    const auto report =
        *import(*store, *shipped_ontology(), files, {false, {"test", "import"}, {}});
    for (const auto& finding : report.rejected) {
        ADD_FAILURE() << finding.file << ":" << finding.line << " " << finding.column << ": "
                      << finding.detail;
    }
    return store;
}

std::string exported(const graph::Store& store, Format format, const Filter& filter = {}) {
    return Export(select(store.snapshot(), filter, sources_for(format)), shipped_ontology(), format,
                  {})
        .rest();
}

/// The graph by public ids, however it was numbered.
std::vector<std::string> plain(const graph::Store& store) {
    const auto snapshot = store.snapshot();
    std::vector<std::string> lines;
    const auto line = [](const graph::Map& properties) {
        std::string text;
        for (const auto& [name, value] : properties) {
            text += "|" + name + "=" + std::to_string(static_cast<int>(value.kind())) + ":";
            for (const auto& item : texts_of(value)) {
                text += "<" + item + ">";
            }
        }
        return text;
    };
    for (const auto node : snapshot->nodes()) {
        lines.push_back(snapshot->node(node).labels.at(0) + line(snapshot->properties(node)));
    }
    for (const auto relationship : snapshot->relationships()) {
        const auto ends = snapshot->endpoints(relationship);
        lines.push_back(std::string(graph::string_or_empty(snapshot->property(ends.from, "id"))) +
                        "-" + std::string(snapshot->name(ends.type)) + "->" +
                        std::string(graph::string_or_empty(snapshot->property(ends.to, "id"))) +
                        line(snapshot->properties(relationship)));
    }
    std::sort(lines.begin(), lines.end());
    return lines;
}

/// The first line that only one of them has; empty if they are the same. Short enough to be read.
std::string first_difference(const graph::Store& one, const graph::Store& other) {
    const auto lines = plain(one), others = plain(other);
    std::vector<std::string> apart;
    std::set_symmetric_difference(lines.begin(), lines.end(), others.begin(), others.end(),
                                  std::back_inserter(apart));
    return apart.empty() ? "" : apart.front() + (apart.size() > 1 ? "\n" + apart[1] : "");
}

const graph::Store& chiang_mai() {
    static const auto store =
        store_of(*read_input(khom::testing::source_dir() + "/corpus/data/chiang-mai"));
    return *store;
}

std::unique_ptr<graph::Store> imported_again(Format format, const std::string& bytes) {
    return store_of(format == Format::csv ? *read_zip("export.zip", bytes, 1U << 28U)
                                          : std::vector<InputFile>{{"export.ndjson", bytes}});
}

TEST(Export, OfTheChiangMaiCorpusImportsAsTheSameGraph) {
    for (const auto format : {Format::ndjson, Format::csv}) {
        const auto again = imported_again(format, exported(chiang_mai(), format));

        EXPECT_THAT(first_difference(*again, chiang_mai()), IsEmpty()) << names_of(format).name;
    }
}

/// Text that formats trip over; no outer blanks, which an import trims.
std::string awkward(std::mt19937& random) {
    static const std::vector<std::string> parts = {
        "ก", "ยี่เป็ง", ";",    "\\",  "\\;", "\"",  ",",  "\n", "<b>", "&amp;",
        "#", "'",    "=1+1", "]]>", "{}",  "a b", "\t", "%",  "😀"};
    std::string text = "x";
    for (auto left = random() % 6; left > 0; --left) {
        text += parts[random() % parts.size()];
    }
    return text + "y";
}

std::string quoted(const std::string& text) {
    graph::Map properties{{"v", graph::Value(text)}};
    std::string out;
    for (const char c : text) {
        if (c == '"' || c == '\\') {
            out += '\\';
        }
        out += c == '\n' ? std::string("\\n") : c == '\t' ? std::string("\\t") : std::string{c};
    }
    return "\"" + out + "\"";
}

std::unique_ptr<graph::Store> awkward_store(std::mt19937& random) {
    std::ostringstream lines;
    lines << R"({"entity": {"id": "source:s", "name": {"en": "S"}, "certainty": "stated"}})"
          << "\n";
    for (int i = 0; i < 30; ++i) {
        lines << R"({"entity": {"id": "program:p)" << i << R"(", "name": {"en": )"
              << quoted(awkward(random)) << R"(, "th": )" << quoted(awkward(random))
              << R"(}, "aliases": {"en": [)" << quoted(awkward(random)) << ", "
              << quoted(awkward(random)) << R"(]}, "time": "2022-0)" << 1 + random() % 9
              << R"(", "participants": )" << random() % 100 << R"(, "budget_baht": )"
              << static_cast<double>(random() % 1000) / 8 << R"(, "note": )"
              << quoted(awkward(random)) << R"(, "sources": ["source:s#)"
              << "page; " << i << R"("]}})"
              << "\n";
    }
    for (int i = 1; i < 30; ++i) {
        lines << R"({"statement": {"from": "program:p)" << i
              << R"(", "type": "part_of", "to": "program:p)" << random() % i << R"(", "role": )"
              << quoted(awkward(random)) << R"(, "order": )" << i
              << R"(, "sources": ["source:s"], "certainty": "stated"}})"
              << "\n";
    }
    return store_of({{"awkward.ndjson", lines.str()}});
}

TEST(Export, OfAwkwardTextImportsAsTheSameGraph) {
    const auto seed = std::random_device{}();
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937 random(seed);
    for (int round = 0; round < 10; ++round) {
        const auto store = awkward_store(random);
        for (const auto format : {Format::ndjson, Format::csv}) {
            const auto again = imported_again(format, exported(*store, format));

            ASSERT_THAT(first_difference(*again, *store), IsEmpty()) << names_of(format).name;
        }
    }
}

TEST(Export, GivesTheSameBytesHoweverTheGraphWasBuilt) {
    auto files = *read_input(khom::testing::source_dir() + "/corpus/data/chiang-mai");
    std::reverse(files.begin(), files.end());
    const auto other = store_of(files);

    for (const auto& format : format_names) {
        EXPECT_TRUE(exported(chiang_mai(), format.format) == exported(*other, format.format))
            << format.name;
    }
}

TEST(Export, ComesInPiecesThatMakeTheWhole) {
    for (const auto& format : format_names) {
        Export pieces(select(chiang_mai().snapshot(), {}, CitedSources::added), shipped_ontology(),
                      format.format, {});
        std::string all;
        bool more = true;
        while (more) {
            std::string piece;
            more = pieces.next(piece);
            EXPECT_LT(piece.size(), 512U * 1024) << format.name;
            all += piece;
        }
        EXPECT_TRUE(all == exported(chiang_mai(), format.format)) << format.name;
    }
}

const std::string small =
    R"({"entity": {"id": "source:s", "kind": "source", "name": {"en": "A source"}, "url": "https://example.org/a b", "sources": ["source:s"]}}
{"entity": {"id": "source:unused", "kind": "source", "name": {"en": "Another"}}}
{"entity": {"id": "place:canal", "kind": "place", "name": {"en": "Canal <&>", "th": "คลอง"}, "lat": 18.5, "lon": 99, "sources": ["source:s#p; 1"]}}
{"entity": {"id": "program:day", "kind": "program", "name": {"en": "One day"}, "time": "2024-11-15", "participants": 40, "sources": ["source:s"]}}
{"entity": {"id": "program:old", "kind": "program", "name": {"en": "Long ago"}, "time": "1999", "sources": ["source:s"]}}
{"statement": {"from": "program:day", "type": "held_at", "to": "place:canal", "sources": ["source:s"], "certainty": "stated"}}
{"statement": {"from": "program:old", "type": "held_at", "to": "place:canal", "sources": ["source:s"], "certainty": "doubtful"}}
{"statement": {"from": "program:day", "type": "part_of", "to": "program:old", "time": "2024", "status": "planned", "sources": ["source:s"], "certainty": "stated"}}
)";

std::vector<std::string> ids(const Selection& selection) {
    std::vector<std::string> all;
    for (const auto node : selection.entities) {
        all.emplace_back(graph::string_or_empty(selection.snapshot->property(node, "id")));
    }
    return all;
}

TEST(Select, KeepsWhatOverlapsTheWindowAndWhatHasNoTime) {
    const auto store = store_of({{"small.ndjson", small}});
    Filter filter;
    filter.window = *graph::parse_window("2020", "2025");

    const auto selection = select(store->snapshot(), filter, CitedSources::left_out);

    EXPECT_THAT(ids(selection),
                ElementsAre("place:canal", "program:day", "source:s", "source:unused"));
    EXPECT_THAT(selection.statements, SizeIs(1));
}

TEST(Select, DatesAStatementByTheProgrammeItBeginsAtOnly) {
    const auto store = store_of({{"entities.csv",
                                  "id,subtype,name_en,sector,time,sources,certainty\n"
                                  "source:page,web-page,Page,,,,\n"
                                  "program:fair,event,Fair,,2021,source:page,stated\n"
                                  "partner:firm,company,Firm,private,,source:page,stated\n"
                                  "memory:tale,story,Tale,,,source:page,stated\n"},
                                 {"statements.csv",
                                  "from,type,to,sources,certainty\n"
                                  "program:fair,organized_by,partner:firm,source:page,stated\n"
                                  "memory:tale,refers_to,program:fair,source:page,stated\n"}});
    const auto graph = store->snapshot();

    std::map<std::string, graph::StatementTime> times;
    for (const auto statement : graph->relationships()) {
        times[statement_item(*graph, *shipped_ontology(), statement).type] =
            graph::time_of(*graph, statement);
    }
    EXPECT_THAT(times["organized_by"].edtf, Eq("2021"));
    EXPECT_TRUE(times["organized_by"].from_programme);
    EXPECT_THAT(times["refers_to"].edtf, IsEmpty()) << "a tale of a fair need not be of its year";
}

TEST(Select, TakesCitedSourcesAlongWhereTheyAreNeeded) {
    const auto store = store_of({{"small.ndjson", small}});
    Filter filter;
    filter.kinds = {"place", "program"};
    filter.types = {"held_at"};

    EXPECT_THAT(ids(select(store->snapshot(), filter, CitedSources::added)),
                ElementsAre("place:canal", "program:day", "program:old", "source:s"));
    const auto without = select(store->snapshot(), filter, CitedSources::left_out);
    EXPECT_THAT(ids(without), ElementsAre("place:canal", "program:day", "program:old"));
    EXPECT_THAT(without.statements, SizeIs(2));
}

TEST(Select, OfAPartImportsOnItsOwn) {
    Filter filter;
    filter.kinds = {"program", "partner"};
    filter.window = *graph::parse_window("2022", "2023");
    const auto part = store_of({{"part.ndjson", exported(chiang_mai(), Format::ndjson, filter)}});

    EXPECT_GT(part->snapshot()->node_count(), 10U);
}

TEST(Gexf, LetsAnEventOfOneDayLastThatDay) {
    const auto text = exported(*store_of({{"small.ndjson", small}}), Format::gexf);

    EXPECT_THAT(
        text,
        HasSubstr(R"(label="One day" start="2024-11-15T00:00:00" end="2024-11-15T23:59:59")"));
    EXPECT_THAT(text, HasSubstr(R"(kind="held_at" label="held_at" start="2024-11-15T00:00:00")"));
    EXPECT_THAT(text, HasSubstr(R"(label="Canal &lt;&amp;&gt;"><attvalues>)"));
}

TEST(Graphml, HasOneScalarTypeAColumn) {
    const auto text = exported(*store_of({{"small.ndjson", small}}), Format::graphml);

    EXPECT_THAT(text, HasSubstr(R"(attr.name="lat" attr.type="double")"));
    EXPECT_THAT(text, HasSubstr(R"(attr.name="participants" attr.type="long")"));
    EXPECT_THAT(text, HasSubstr(R"(<data key="n_label">Canal &lt;&amp;&gt;</data>)"));
    EXPECT_THAT(text, HasSubstr(R"(<data key="n_sources">source:s#p\; 1</data>)"));
}

TEST(Rdf, AssertsNeitherWhatIsPlannedNorWhatIsDoubtful) {
    const auto text = exported(*store_of({{"small.ndjson", small}}), Format::turtle);

    EXPECT_THAT(text, HasSubstr("schema:location <http://127.0.0.1:8080/id/place:canal>"));
    EXPECT_THAT(text, Not(HasSubstr("schema:superEvent")));
    EXPECT_THAT(text, HasSubstr("rdf:predicate khom:part_of"));
    EXPECT_THAT(text, HasSubstr("\"คลอง\"@th"));
    EXPECT_THAT(text, HasSubstr("https://example.org/a%20b"));
}

TEST(Export, NamesWhoMustBeNamed) {
    for (const auto& format : format_names) {
        const auto bytes = exported(*store_of({{"small.ndjson", small}}), format.format);
        if (format.format != Format::ndjson && format.format != Format::csv) {
            EXPECT_THAT(bytes, HasSubstr("OpenStreetMap contributors")) << format.name;
        }
    }
    EXPECT_THAT(exported(chiang_mai(), Format::ndjson),
                HasSubstr("© OpenStreetMap contributors, ODbL 1.0"));
}

TEST(Export, OfAnEmptyGraphIsAWholeFile) {
    const auto empty = new_store();

    EXPECT_THAT(exported(*empty, Format::ndjson), IsEmpty());
    EXPECT_THAT(exported(*empty, Format::graphml), HasSubstr("</graphml>"));
    EXPECT_THAT(exported(*empty, Format::cytoscape), HasSubstr("\"edges\":[\n]}}"));
    EXPECT_THAT(*read_zip("e.zip", exported(*empty, Format::csv), 1000), SizeIs(2));
}

TEST(Zip, RefusesWhatIsDamagedOrTooLarge) {
    const auto bytes = exported(*store_of({{"small.ndjson", small}}), Format::csv);
    for (std::size_t at = 0; at < bytes.size(); at += 3) {
        auto damaged = bytes;
        damaged[at] = static_cast<char>(damaged[at] ^ 0x55);
        (void)read_zip("damaged.zip", damaged, 1U << 20U);  // refuses or reads; never crashes
    }
    EXPECT_FALSE(read_zip("cut.zip", bytes.substr(0, bytes.size() / 2), 1U << 20U));
    EXPECT_FALSE(read_zip("large.zip", bytes, 10));
}

}  // namespace
}  // namespace khom::corpus
