// The few words that kernels are written in, so that the very same sources run on a card (nvcc) and
// on the processor (kernels/emulation). One-dimensional blocks, whole warps of 32.
//
//   gpu::thread() …            place of this thread, its block and its grid
//   gpu::sync()                all threads of the block
//   gpu::shuffle_xor(v, mask)  v of the lane whose number differs by `mask`; all 32 lanes take part
//   gpu::dp4a(a, b, c)         c + sum of four products of signed bytes
//   GPU_SHARED(type, name, n)  an array of the block; its contents are undefined at first
//   gpu::launch(…)             queues a kernel on a stream
//
// Halves are storage only: uint16_t, converted by kernels/formats/half.h or gpu::half_value.
#pragma once

#include <math.h>

#include <cstddef>
#include <cstdint>

#ifdef __CUDACC__

#include <cuda_fp16.h>

#define GPU_KERNEL static __global__ void
#define GPU_FUNCTION static __device__ __forceinline__
#define GPU_SHARED(type, name, count) __shared__ type name[count]

namespace gpu {

using Stream = cudaStream_t;

GPU_FUNCTION int thread() {
    return static_cast<int>(threadIdx.x);
}
GPU_FUNCTION int block_size() {
    return static_cast<int>(blockDim.x);
}
GPU_FUNCTION int block_x() {
    return static_cast<int>(blockIdx.x);
}
GPU_FUNCTION int block_y() {
    return static_cast<int>(blockIdx.y);
}
GPU_FUNCTION void sync() {
    __syncthreads();
}

template <class T>
GPU_FUNCTION T shuffle_xor(T value, int mask) {
    return __shfl_xor_sync(0xffffffffu, value, mask);
}

GPU_FUNCTION int dp4a(int a, int b, int c) {
#if __CUDA_ARCH__ >= 610
    return __dp4a(a, b, c);
#else
    for (int i = 0; i < 4; ++i)
        c += static_cast<signed char>(a >> 8 * i) * static_cast<signed char>(b >> 8 * i);
    return c;
#endif
}

GPU_FUNCTION float half_value(std::uint16_t half) {
    return __half2float(__ushort_as_half(half));
}

struct alignas(16) Words4 {
    std::uint32_t x, y, z, w;
};

struct Grid {
    int x = 1;
    int y = 1;
};

// 0, or the runtime's error code. Nothing waits. A grid has at least one block, at most 2^31 - 1 in
// x and 65,535 in y: what grows with the batch goes to x.
template <class Kernel, class... Arguments>
int launch(Kernel kernel, Grid grid, int block, Stream stream, Arguments... arguments) {
    kernel<<<dim3(grid.x, grid.y), block, 0, stream>>>(arguments...);
    return static_cast<int>(cudaGetLastError());
}

}  // namespace gpu

#else

#include "kernels/emulation/emulator.h"

#endif
