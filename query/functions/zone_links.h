#pragma once

#include <string>

namespace khom::query::functions {

/// The zone whose rules hold for `zone`, as the tz project publishes them: "Europe/Stockholm" is a
/// link to "Europe/Berlin".
///
/// Debian builds its database with extra data from before 1970 for such links, which the tz project
/// keeps apart as less reliable, and which other databases (Java's, Python's) and so the TCK do not
/// have. Since 1970 there is no difference. Source: zone.tab and zone1970.tab of the system's
/// database; without them every zone is its own.
const std::string& linked_zone(const std::string& zone);

}  // namespace khom::query::functions
