// Searches for names of the corpus, judged by hand in names_judged.tsv, and what every name
// promises.

#include <algorithm>
#include <fstream>
#include <iostream>
#include <map>
#include <set>
#include <sstream>

#include "corpus/import.h"
#include "index/canonical.h"
#include "index/index.h"
#include "index/names.h"
#include "tests/testing/paths.h"

namespace khom::index {
namespace {

using ::testing::Contains;
using ::testing::Eq;
using ::testing::Ge;
using ::testing::IsEmpty;

class JudgedNames : public ::testing::Test {
  protected:
    static void SetUpTestSuite() {
        store_ = graph::Store::in_memory({{indexability_rule()}, false}).release();
        ASSERT_TRUE(
            corpus::import(*store_, *corpus::shipped_ontology(),
                           *corpus::read_input(testing::source_dir() + "/corpus/data/chiang-mai"),
                           {false, {"test", ""}, {}}));
        index_ = Index::open({}, *store_).release();
    }
    static void TearDownTestSuite() {
        delete index_;
        delete store_;
    }

    static std::string id(graph::NodeId node) {
        return std::string(
            graph::string_or_empty(index_->view()->snapshot()->property(node, "id")));
    }
    static std::vector<std::string> ids(const std::vector<Hit>& hits) {
        std::vector<std::string> all;
        for (const auto& hit : hits) {
            all.push_back(id(hit.node));
        }
        return all;
    }
    static SearchAnswer search(const std::string& text, std::size_t limit = 10) {
        SearchRequest request;
        request.text = text;
        request.limit = limit;
        return index_->view()->search(request);
    }

    static inline graph::Store* store_ = nullptr;
    static inline Index* index_ = nullptr;
};

std::vector<std::string> parts(const std::string& text, const std::string& mark) {
    std::vector<std::string> all;
    std::size_t begin = 0;
    for (auto end = text.find(mark); end != std::string::npos; end = text.find(mark, begin)) {
        all.push_back(text.substr(begin, end - begin));
        begin = end + mark.size();
    }
    all.push_back(text.substr(begin));
    return all;
}

TEST_F(JudgedNames, ComeFirstNearlyAlways) {
    std::ifstream file(testing::source_dir() + "/tests/relevance/names_judged.tsv");
    double sum = 0;
    int count = 0;
    for (std::string line; std::getline(file, line);) {
        const auto columns = parts(line, "\t");
        if (columns.size() < 2 || line[0] == '#') {
            continue;
        }
        const auto right = parts(columns[1], " or ");
        const auto found = ids(search(columns[0]).hits);
        const auto at = std::find_first_of(found.begin(), found.end(), right.begin(), right.end());
        const double reciprocal =
            at == found.end() ? 0 : 1.0 / static_cast<double>(at - found.begin() + 1);
        if (reciprocal < 1) {
            std::cout << "  " << columns[0] << " (" << columns[2] << "): " << reciprocal
                      << ", first " << (found.empty() ? "nothing" : found.front()) << "\n";
        }
        sum += reciprocal;
        ++count;
    }
    std::cout << "  MRR " << sum / count << " of " << count << "\n";
    EXPECT_THAT(count, Ge(150));
    EXPECT_THAT(sum / count, Ge(0.95));
}

/// Where the clusters of a text end, in bytes.
std::vector<std::size_t> cluster_ends(const std::string& text) {
    std::vector<std::size_t> all;
    for (std::size_t at = 1; at <= text.size(); ++at) {
        if (cluster_end(text, at) == at) {
            all.push_back(at);
        }
    }
    return all;
}

TEST_F(JudgedNames, AreSuggestedFromTheirThirdCluster) {
    const Names names(*store_->snapshot());
    std::map<std::string, std::set<graph::NodeId>> begun;  // entities by beginnings of their names
    for (const auto& name : names.all()) {
        for (std::size_t end = 1; end <= name.squashed.size(); ++end) {
            begun[name.squashed.substr(0, end)].insert(name.node);
        }
    }
    std::size_t asked = 0;
    for (const auto& name : names.all()) {
        const auto ends = cluster_ends(name.squashed);
        for (std::size_t cluster = 2; cluster < std::min<std::size_t>(ends.size(), 8); ++cluster) {
            const auto typed = name.squashed.substr(0, ends[cluster]);
            if (begun[typed].size() > 5) {
                continue;  // six entities cannot all be among five
            }
            SuggestRequest request;
            request.text = typed;
            request.limit = 5;
            ++asked;
            ASSERT_THAT(ids(index_->view()->suggest(request).entities), Contains(id(name.node)))
                << typed << " of " << name.text;
        }
    }
    EXPECT_THAT(asked, Ge(1000U));
}

TEST_F(JudgedNames, AreSuggestedFromTheMiddleAndInBothScripts) {
    for (const auto& [typed, wanted] :
         {std::pair{"แม่ข่า", "place:mae-kha-canal"}, std::pair{"mae kh", "place:mae-kha-canal"},
          std::pair{"ท่าแพ", "place:tha-phae-gate"}, std::pair{"thapae", "place:tha-phae-gate"},
          std::pair{"ช้าง", "place:chang-moi"}, std::pair{"yee p", "program:yi-peng"}}) {
        SuggestRequest request;
        request.text = typed;
        EXPECT_THAT(ids(index_->view()->suggest(request).entities), Contains(wanted)) << typed;
    }
}

TEST_F(JudgedNames, AreNotFoundInNonsense) {
    for (const char* text :
         {"xylophone", "kubernetes", "qwrtpsdf", "zzzz", "bitcoin wallet", "javascript", "ฟหกดฟหกด",
          "ๆๆๆ", "ฮฮฮฮ", "ใบขับขี่หาย", "ตารางบอลคืนนี้", "ราคาน้ำมัน", "flux capacitor", "blorptastic",
          "xkcdqz", "12345678", "visa overstay fine", "สูตรทำคุกกี้", "hjkl"}) {
        EXPECT_THAT(ids(search(text).hits), IsEmpty()) << text;
    }
}

TEST_F(JudgedNames, AreNotFoundWhereNothingAnswers) {
    std::ifstream file(testing::source_dir() + "/tests/relevance/silence.tsv");
    std::map<std::string, std::pair<int, int>> halves;  // asked, and found something
    for (std::string line; std::getline(file, line);) {
        const auto columns = parts(line, "\t");
        if (columns.size() < 3 || line[0] == '#') {
            continue;
        }
        const auto found = ids(search(columns[0]).hits);
        auto& [asked, loud] = halves[columns[2]];
        ++asked;
        loud += found.empty() ? 0 : 1;
        if (!found.empty()) {
            std::cout << "  " << columns[0] << ": first " << found.front() << "\n";
        }
    }
    for (const auto& [half, counts] : halves) {
        std::cout << "  " << half << ": " << counts.second << " of " << counts.first
                  << " found something\n";
    }
    EXPECT_THAT(halves["seen"].first + halves["held"].first, Ge(120));
    // What is still loud is met by unlikely translations: it may only become less.
    EXPECT_THAT(halves["seen"].second, ::testing::Le(4));
    EXPECT_THAT(halves["held"].second, ::testing::Le(2));
}

TEST_F(JudgedNames, AreNarrowedByOperators) {
    const auto all = [](const std::string& text) {
        SearchRequest request;
        request.text = text;
        request.limit = 1000;
        const auto found = ids(index_->view()->search(request).hits);
        return std::set<std::string>(found.begin(), found.end());
    };
    const auto festival = all("festival"), canal = all("mae kha");

    EXPECT_THAT(all("festival -flower"), ::testing::IsSubsetOf(festival));
    EXPECT_THAT(all("festival -flower"), ::testing::Not(Contains("program:flower-festival")));
    EXPECT_THAT(all("zoo OR \"mae kha\""), Contains("place:chiang-mai-zoo"));
    EXPECT_THAT(all("zoo | \"mae kha\""), Contains("place:mae-kha-canal"));
    for (const auto& found : all("mae kha kind:place")) {
        EXPECT_THAT(found, ::testing::StartsWith("place:"));
    }
    for (const auto& found : all("mae kha -kind:place")) {
        EXPECT_THAT(found, ::testing::Not(::testing::StartsWith("place:")));
    }
    EXPECT_THAT(all("name:bazaar"), Contains("place:night-bazaar"));
}

TEST_F(JudgedNames, AreMeantWhenTheKeyboardWasInTheOtherLayout) {
    for (const auto& [typed, meant] :
         {std::pair{"8]v'c,j-jk", "คลองแม่ข่า"}, std::pair{"=hk',jvp", "ช้างม่อย"},
          std::pair{"ะ้ฟยฟำ เฟะำ", "thapae gate"}}) {
        const auto answer = search(typed);
        EXPECT_THAT(answer.hits, IsEmpty()) << typed;
        ASSERT_TRUE(answer.did_you_mean) << typed;
        EXPECT_THAT(answer.did_you_mean->text, Eq(meant));
        EXPECT_THAT(answer.did_you_mean->total, Ge(1U));
    }
    EXPECT_FALSE(search("gate").did_you_mean);
    EXPECT_FALSE(search("xylophone").did_you_mean);
}

TEST_F(JudgedNames, AreMeantAlsoWhereOnlyTheNumberOfHitsIsAsked) {
    for (const std::size_t limit : {0, 10}) {
        const auto answer = search("mae kha cnal", limit);
        EXPECT_THAT(answer.hits.size(), ::testing::Le(limit));
        ASSERT_TRUE(answer.did_you_mean) << limit;
        EXPECT_THAT(answer.did_you_mean->text, Eq("Mae Kha Canal"));
        EXPECT_THAT(answer.did_you_mean->total, Eq(answer.total));
    }
}

}  // namespace
}  // namespace khom::index
