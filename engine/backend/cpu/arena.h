// One piece of anonymous memory for all weights, or all caches: in huge pages where the system has
// them, which make filling it three times faster than pages of 4 kB.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "engine/base/result.h"
#include "kernels/cpu/thread_pool.h"

namespace deepwell::engine::cpu {

class Arena {
public:
    Arena() = default;
    // Zeros. Errors: OutOfMemory.
    static Result<Arena> allocate(std::uint64_t bytes);
    ~Arena();
    Arena(Arena&& other) noexcept;
    Arena& operator=(Arena&& other) noexcept;
    Arena(const Arena&) = delete;
    Arena& operator=(const Arena&) = delete;

    std::byte* at(std::uint64_t offset) const { return data_ + offset; }
    std::uint64_t size() const { return size_; }

    // Has the system give every page now, so that memory is short at load and not in mid-reply.
    void touch(kernels::cpu::ThreadPool& pool) const;

private:
    std::byte* data_ = nullptr;
    std::uint64_t size_ = 0;
};

}  // namespace deepwell::engine::cpu
