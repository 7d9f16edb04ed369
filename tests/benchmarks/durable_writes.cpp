#include "tests/benchmarks/durable_writes.h"

#include <fcntl.h>
#include <unistd.h>
#include <atomic>
#include <string>
#include <thread>

#include "tests/benchmarks/generated_city.h"
#include "tests/benchmarks/measure.h"

namespace khom::benchmarks {

namespace {

constexpr int writes = 1000;

/// A file that grows by a page and is synced, as a commit's log does.
class SyncedFile {
  public:
    explicit SyncedFile(const std::filesystem::path& path)
        : descriptor_(::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600)) {}
    ~SyncedFile() { ::close(descriptor_); }
    SyncedFile(const SyncedFile&) = delete;
    SyncedFile& operator=(const SyncedFile&) = delete;

    void append() const {
        if (::write(descriptor_, page_.data(), page_.size()) !=
                static_cast<ssize_t>(page_.size()) ||
            ::fdatasync(descriptor_) != 0) {
            throw graph::Fault("the disk refuses writes");
        }
    }

  private:
    int descriptor_;
    std::string page_ = std::string(4096, 'p');
};

/// One entity with two statements, as an editor would add.
void add(graph::Store& store, std::uint64_t n) {
    const auto done = store.write({"graph_bench", "write"}, [&](graph::Draft& draft) {
        const auto node = *draft.create_node(
            {"Person"}, {{"name_th", "คนใหม่ " + std::to_string(n)}, {"year", 2026}});
        (void)*draft.create_relationship(node, "KNOWS", graph::NodeId{n * 7919 % 1000},
                                         {{"year", 2026}});
        return draft
            .create_relationship(node, "KNOWS", graph::NodeId{n * 104'729 % 1000}, {{"year", 2026}})
            .map([](graph::RelationshipId) {});
    });
    if (!done) {
        throw graph::Fault(done.error().message);
    }
}

template <class Task>
double took_ms(Task task) {
    const auto begin = now_ms();
    task();
    return now_ms() - begin;
}

void measure_one_by_one(graph::Store& store, const std::filesystem::path& work) {
    const SyncedFile file(work / "synced");
    std::vector<double> disk, khom;
    const auto cpu_before = cpu_ms();
    for (std::uint64_t n = 0; n < writes; ++n) {
        disk.push_back(took_ms([&] { file.append(); }));
        khom.push_back(took_ms([&] { add(store, n); }));
    }
    const auto cpu = cpu_ms() - cpu_before;
    report("fsync", std::move(disk), 0, writes);
    report("write", std::move(khom), cpu, writes);
}

}  // namespace

void measure_writes(const std::filesystem::path& data, const std::filesystem::path& work) {
    const auto path = work / "graph";
    std::filesystem::remove_all(path);
    load(data, path, Times::none);
    const auto store = open(path);
    measure_one_by_one(*store, work);
    const auto questions = read_questions(data);
    const auto ask = [&](graph::NodeId start) { return City(store->snapshot()).two_hops(start); };
    measure("2hop, alone", questions.starts, ask);
    std::atomic<bool> stop = false;
    std::thread writer([&] {
        for (std::uint64_t n = writes; !stop; ++n) {
            add(*store, n);
        }
    });
    measure("2hop, beside a writer", questions.starts, ask);
    stop = true;
    writer.join();
}

}  // namespace khom::benchmarks
