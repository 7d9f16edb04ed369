// The index follows the change log on disk; each revision is published with its snapshot as one
// immutable view, so hits never dangle. What must be indexed again is decided by follower.cpp.

#include "index/index.h"

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <random>
#include <thread>
#include <utility>

#include "graph/store_identity.h"
#include "index/curated_words.h"
#include "index/follower.h"
#include "index/gazetteer.h"
#include "index/names.h"
#include "index/text_index.h"
#include "index/view.h"

namespace khom::index {

namespace {

constexpr std::size_t most_words_at_once = 500;

/// A folder for an index that nobody asked to keep.
class ScratchFolder {
  public:
    ScratchFolder() {
        std::random_device random;
        path_ = std::filesystem::temp_directory_path() /
                ("khom-index-" + std::to_string(random()) + std::to_string(random()));
        std::filesystem::create_directories(path_);
    }
    ~ScratchFolder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    ScratchFolder(const ScratchFolder&) = delete;
    ScratchFolder& operator=(const ScratchFolder&) = delete;
    const std::filesystem::path& path() const { return path_; }

  private:
    std::filesystem::path path_;
};

class FollowingIndex : public Index {
  public:
    FollowingIndex(const std::filesystem::path& path, const graph::Store& store)
        : scratch_(path.empty() ? std::make_unique<ScratchFolder>() : nullptr),
          path_((path.empty() ? scratch_->path() : path) / "text"),
          store_(store),
          writer_(path_, path.empty() ? Keeping::for_now : Keeping::durable) {
        catch_up();
        writer_.rest();
    }
    ~FollowingIndex() override {
        ending_ = true;
        if (follower_.joinable()) {
            follower_.join();
        }
    }

    std::shared_ptr<const View> view() const override {
        const std::lock_guard lock(mutex_);
        return view_;
    }

    void catch_up() override {
        const std::lock_guard building(building_);
        const auto newest = store_.snapshot();
        const auto old = published();
        if (old && old->snapshot()->revision() == newest->revision()) {
            return;
        }
        const auto changes = changes_to(*newest);
        if (!gazetteer_ || changes.all || changes.names_changed) {
            names_ = names_ && !changes.all ? Names::grown(*names_, *newest, changes.renamed)
                                            : std::make_shared<const Names>(*newest);
            gazetteer_ = std::make_shared<const Gazetteer>(names_->all());
        }
        const auto words = CuratedWords::of(*newest);
        std::vector<graph::NodeId> nodes;
        if (changes.all) {
            writer_.clear();
            nodes = newest->nodes();
        } else {
            const TextIndex before(path_);
            const auto all = affected(changes, *newest, before);
            nodes.assign(all.begin(), all.end());
        }
        writer_.put(*newest, *gazetteer_, words->words, nodes);
        writer_.commit({newest->revision(), graph::identity_at(store_, newest->revision()),
                        words_in_effect(*newest)});
        publish(std::make_shared<const PublishedView>(newest, names_, gazetteer_, words,
                                                      std::make_shared<const TextIndex>(path_)));
    }

    void follow() override {
        follower_ = std::thread([this] {
            while (!ending_) {
                try {
                    store_.log().wait(view()->snapshot()->revision(),
                                      std::chrono::milliseconds(200));
                    catch_up();
                    note(std::nullopt);
                } catch (const std::exception& fault) {
                    note(fault.what());
                    begin_again();
                }
            }
        });
    }

    bool wait(graph::Revision revision, std::chrono::milliseconds timeout) const override {
        std::unique_lock lock(mutex_);
        return published_.wait_for(lock, timeout,
                                   [&] { return view_->snapshot()->revision() >= revision; });
    }

    std::optional<std::string> fault() const override {
        const std::lock_guard lock(mutex_);
        return fault_;
    }

  private:
    /// What happened since the writer committed; everything, if that was another store's state.
    Changes changes_to(const graph::Snapshot& newest) const {
        const auto state = writer_.state();
        Changes changes;
        changes.all = !state || !graph::is_same_state(state->identity,
                                                      graph::identity_at(store_, state->revision));
        if (changes.all) {
            return changes;
        }
        changes = changes_since(state->revision, newest, store_.log());
        const auto words = changed_words(state->words, words_in_effect(newest));
        changes.words.insert(words.begin(), words.end());
        changes.all = changes.all || words.size() > most_words_at_once;
        return changes;
    }
    std::shared_ptr<const PublishedView> published() const {
        const std::lock_guard lock(mutex_);
        return view_;
    }
    void note(std::optional<std::string> fault) {
        const std::lock_guard lock(mutex_);
        fault_ = std::move(fault);
    }
    /// After a fault, such as a full disk: waits a little and goes on from what was committed. What
    /// fails here fails in the next attempt too, and is noted there.
    void begin_again() {
        for (int i = 0; i < 10 && !ending_; ++i) {
            std::this_thread::sleep_for(std::chrono::milliseconds(100));
        }
        const std::lock_guard building(building_);
        try {
            writer_.reopen();
        } catch (const std::exception& fault) {
            note(fault.what());
        }
    }
    void publish(std::shared_ptr<const PublishedView> next) {
        {
            const std::lock_guard lock(mutex_);
            view_ = std::move(next);
        }
        published_.notify_all();
    }

    const std::unique_ptr<ScratchFolder> scratch_;
    const std::filesystem::path path_;
    const graph::Store& store_;
    std::mutex building_;
    TextWriter writer_;                           // under building_
    std::shared_ptr<const Names> names_;          // under building_
    std::shared_ptr<const Gazetteer> gazetteer_;  // under building_
    mutable std::mutex mutex_;                    // of view_ and fault_
    mutable std::condition_variable published_;
    std::shared_ptr<const PublishedView> view_;
    std::optional<std::string> fault_;
    std::atomic<bool> ending_ = false;
    std::thread follower_;
};

}  // namespace

const char* name(Match match) {
    switch (match) {
        case Match::exact:
            return "exact";
        case Match::prefix:
            return "prefix";
        case Match::era:
            return "era";
        case Match::synonym:
            return "synonym";
        case Match::romanised:
            return "romanised";
        case Match::typo:
            return "typo";
        case Match::keyboard:
            return "keyboard";
        case Match::semantic:
            return "semantic";
    }
    return "exact";
}

std::unique_ptr<Index> Index::open(const std::filesystem::path& path, const graph::Store& store) {
    return std::make_unique<FollowingIndex>(path, store);
}

}  // namespace khom::index
