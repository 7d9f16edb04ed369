#pragma once

// Arrays that never change once made, whether they lie on the heap or in a mapped file.

#include <cstddef>
#include <span>
#include <type_traits>
#include <utility>
#include <vector>

namespace khom::graph {

/// One array of plain values. Whoever maps a file keeps it mapped for as long as the array lives.
template <class T>
class Flat {
    static_assert(std::is_trivially_copyable_v<T>);

  public:
    Flat() = default;
    explicit Flat(std::vector<T> made) : owned_(std::move(made)), values_(owned_) {}
    explicit Flat(std::span<const T> mapped) : values_(mapped) {}
    Flat(Flat&& other) noexcept
        : owned_(std::move(other.owned_)), values_(std::exchange(other.values_, {})) {}
    Flat& operator=(Flat&& other) noexcept {
        owned_ = std::move(other.owned_);
        values_ = std::exchange(other.values_, {});
        return *this;
    }
    Flat(const Flat&) = delete;
    Flat& operator=(const Flat&) = delete;
    ~Flat() = default;

    const T& operator[](std::size_t i) const { return values_[i]; }
    std::size_t size() const { return values_.size(); }
    bool empty() const { return values_.empty(); }
    const T* data() const { return values_.data(); }
    std::span<const T> values() const { return values_; }
    std::span<const T> part(std::size_t begin, std::size_t end) const {
        return values_.subspan(begin, end - begin);
    }

  private:
    std::vector<T> owned_;
    std::span<const T> values_;
};

}  // namespace khom::graph
