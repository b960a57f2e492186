#include "engine/backend/cpu/arena.h"

#include <fmt/format.h>
#include <sys/mman.h>

#include <algorithm>
#include <utility>

namespace deepwell::engine::cpu {
namespace {

constexpr std::uint64_t kHugePage = 2ull << 20;
constexpr std::uint64_t kPage = 4096;

}  // namespace

Result<Arena> Arena::allocate(std::uint64_t bytes) {
    Arena arena;
    if (bytes == 0) return arena;
    // Small arenas stay on small pages: a huge one would cost more than it holds.
    const std::uint64_t unit = bytes >= 2 * kHugePage ? kHugePage : kPage;
    const std::uint64_t size = (bytes + unit - 1) / unit * unit;
    void* memory =
        mmap(nullptr, size + unit, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED) {
        return fail(ErrorCode::OutOfMemory,
                    fmt::format("There is not enough memory: {:.1f} GB are needed in one piece.",
                                static_cast<double>(bytes) / 1e9));
    }
    // Huge pages begin at multiples of their size: cut off what stands over.
    const auto begin = reinterpret_cast<std::uintptr_t>(memory);
    const auto aligned = (begin + unit - 1) / unit * unit;
    if (aligned != begin) munmap(memory, aligned - begin);
    const auto end = begin + size + unit;
    if (end != aligned + size) {
        munmap(reinterpret_cast<void*>(aligned + size), end - aligned - size);
    }
    arena.data_ = reinterpret_cast<std::byte*>(aligned);
    arena.size_ = size;
    if (unit == kHugePage) madvise(arena.data_, arena.size_, MADV_HUGEPAGE);
    return arena;
}

Arena::~Arena() {
    if (data_ != nullptr) munmap(data_, size_);
}

Arena::Arena(Arena&& other) noexcept
    : data_(std::exchange(other.data_, nullptr)), size_(std::exchange(other.size_, 0)) {}

Arena& Arena::operator=(Arena&& other) noexcept {
    std::swap(data_, other.data_);
    std::swap(size_, other.size_);
    return *this;
}

void Arena::touch(kernels::cpu::ThreadPool& pool) const {
    const auto pieces = static_cast<std::int64_t>((size_ + kHugePage - 1) / kHugePage);
    pool.run(pieces, [&](std::int64_t piece) {
        const std::uint64_t first = static_cast<std::uint64_t>(piece) * kHugePage;
        const std::uint64_t last = std::min(size_, first + kHugePage);
        for (std::uint64_t at = first; at < last; at += kPage) {
            *static_cast<volatile std::byte*>(data_ + at) = std::byte{0};
        }
    });
}

}  // namespace deepwell::engine::cpu
