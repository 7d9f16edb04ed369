// The index is made from the newest snapshot in memory, whole, and published beside it as one
// immutable view: hits never dangle, and an index grown equals one rebuilt because it is one
// rebuilt. README.md says at what size this must change.

#include "index/index.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <condition_variable>
#include <map>
#include <mutex>
#include <set>
#include <thread>
#include <utility>

#include "index/canonical.h"
#include "index/highlight.h"
#include "index/names.h"
#include "index/segmenter.h"
#include "index/text_index.h"

namespace khom::index {

namespace {

using graph::NodeId;

struct Candidate {
    double name_score = 0, text_score = 0, prior = 0;
    Match match = Match::exact;
    std::optional<std::size_t> name;

    double score() const { return name_score + text_score + prior; }
};

/// A document found by its text alone must have most of what was asked for: else a long question
/// finds everything.
bool covers_enough(const TextMatch& match, std::size_t words) {
    return words <= 2 ? match.coverage > 0.99 : match.coverage >= 0.6;
}

class MemoryView : public View {
  public:
    explicit MemoryView(std::shared_ptr<const graph::Snapshot> snapshot)
        : snapshot_(std::move(snapshot)), names_(*snapshot_), texts_(*snapshot_) {}

    const std::shared_ptr<const graph::Snapshot>& snapshot() const override { return snapshot_; }
    SearchAnswer search(const SearchRequest& request) const override;
    SuggestAnswer suggest(const SuggestRequest& request) const override;
    Analysis analyse(std::string_view text) const override;

  private:
    std::map<NodeId, Candidate> candidates(const SearchWords& words) const;
    Hit hit(NodeId node, const Candidate& candidate, const std::vector<std::string>& needles,
            const SearchRequest& request) const;
    std::optional<DidYouMean> did_you_mean(const SearchRequest& request, const Hit& best,
                                           std::size_t total) const;
    double prior(NodeId node) const {
        return std::log1p(static_cast<double>(snapshot_->degree(node)));
    }
    std::string_view id(NodeId node) const;
    void highlight_fields(Hit& hit, const std::vector<std::string>& needles) const;

    std::shared_ptr<const graph::Snapshot> snapshot_;
    Names names_;
    TextIndex texts_;
};

std::string_view MemoryView::id(NodeId node) const {
    return graph::string_or_empty(snapshot_->property(node, "id"));
}

std::map<NodeId, Candidate> MemoryView::candidates(const SearchWords& words) const {
    std::map<NodeId, Candidate> all;
    double heaviest = 0;
    const auto texts = texts_.match(words);
    for (const auto& text : texts) {
        heaviest = std::max(heaviest, text.weight);
    }
    for (const auto& text : texts) {
        if (covers_enough(text, words.wanted.size())) {
            all[text.node].text_score = 40 * text.coverage * text.weight / std::max(heaviest, 1e-9);
        }
    }
    if (words.phrases.empty()) {
        for (const auto& match : names_.match(words.plain)) {
            // A few letters in common are no answer.
            if (match.score >= 25) {
                auto& candidate = all[match.node];
                candidate.name_score = match.score;
                candidate.match = match.match;
                candidate.name = match.name;
            }
        }
    }
    for (const auto node : texts_.excluded(words)) {
        all.erase(node);
    }
    for (auto& [node, candidate] : all) {
        candidate.prior = prior(node);
    }
    return all;
}

void MemoryView::highlight_fields(Hit& hit, const std::vector<std::string>& needles) const {
    constexpr std::pair<const char*, const char*> fields[] = {
        {"name_en", "name.en"},       {"name_th", "name.th"},       {"aliases_en", "aliases.en"},
        {"aliases_th", "aliases.th"}, {"summary_en", "summary.en"}, {"summary_th", "summary.th"},
        {"text_en", "text.en"},       {"text_th", "text.th"}};
    for (const auto& [property, field] : fields) {
        const auto value = snapshot_->property(hit.node, property);
        auto html =
            value.is(graph::ValueKind::string) ? highlight(value.string(), needles) : std::string();
        for (const auto text : graph::strings_of(value)) {
            if (html.empty()) {
                html = highlight(text, needles);
            }
        }
        if (!html.empty()) {
            hit.highlights[field] = std::move(html);
        }
    }
}

Hit MemoryView::hit(NodeId node, const Candidate& candidate,
                    const std::vector<std::string>& needles, const SearchRequest& request) const {
    Hit hit;
    hit.node = node;
    hit.score = candidate.score();
    hit.match = candidate.match;
    if (request.highlights) {
        highlight_fields(hit, needles);
    }
    if (candidate.name) {
        const auto& name = names_.all()[*candidate.name];
        hit.field = name.field;
        if (request.highlights) {
            hit.highlights.try_emplace(name.field,
                                       highlight(name.text, {canonical(name.text).text}));
        }
    } else {
        hit.field = hit.highlights.empty() ? "text.en" : hit.highlights.begin()->first;
    }
    if (request.explain) {
        hit.explain = {{"name", candidate.name_score},
                       {"text", candidate.text_score},
                       {"degree", candidate.prior}};
    }
    return hit;
}

std::optional<DidYouMean> MemoryView::did_you_mean(const SearchRequest& request, const Hit& best,
                                                   std::size_t total) const {
    if (best.match != Match::typo) {
        return std::nullopt;
    }
    for (const auto& name : names_.all()) {
        if (name.node == best.node && name.field == best.field) {
            return DidYouMean{name.text,
                              "'" + request.text + "' is close to the name '" + name.text + "'.",
                              total};
        }
    }
    return std::nullopt;
}

SearchAnswer MemoryView::search(const SearchRequest& request) const {
    const auto words = search_words(request.text);
    std::vector<std::pair<NodeId, Candidate>> found;
    for (const auto& [node, candidate] : candidates(words)) {
        if (!request.accept || request.accept(node)) {
            found.emplace_back(node, candidate);
            if (request.on_match) {
                request.on_match(node);
            }
        }
    }
    std::sort(found.begin(), found.end(), [&](const auto& a, const auto& b) {
        const auto mine = a.second.score(), other = b.second.score();
        return mine != other ? mine > other : id(a.first) < id(b.first);
    });
    SearchAnswer answer;
    answer.total = found.size();
    auto needles = words.wanted;
    needles.push_back(words.plain);
    const auto end =
        std::min(found.size(), request.offset + std::min<std::size_t>(request.limit, 1000));
    for (auto i = request.offset; i < end; ++i) {
        answer.hits.push_back(hit(found[i].first, found[i].second, needles, request));
    }
    if (!answer.hits.empty() && request.offset == 0) {
        answer.did_you_mean = did_you_mean(request, answer.hits.front(), answer.total);
    }
    return answer;
}

SuggestAnswer MemoryView::suggest(const SuggestRequest& request) const {
    auto found = names_.complete(request.text);
    std::erase_if(found,
                  [&](const auto& match) { return request.accept && !request.accept(match.node); });
    std::sort(found.begin(), found.end(), [&](const auto& a, const auto& b) {
        const auto mine = a.score + prior(a.node), other = b.score + prior(b.node);
        return mine != other ? mine > other : id(a.node) < id(b.node);
    });
    SuggestAnswer answer;
    const auto typed = canonical(request.text).text;
    for (std::size_t i = 0; i < std::min({found.size(), request.limit, std::size_t{20}}); ++i) {
        const auto& name = names_.all()[found[i].name];
        Hit one;
        one.node = found[i].node;
        one.score = found[i].score + prior(found[i].node);
        one.field = name.field;
        one.match = found[i].match;
        auto html = highlight(name.text, {typed});
        one.highlights[name.field] =
            html.empty() ? highlight(name.text, {canonical(name.text).text}) : std::move(html);
        if (found[i].match == Match::prefix && answer.queries.size() < 5) {
            answer.queries.push_back(name.text);
        }
        answer.entities.push_back(std::move(one));
    }
    return answer;
}

const char* script_of(std::string_view token) {
    const auto lead = static_cast<unsigned char>(token.front());
    const bool digit = lead >= '0' && lead <= '9';
    const bool thai = token.size() >= 3 && token.substr(0, 1) == "\xE0" &&
                      static_cast<unsigned char>(token[1]) >= 0xB8 &&
                      static_cast<unsigned char>(token[1]) <= 0xB9;
    return digit ? "Common" : lead < 0x80 ? "Latin" : thai ? "Thai" : "Common";
}

Analysis MemoryView::analyse(std::string_view text) const {
    const auto plain = canonical(text);
    const auto names = names_.find_in(plain.text);
    Analysis analysis;
    analysis.normalised = plain.text;
    for (const auto& token : segment(plain.text)) {
        AnalysedToken one;
        one.text = token.text;
        one.begin_bytes = plain.source[token.begin_bytes];
        one.end_bytes = cluster_end(text, plain.source[token.end_bytes]);
        one.script = script_of(token.text);
        one.in_dictionary = true;
        for (const auto& name : names) {
            if (name.begin_bytes <= token.begin_bytes && token.end_bytes <= name.end_bytes) {
                for (const auto node : name.nodes) {
                    one.name_of.emplace_back(id(node));
                }
                one.in_dictionary =
                    name.begin_bytes == token.begin_bytes && name.end_bytes == token.end_bytes;
            }
        }
        analysis.tokens.push_back(std::move(one));
    }
    return analysis;
}

class MemoryIndex : public Index {
  public:
    explicit MemoryIndex(const graph::Store& store)
        : store_(store), view_(std::make_shared<MemoryView>(store.snapshot())) {}
    ~MemoryIndex() override {
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
        if (view()->snapshot()->revision() == newest->revision()) {
            return;
        }
        auto next = std::make_shared<const MemoryView>(newest);
        {
            const std::lock_guard lock(mutex_);
            view_ = std::move(next);
        }
        published_.notify_all();
    }

    void follow() override {
        follower_ = std::thread([this] {
            try {
                while (!ending_) {
                    store_.log().wait(view()->snapshot()->revision(),
                                      std::chrono::milliseconds(200));
                    catch_up();
                }
            } catch (const std::exception& fault) {
                const std::lock_guard lock(mutex_);
                fault_ = fault.what();
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
    const graph::Store& store_;
    std::mutex building_;
    mutable std::mutex mutex_;  // of view_ and fault_
    mutable std::condition_variable published_;
    std::shared_ptr<const View> view_;
    std::optional<std::string> fault_;
    std::atomic<bool> ending_ = false;
    std::thread follower_;
};

constexpr std::size_t most_name_bytes = 1000;
constexpr std::size_t most_text_bytes = std::size_t{1} << 20U;

class IndexabilityRule : public graph::BatchRule {
  public:
    std::vector<graph::Refusal> check(const graph::Batch& batch,
                                      const graph::Snapshot&) const override {
        std::vector<graph::Refusal> all;
        for (const auto& change : batch.nodes) {
            if (!change.after) {
                continue;
            }
            for (const auto& [key, value] : change.after->properties) {
                const bool is_name = key.rfind("name_", 0) == 0 || key.rfind("aliases_", 0) == 0;
                check(key, graph::string_or_empty(value), is_name, all);
                for (const auto text : graph::strings_of(value)) {
                    check(key, text, is_name, all);
                }
            }
        }
        return all;
    }

  private:
    static void check(const std::string& key, std::string_view text, bool is_name,
                      std::vector<graph::Refusal>& all) {
        const auto most = is_name ? most_name_bytes : most_text_bytes;
        if (text.size() > most) {
            all.push_back({graph::RefusalCode::invalid_data,
                           "'" + key +
                               "' is longer than can be indexed: " + std::to_string(text.size()) +
                               " bytes, at most " + std::to_string(most) + ".",
                           {},
                           {},
                           key});
        }
    }
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

std::unique_ptr<Index> Index::open(const std::filesystem::path&, const graph::Store& store) {
    return std::make_unique<MemoryIndex>(store);
}

std::shared_ptr<const graph::BatchRule> indexability_rule() {
    return std::make_shared<IndexabilityRule>();
}

}  // namespace khom::index
