// Each answer is a file named by a growing number and the key's hash: the number gives the order in
// which to forget, the hash finds it, and the key itself (a client's word) is in no file's name.

#include "server/remembered_answers.h"

#include <array>
#include <charconv>
#include <cstdio>

#include <nlohmann/json.hpp>

#include "corpus/sha256.h"

namespace khom::server {

namespace {

using nlohmann::json;

constexpr std::size_t number_digits = 12, hash_digits = 32;

std::string hash_of(const std::string& key) {
    return corpus::sha256(key).substr(0, hash_digits);
}

std::string name_of(std::uint64_t number, const std::string& hash) {
    std::array<char, 32> digits{};
    std::snprintf(digits.data(), digits.size(), "%012llu", static_cast<unsigned long long>(number));
    return std::string(digits.data()) + "_" + hash;
}

}  // namespace

RememberedAnswers::RememberedAnswers(const std::filesystem::path& folder, std::size_t most)
    : kept_(folder, most + 1), most_(most) {
    for (const auto& name : kept_.names()) {
        std::uint64_t number = 0;
        const auto* digits_end = name.data() + std::min(number_digits, name.size());
        const auto [end, error] = std::from_chars(name.data(), digits_end, number);
        if (error != std::errc() || end != digits_end ||
            name.size() != number_digits + 1 + hash_digits) {
            continue;
        }
        const auto hash = name.substr(number_digits + 1);
        next_ = std::max(next_, number + 1);
        if (names_.emplace(hash, name).second) order_.push_back(hash);
    }
}

std::optional<RememberedAnswers::Answer> RememberedAnswers::find(const std::string& key) const {
    const auto found = names_.find(hash_of(key));
    if (found == names_.end()) return std::nullopt;
    const auto unkept = unkept_.find(found->second);
    const auto text =
        unkept == unkept_.end() ? kept_.find(found->second) : std::optional(unkept->second);
    const auto said = text ? json::parse(*text, nullptr, false) : json();
    if (!said.is_object()) return std::nullopt;
    Answer answer;
    answer.request = said.value("request", std::string());
    answer.response.status = said.value("status", 200);
    answer.response.body = said.value("body", std::string());
    return answer;
}

void RememberedAnswers::remember(const std::string& key, const std::string& request,
                                 const Response& response) {
    const auto hash = hash_of(key);
    if (names_.contains(hash)) return;
    const auto name = name_of(next_++, hash);
    const auto text =
        json({{"request", request}, {"status", response.status}, {"body", response.body}}).dump();
    if (!kept_.keep(name, text)) unkept_[name] = text;
    names_[hash] = name;
    order_.push_back(hash);
    while (order_.size() > most_) {
        const auto oldest = names_.extract(order_.front());
        order_.pop_front();
        unkept_.erase(oldest.mapped());
        kept_.forget(oldest.mapped());
    }
}

}  // namespace khom::server
