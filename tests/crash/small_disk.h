#pragma once

#include <sys/mount.h>
#include <cstdio>
#include <filesystem>
#include <string>

#include "tests/testing/folder.h"

namespace khom::testing {

/// A disk of some MiB, and a file that fills it but for a given rest.
class SmallDisk {
  public:
    explicit SmallDisk(int mib) {
        const auto size = "size=" + std::to_string(mib) + "m";
        is_mounted_ = ::mount("tmpfs", folder_.path().c_str(), "tmpfs", 0, size.c_str()) == 0;
    }
    ~SmallDisk() {
        if (is_mounted_) {
            ::umount2(folder_.path().c_str(), MNT_DETACH);
        }
    }
    SmallDisk(const SmallDisk&) = delete;
    SmallDisk& operator=(const SmallDisk&) = delete;

    bool is_mounted() const { return is_mounted_; }
    const std::filesystem::path& folder() const { return folder_.path(); }
    std::filesystem::path path() const { return folder_.path() / "graph"; }
    void leave_free(std::uintmax_t bytes) {
        empty();
        const auto free = std::filesystem::space(folder_.path()).available;
        std::FILE* file = std::fopen(filler().c_str(), "wb");
        const std::string block(4096, 'f');
        for (std::uintmax_t left = free > bytes ? free - bytes : 0; left >= block.size();
             left -= block.size()) {
            if (std::fwrite(block.data(), 1, block.size(), file) != block.size()) {
                break;
            }
        }
        std::fclose(file);
    }
    void empty() { std::filesystem::remove(filler()); }

  private:
    std::filesystem::path filler() const { return folder_.path() / "filler"; }
    Folder folder_;
    bool is_mounted_ = false;
};

}  // namespace khom::testing
