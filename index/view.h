#pragma once

#include <memory>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "index/curated_words.h"
#include "index/gazetteer.h"
#include "index/index.h"
#include "index/names.h"
#include "index/text_index.h"

namespace khom::index {

/// The published view: names and words of one snapshot.
class PublishedView : public View {
  public:
    PublishedView(std::shared_ptr<const graph::Snapshot> snapshot,
                  std::shared_ptr<const Names> names, std::shared_ptr<const Gazetteer> gazetteer,
                  std::shared_ptr<const CuratedWords> words, std::shared_ptr<const TextIndex> texts)
        : snapshot_(std::move(snapshot)),
          names_(std::move(names)),
          gazetteer_(std::move(gazetteer)),
          words_(std::move(words)),
          texts_(std::move(texts)),
          kind_(snapshot_->property_key("kind")) {}

    const std::shared_ptr<const graph::Snapshot>& snapshot() const override { return snapshot_; }
    SearchAnswer search(const SearchRequest& request) const override;
    SuggestAnswer suggest(const SuggestRequest& request) const override;
    Analysis analyse(std::string_view text) const override;

  private:
    struct Candidate {
        graph::NodeId node{};
        double name_score = 0, text_score = 0, year_score = 0, prior = 0;
        double coverage = 0;    ///< share of the words asked for, by rarity
        double page_share = 1;  ///< what counts of names, texts and years
        Match match = Match::exact;
        std::optional<std::size_t> name;

        void take(const NameMatch& found) {
            name_score = found.score;
            match = found.match;
            name = found.name;
        }
        /// Has all that was asked for, in its text or as its name.
        bool is_good() const;
        double score() const { return page_share * (name_score + text_score + year_score) + prior; }
    };

    struct Found {
        SearchWords words;
        std::vector<Candidate> candidates;
    };

    /// The answers to all readings of what was typed, or to one; in no order.
    Found found(const SearchRequest& request) const;
    Found found(const SearchRequest& request, const std::vector<Piece>& reading) const;
    /// What names say of entities, by node.
    using Named = std::unordered_map<std::uint64_t, NameMatch>;
    Named named(const SearchRequest& request, const SearchWords& words) const;
    std::vector<Candidate> candidates(const SearchRequest& request, const SearchWords& words,
                                      Named named) const;
    /// Adds what counts beside names and texts; `year` is known if the question names one.
    void weigh(Candidate& candidate, const SearchRequest& request,
               const graph::DaySpan& year) const;
    /// Whether some answer has all that was asked for.
    static bool is_answered(const std::vector<Candidate>& found);
    /// What another text finds; at best it is a misspelling of what was asked.
    Found found_instead(SearchRequest request, std::string text) const;
    /// Puts the answers to the question with words cut or joined as texts have them in the place of
    /// those found, if they are any better.
    std::optional<DidYouMean> respell(const SearchRequest& request, SearchWords& words,
                                      std::vector<Candidate>& found) const;
    /// Puts the answers to the question as texts have it, nearly, in the place of those found.
    std::optional<DidYouMean> mend(const SearchRequest& request, SearchWords& words,
                                   std::vector<Candidate>& found) const;
    Hit hit(const Candidate& candidate, const std::vector<std::string>& needles,
            const SearchRequest& request) const;
    std::optional<DidYouMean> did_you_mean(const SearchRequest& request, const Candidate& best,
                                           std::size_t total) const;
    /// For a text that finds nothing: what the same keys say in the other layout, if that finds
    /// something.
    std::optional<DidYouMean> meant_in_other_layout(const SearchRequest& request) const;
    /// A mild preference for what much is linked to.
    double prior(graph::NodeId node) const;
    /// A page comes behind what it documents: how much counts of what is found of it.
    double page_share(graph::NodeId node) const;
    std::string id(graph::NodeId node) const;
    /// The names that are, word for word, a synonym of the whole question.
    void add_synonymous_names(const SearchWords& words, Named& named) const;
    void highlight_fields(Hit& hit, const std::vector<std::string>& needles) const;

    std::shared_ptr<const graph::Snapshot> snapshot_;
    std::shared_ptr<const Names> names_;
    std::shared_ptr<const Gazetteer> gazetteer_;
    std::shared_ptr<const CuratedWords> words_;
    std::shared_ptr<const TextIndex> texts_;
    std::optional<graph::PropertyKeyId> kind_;
};

}  // namespace khom::index
