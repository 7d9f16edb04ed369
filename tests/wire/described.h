#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "tests/testing/wire_client.h"

namespace khom::testing {

/// Why openapi.yaml does not describe this answer (no such path, method or status; a body that
/// breaks its schema), or the parameters that it took, or empty. Pages, which it does not speak of,
/// are described by nothing and always pass.
std::string undescribed(const nlohmann::json& description, const std::string& method,
                        const std::string& target, const WireAnswer& answer);

}  // namespace khom::testing
