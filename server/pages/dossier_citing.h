#pragma once

#include <string>
#include <vector>

#include "server/pages/html.h"
#include "server/pages/pages.h"

namespace khom::server {

/// How this version is cited: its address where it is kept, else how it comes to be.
std::string citing_html(const PageLanguage& language, const DossierVersion& version,
                        const DossierRecord& record);

/// The kept versions of one form, newest first, each with its way; empty if there are none.
std::string kept_versions_html(const PageLanguage& language, const std::string& id,
                               const std::vector<DossierVersionName>& kept);

}  // namespace khom::server
