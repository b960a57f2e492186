#include "engine/bench/bandwidth.h"

#include <sys/mman.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <cstring>

namespace deepwell::engine::bench {
namespace {

constexpr std::size_t kPiece = 1 << 20;

using Lane = std::uint64_t __attribute__((vector_size(64), may_alias));

// Eight independent sums of 64 bytes each: enough loads in flight for one core's share of the bus.
std::uint64_t read_piece(const std::byte* data, std::size_t bytes) {
    Lane sums[4] = {};
    const auto* lanes = reinterpret_cast<const Lane*>(data);
    for (std::size_t i = 0; i + 4 <= bytes / sizeof(Lane); i += 4) {
        for (std::size_t j = 0; j < 4; ++j) sums[j] ^= lanes[i + j];
    }
    const Lane all = sums[0] ^ sums[1] ^ sums[2] ^ sums[3];
    std::uint64_t result = 0;
    for (int i = 0; i < 8; ++i) result ^= all[i];
    return result;
}

}  // namespace

struct BandwidthProbe::State {
    kernels::cpu::ThreadPool pool;
    std::byte* data = nullptr;
    std::size_t bytes = 0;
    std::atomic<std::uint64_t> sink{0};

    explicit State(int threads) : pool(threads) {}
};

BandwidthProbe::BandwidthProbe(std::size_t bytes, int threads)
    : state_(std::make_unique<State>(threads)) {
    bytes = bytes / kPiece * kPiece;
    void* memory = mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED) return;
    madvise(memory, bytes, MADV_HUGEPAGE);
    state_->data = static_cast<std::byte*>(memory);
    state_->bytes = bytes;
    state_->pool.run(static_cast<std::int64_t>(bytes / kPiece), [&](std::int64_t piece) {
        std::memset(state_->data + static_cast<std::size_t>(piece) * kPiece,
                    static_cast<int>(piece), kPiece);
    });
}

BandwidthProbe::~BandwidthProbe() {
    if (state_->data != nullptr) munmap(state_->data, state_->bytes);
}

double BandwidthProbe::measure() {
    if (state_->data == nullptr) return 0;
    const auto begin = std::chrono::steady_clock::now();
    state_->pool.run(static_cast<std::int64_t>(state_->bytes / kPiece), [&](std::int64_t piece) {
        state_->sink.fetch_xor(
            read_piece(state_->data + static_cast<std::size_t>(piece) * kPiece, kPiece),
            std::memory_order_relaxed);
    });
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
    return static_cast<double>(state_->bytes) / took.count();
}

}  // namespace deepwell::engine::bench
