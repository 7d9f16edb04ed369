#pragma once

#include <string>
#include <vector>

#include "query/entity.h"
#include "query/reading.h"
#include "server/pages/html.h"

namespace khom::server {

/// The sources of one page, numbered as they are first cited.
class CitedSources {
  public:
    explicit CitedSources(const PageLanguage& language) : language_(language) {}

    /// "[1, 2021, entry 3]" with a link down to the list.
    std::string cite(const std::vector<query::SourceRef>& sources);
    /// The list, with publisher, licence and date; empty if nothing was cited.
    std::string list_html(const query::Reading& reading) const;

  private:
    PageLanguage language_;
    std::vector<query::SourceRef> sources_;  // by number, one each
};

/// A source's title in the reader's language where it has one.
std::string source_title_html(const PageLanguage& language, const query::Reading& reading,
                              const query::SourceRef& source);

/// An address as one reads it: its Thai as letters, which on paper nobody could decode; what is
/// escaped of ASCII stays.
std::string readable_address(const std::string& url);

/// A source's licence, or that it is not known.
std::string licence_words(const PageLanguage& language, const std::string& licence);

/// What a reader must know of a statement that is not plainly done and stated: "planned",
/// "inferred".
std::string flags_html(const PageLanguage& language, const graph::Ontology& ontology,
                       const query::StatementView& statement);

}  // namespace khom::server
