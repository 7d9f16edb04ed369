#pragma once

// What both files of the reconciliation service use.

#include <string>
#include <string_view>

#include "query/entity.h"
#include "query/reading.h"
#include "server/routes/answers.h"

namespace khom::server::reconciliation {

/// A text of a JSON object; empty if there is none.
std::string text_of(const graph::Map& map, const char* name);
/// A name in the languages there are.
std::string shown(const graph::Wording& name);
/// Without case, blanks, hyphens and full stops.
std::string folded(std::string_view text);
/// A parameter of the address, or of a form that was posted.
std::string given(const Request& request, const char* name);
/// The cells of columns that are added to matched rows: `extend` is {"ids": […], "properties":
/// [{"id": …}]}.
Answer answer_extension(const std::string& extend, const query::Reading& reading);

}  // namespace khom::server::reconciliation
