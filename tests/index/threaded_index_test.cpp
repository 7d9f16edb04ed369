// Texts are read in a thread beside the writer, and questions are answered meanwhile.

#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "graph/store.h"
#include "index/index.h"

namespace khom::index {
namespace {

std::string own_word(std::size_t number) {
    return "lantern" + std::to_string(number) + "x";
}

void add_texts(graph::Store& store, std::size_t begin, std::size_t end) {
    auto draft = store.begin();
    for (auto i = begin; i < end; ++i) {
        (void)draft.create_node({"Place"}, {{"id", "place:" + std::to_string(i)},
                                            {"text_th", "โคมลานนา " + own_word(i)}});
    }
    ASSERT_TRUE(store.commit(std::move(draft), {"test", "texts"}));
}

SearchRequest asking(const std::string& text) {
    SearchRequest request;
    request.text = text;
    request.limit = 3;
    return request;
}

TEST(ThreadedIndex, HasEveryTextAndAnswersWhileTextsCome) {
    constexpr std::size_t at_first = 300, each_time = 150, times = 4;
    const auto store = graph::Store::in_memory({});
    add_texts(*store, 0, at_first);
    const auto index = Index::open({}, *store);

    std::atomic<bool> ending = false;
    std::atomic<std::size_t> answered = 0, wrong = 0;
    std::vector<std::thread> readers;
    for (std::size_t reader = 0; reader < 2; ++reader) {
        readers.emplace_back([&, reader] {
            for (auto i = reader; !ending; i += 7) {
                const auto answer = index->view()->search(asking(own_word(i % at_first)));
                wrong += answer.total == 1 ? 0 : 1;
                ++answered;
            }
        });
    }
    for (std::size_t i = 0; i < times; ++i) {
        add_texts(*store, at_first + i * each_time, at_first + (i + 1) * each_time);
        index->catch_up();
    }
    ending = true;
    for (auto& reader : readers) {
        reader.join();
    }

    EXPECT_GT(answered, 0U);
    EXPECT_EQ(wrong, 0U);
    for (std::size_t i = 0; i < at_first + times * each_time; ++i) {
        EXPECT_EQ(index->view()->search(asking(own_word(i))).total, 1U) << i;
    }
}

}  // namespace
}  // namespace khom::index
