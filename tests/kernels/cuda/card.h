// Where the tests of the kernels run: by the emulator (emulated_card.cpp) or, built a second time,
// on a card (real_card.cpp). Memory that kernels are given is a CardVector.
#pragma once

#include <cstddef>
#include <cstdint>
#include <new>
#include <string>
#include <vector>

namespace deepwell::tests {

// Empty, or why these tests cannot run here.
std::string card_is_absent();

// Waits for what was launched; what went wrong since the last call, or nothing.
std::string finish();

// The order in which the emulator runs threads; a card has its own.
void set_thread_order(std::uint64_t seed);

// Memory that card and host both read and write.
void* allocate_for_both(std::size_t bytes);
void release_for_both(void* memory);

template <class T>
struct CardAllocator {
    using value_type = T;
    CardAllocator() = default;
    template <class Other>
    CardAllocator(const CardAllocator<Other>&) {}
    T* allocate(std::size_t count) {
        void* const memory = allocate_for_both(count * sizeof(T));
        if (memory == nullptr) throw std::bad_alloc();
        return static_cast<T*>(memory);
    }
    void deallocate(T* memory, std::size_t) { release_for_both(memory); }
    template <class Other>
    bool operator==(const CardAllocator<Other>&) const {
        return true;
    }
};

template <class T>
using CardVector = std::vector<T, CardAllocator<T>>;

}  // namespace deepwell::tests

// At the start of a class of tests.
#define DEEPWELL_NEEDS_CARD() \
    if (const std::string why = deepwell::tests::card_is_absent(); !why.empty()) QSKIP(why.c_str())
