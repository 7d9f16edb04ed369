#pragma once

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace khom::benchmarks {

/// Processor time of this process so far, in milliseconds.
double cpu_ms();
double now_ms();

void report_time(std::string_view operation, double seconds);
void report_size(const std::filesystem::path& folder);
void report(std::string_view operation, std::vector<double> wall_ms, double cpu_ms, double sum);

/// Does a task once and prints its time and the memory of the process after it.
template <class Task>
auto timed(std::string_view operation, Task task) {
    const auto begin = now_ms();
    if constexpr (std::is_void_v<decltype(task())>) {
        task();
        report_time(operation, (now_ms() - begin) / 1000);
    } else {
        auto made = task();
        report_time(operation, (now_ms() - begin) / 1000);
        return made;
    }
}

/// Asks every question once, after the first twenty to get warm, and prints the times and the sum
/// of the answers.
template <class Questions, class Ask>
void measure(std::string_view operation, const Questions& questions, Ask ask) {
    double sum = 0;
    for (std::size_t i = 0; i < std::min<std::size_t>(20, questions.size()); ++i) {
        sum += static_cast<double>(ask(questions[i]));
    }
    sum = 0;
    std::vector<double> wall;
    const auto cpu_before = cpu_ms();
    for (const auto& question : questions) {
        const auto begin = now_ms();
        sum += static_cast<double>(ask(question));
        wall.push_back(now_ms() - begin);
    }
    report(operation, std::move(wall), cpu_ms() - cpu_before, sum);
}

}  // namespace khom::benchmarks
