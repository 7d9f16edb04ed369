#pragma once

#include <cstdlib>
#include <filesystem>
#include <stdexcept>

namespace khom::testing {

/// A new folder that goes with its object.
class Folder {
  public:
    Folder() {
        auto name = (std::filesystem::temp_directory_path() / "khom-test-XXXXXX").string();
        if (::mkdtemp(name.data()) == nullptr) {
            throw std::runtime_error("no temporary folder can be made");
        }
        path_ = name;
    }
    ~Folder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    const std::filesystem::path& path() const { return path_; }

  private:
    std::filesystem::path path_;
};

}  // namespace khom::testing
