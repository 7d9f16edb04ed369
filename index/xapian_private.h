#pragma once

#include <string>
#include <utility>

#include <xapian.h>

#include "graph/failure.h"

namespace khom::index {

/// Every call into Xapian goes through here: its errors are no std::exception.
template <class Call>
auto on_xapian(const char* task, Call&& call) {
    try {
        return std::forward<Call>(call)();
    } catch (const Xapian::Error& error) {
        throw graph::Fault(std::string(task) + ": " + error.get_description());
    }
}

}  // namespace khom::index
