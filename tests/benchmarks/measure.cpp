#include "tests/benchmarks/measure.h"

#include <sys/resource.h>
#include <cstdio>
#include <fstream>

namespace khom::benchmarks {

namespace {

std::size_t resident_mb() {
    std::ifstream statm("/proc/self/statm");
    std::size_t pages = 0;
    statm >> pages >> pages;
    return pages * 4096 >> 20U;
}

}  // namespace

double cpu_ms() {
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    const auto ms = [](const timeval& time) {
        return static_cast<double>(time.tv_sec) * 1000 + static_cast<double>(time.tv_usec) / 1000;
    };
    return ms(usage.ru_utime) + ms(usage.ru_stime);
}

double now_ms() {
    const auto now = std::chrono::steady_clock::now().time_since_epoch();
    return std::chrono::duration<double, std::milli>(now).count();
}

void report_time(std::string_view operation, double seconds) {
    std::printf(R"({"peer":"khom","op":"%.*s","s":%.2f,"rss_mb":%zu})"
                "\n",
                static_cast<int>(operation.size()), operation.data(), seconds, resident_mb());
    std::fflush(stdout);
}

void report_size(const std::filesystem::path& folder) {
    std::uintmax_t bytes = 0;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
        bytes += entry.is_regular_file() ? entry.file_size() : 0;
    }
    std::printf(R"({"peer":"khom","op":"size","mb":%.1f})"
                "\n",
                static_cast<double>(bytes) / 1e6);
}

void report(std::string_view operation, std::vector<double> wall_ms, double cpu_ms, double sum) {
    std::sort(wall_ms.begin(), wall_ms.end());
    const auto n = wall_ms.size();
    const auto at = [&](double part) {
        return n == 0 ? 0
                      : wall_ms[std::min(n - 1,
                                         static_cast<std::size_t>(part * static_cast<double>(n)))];
    };
    std::printf(
        R"({"peer":"khom","op":"%.*s","n":%zu,"cpu_ms":%.5f,"p50_ms":%.5f,"p99_ms":%.5f,"sum":%.3f})"
        "\n",
        static_cast<int>(operation.size()), operation.data(), n,
        cpu_ms / static_cast<double>(std::max<std::size_t>(n, 1)), at(0.5), at(0.99), sum);
    std::fflush(stdout);
}

}  // namespace khom::benchmarks
