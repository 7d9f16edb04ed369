#pragma once

#include <array>
#include <cstddef>
#include <memory>

#include "graph/own.h"

namespace khom::graph {

/// A sparse array whose copies share everything until one of them writes: a tree with 32 branches
/// at each step (the persistent vector of Bagwell, "Ideal Hash Trees", 2001, without the hash).
/// Copying costs one reference count, a first write to an element the nodes on the way to it.
template <class T>
class Trie {
  public:
    bool empty() const { return root_ == nullptr; }

    /// The element, or null if it was never written.
    const T* find(std::size_t i) const {
        if (root_ == nullptr || i >= reach()) {
            return nullptr;
        }
        const Branch* at = root_.get();
        for (auto level = height_; level > 1; --level) {
            at = static_cast<const Branch*>(at->below[digit(i, level)].get());
            if (at == nullptr) {
                return nullptr;
            }
        }
        return static_cast<const T*>(at->below[digit(i, 1)].get());
    }

    /// The element for writing; `make` gives its first content. Ours alone afterwards.
    template <class Make>
    T& edit(std::size_t i, Make make) {
        grow(i);
        Branch* at = &own(root_);
        for (auto level = height_; level > 1; --level) {
            at = &own_branch(at->below[digit(i, level)]);
        }
        auto& leaf = at->below[digit(i, 1)];
        if (leaf == nullptr) {
            leaf = std::make_shared<T>(make());
        } else if (leaf.use_count() > 1) {
            leaf = std::make_shared<T>(*static_cast<const T*>(leaf.get()));
        }
        return *static_cast<T*>(leaf.get());
    }

    /// Shares an element of another trie.
    void share(std::size_t i, const Trie& other) {
        edit(i, [] { return T(); });
        *slot(i) = *const_cast<Trie&>(other).slot(i);
    }

    /// Calls `visit(i, element)` in rising order.
    template <class Visit>
    void each(Visit visit) const {
        if (root_ != nullptr) {
            each_below(*root_, height_, 0, visit);
        }
    }

    /// Calls `visit(i)` for every element that is not the very one `older` holds there.
    template <class Visit>
    void each_newer(const Trie& older, Visit visit) const {
        // What is shared is skipped whole where the trees are of equal height.
        if (root_ == nullptr || root_ == older.root_) {
            return;
        }
        if (height_ == older.height_ && older.root_ != nullptr) {
            newer_below(*root_, *older.root_, height_, 0, visit);
            return;
        }
        each([&](std::size_t i, const T& element) {
            if (older.find(i) != &element) {
                visit(i);
            }
        });
    }

  private:
    static constexpr unsigned bits = 5;
    static constexpr std::size_t width = 1U << bits;
    struct Branch {
        std::array<std::shared_ptr<void>, width> below;
    };

    std::size_t reach() const { return std::size_t{1} << (bits * height_); }
    static std::size_t digit(std::size_t i, unsigned level) {
        return (i >> (bits * (level - 1))) % width;
    }
    void grow(std::size_t i) {
        if (root_ == nullptr) {
            root_ = std::make_shared<Branch>();
            height_ = 1;
        }
        while (i >= reach()) {
            auto higher = std::make_shared<Branch>();
            higher->below[0] = std::move(root_);
            root_ = std::move(higher);
            ++height_;
        }
    }
    static Branch& own_branch(std::shared_ptr<void>& held) {
        if (held == nullptr) {
            held = std::make_shared<Branch>();
        } else if (held.use_count() > 1) {
            held = std::make_shared<Branch>(*static_cast<const Branch*>(held.get()));
        }
        return *static_cast<Branch*>(held.get());
    }
    std::shared_ptr<void>* slot(std::size_t i) {
        Branch* at = root_.get();
        for (auto level = height_; level > 1; --level) {
            at = static_cast<Branch*>(at->below[digit(i, level)].get());
        }
        return &at->below[digit(i, 1)];
    }
    template <class Visit>
    static void each_below(const Branch& branch, unsigned level, std::size_t first, Visit& visit) {
        for (std::size_t i = 0; i < width; ++i) {
            if (const auto* below = branch.below[i].get(); below != nullptr) {
                const auto at = first + (i << (bits * (level - 1)));
                if (level == 1) {
                    visit(at, *static_cast<const T*>(below));
                } else {
                    each_below(*static_cast<const Branch*>(below), level - 1, at, visit);
                }
            }
        }
    }
    template <class Visit>
    static void newer_below(const Branch& mine, const Branch& older, unsigned level,
                            std::size_t first, Visit& visit) {
        for (std::size_t i = 0; i < width; ++i) {
            const auto* below = mine.below[i].get();
            if (below == nullptr || below == older.below[i].get()) {
                continue;
            }
            const auto at = first + (i << (bits * (level - 1)));
            if (level == 1) {
                visit(at);
            } else if (older.below[i] == nullptr) {
                auto only_index = [&](std::size_t index, const T&) { visit(index); };
                each_below(*static_cast<const Branch*>(below), level - 1, at, only_index);
            } else {
                newer_below(*static_cast<const Branch*>(below),
                            *static_cast<const Branch*>(older.below[i].get()), level - 1, at,
                            visit);
            }
        }
    }

    std::shared_ptr<Branch> root_;
    unsigned height_ = 0;
};

}  // namespace khom::graph
