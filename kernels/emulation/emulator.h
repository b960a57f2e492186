// Runs kernels on the processor, for tests and `--device emulation`: every thread of a block is a
// fiber; barriers and warp operations are meeting points of fibers. The kernels are the same
// sources that nvcc compiles (kernels/cuda/gpu.h chooses).
//
// Caught: a barrier or warp operation that not all threads reach (reported with its places),
// writing past a shared array (canaries), reading shared memory that nobody wrote (poisoned with
// NaN), races that change the result with the order of threads (set_order), grids and shared memory
// larger than a card takes. Not caught: timing, memory order between blocks. Out-of-bounds accesses
// of global memory are found by the `asan` preset.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <tuple>
#include <type_traits>

#include "kernels/formats/half.h"

#define GPU_KERNEL static void
#define GPU_FUNCTION static inline
#define GPU_SHARED(type, name, count) \
    static const char name##_key = 0; \
    type* const name =                \
        static_cast<type*>(gpu::emulation::shared_array(&name##_key, sizeof(type) * (count)))

namespace gpu {

using Stream = void*;

namespace emulation {

// Where in a source a thread waits.
struct Place {
    const char* file;
    int line;
    bool operator==(const Place&) const = default;
};

int thread();
int block_size();
int block_x();
int block_y();
void block_barrier(Place place);
// Leaves `bits` for the warp and gives back what the lane numbered `lane ^ mask` left.
std::uint64_t exchange(std::uint64_t bits, int mask, Place place);
void* shared_array(const void* key, std::size_t bytes);

// Seeds the order in which threads run (0: ascending), for this thread's next launches.
void set_order(std::uint64_t seed);

// What went wrong in a launch on this thread, once; empty if nothing did.
std::string take_fault();

using Run = void (*)(void* kernel_and_arguments);
int run_grid(int grid_x, int grid_y, int block, Run run, void* kernel_and_arguments);

}  // namespace emulation

inline int thread() {
    return emulation::thread();
}
inline int block_size() {
    return emulation::block_size();
}
inline int block_x() {
    return emulation::block_x();
}
inline int block_y() {
    return emulation::block_y();
}

inline void sync(const char* file = __builtin_FILE(), int line = __builtin_LINE()) {
    emulation::block_barrier({file, line});
}

template <class T>
T shuffle_xor(T value, int mask, const char* file = __builtin_FILE(), int line = __builtin_LINE()) {
    static_assert(sizeof(T) == 4);
    const auto bits = std::bit_cast<std::uint32_t>(value);
    return std::bit_cast<T>(
        static_cast<std::uint32_t>(emulation::exchange(bits, mask, {file, line})));
}

inline int dp4a(int a, int b, int c) {
    for (int i = 0; i < 4; ++i) {
        c += static_cast<std::int8_t>(a >> (8 * i)) * static_cast<std::int8_t>(b >> (8 * i));
    }
    return c;
}

inline float half_value(std::uint16_t half) {
    return deepwell::kernels::half_to_float(half);
}

struct alignas(16) Words4 {
    std::uint32_t x, y, z, w;
};

struct Grid {
    int x = 1;
    int y = 1;
};

// Runs the whole grid here and now. 0, or 1 where take_fault has something to tell.
template <class... Parameters, class... Arguments>
int launch(void (*kernel)(Parameters...), Grid grid, int block, Stream, Arguments... arguments) {
    struct Call {
        void (*kernel)(Parameters...);
        std::tuple<Parameters...> arguments;
    } call{kernel, std::tuple<Parameters...>(arguments...)};
    return emulation::run_grid(
        grid.x, grid.y, block,
        [](void* opaque) {
            const Call& call = *static_cast<const Call*>(opaque);
            std::apply(call.kernel, call.arguments);
        },
        &call);
}

}  // namespace gpu
