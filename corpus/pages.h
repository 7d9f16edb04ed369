#pragma once

#include "corpus/record.h"

namespace khom::corpus {

/// Turns a row about a page of a portal (title, url, text) into a source with text, which then goes
/// through the same checks as any other row. Its id is made from the address, so that the same page
/// read again is the same source. The language of title and text is that of their letters.
/// Adds a finding where there is no title or no address.
void expand_page(Record& page, std::vector<Finding>& findings);

}  // namespace khom::corpus
