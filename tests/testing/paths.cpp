// The only file that is compiled with a path in it, so that the compiler's cache serves every
// checkout for all others.

#include "tests/testing/paths.h"

namespace khom::testing {

const std::string& source_dir() {
    static const std::string path = KHOM_SOURCE_DIR;
    return path;
}

const std::string& khom_binary() {
    static const std::string path = KHOM_BINARY;
    return path;
}

}  // namespace khom::testing
