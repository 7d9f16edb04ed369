#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "graph/failure.h"
#include "graph/ontology.h"
#include "query/evidence.h"

namespace khom::query {

/// Which statements speak for a claim: all that is given must hold; what is empty asks nothing.
struct Pick {
    std::vector<std::string> types;                 ///< "organized_by"
    std::vector<std::string> from_kinds, to_kinds;  ///< "program"
    std::vector<std::string> from_subtypes, to_subtypes;
    std::vector<std::string> from, to;    ///< public ids
    std::vector<std::string> evidencing;  ///< themes: the `from` end has to evidence one of them
    std::string attribute;                ///< the statement has this attribute: "amount"
};

/// What a claim counts: each thing once, however many statements speak of it.
enum class Counting { statements, from, to, sectors };

struct ClaimTemplate {
    std::string id;
    Pick pick;
    Counting counting = Counting::from;
    graph::Wording text;  ///< "{count}" is the number
    graph::Wording one;   ///< the same for a single one; empty: `text`
    graph::Wording gap;   ///< said where the claim counts fewer than `wanted`: what would fill it
    std::size_t wanted = 1;
};

struct SectionTemplate {
    std::string id;
    std::string theme;  ///< public id whose names are the title; empty: `title`
    graph::Wording title;
    graph::Wording asks;        ///< what the form asks here, in our words
    std::size_t words_max = 0;  ///< of the form's answer; 0: the form states none
    std::vector<ClaimTemplate> claims;
};

/// A number that a report wants: an attribute of entities or statements.
struct FigureTemplate {
    std::string attribute;  ///< "participants"
    graph::Wording name;    ///< "Participants"
};

/// A form to fill with evidence: which sections, which claims, by which rules. Plain data, so that
/// the next round's form needs no code.
struct DossierTemplate {
    std::string id;
    graph::Wording title;
    graph::Wording about;       ///< what it is for, and what it is not
    std::string since, until;   ///< EDTF; the widest window; empty is open
    bool needs_window = false;  ///< the request must say `from` and `to`
    Fit fit = Fit::surely_within;
    /// A section is evidenced with so many counted things from so many sources, thin with fewer,
    /// missing with none.
    std::size_t evidenced_counted = 3, evidenced_sources = 2;
    bool areas = false;  ///< also a matrix of the key-feature areas
    std::vector<SectionTemplate> sections;
    std::vector<FigureTemplate> figures;
};

/// Reads one template. Refuses: invalid_data, saying what is missing or unknown, and where.
graph::Result<DossierTemplate> parse_dossier_template(std::string_view json);

}  // namespace khom::query
