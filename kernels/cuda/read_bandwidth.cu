// How fast the card in use reads its memory: what every rate of decoding is held against.
#include <cuda_runtime.h>

#include "kernels/cuda/device.h"
#include "kernels/cuda/gpu.h"

namespace deepwell::kernels::cuda {
namespace {

constexpr std::size_t kBytes = std::size_t{1} << 30;  // far more than any card's cache
constexpr int kThreads = 256;
constexpr int kBlocks = 2048;
constexpr int kPasses = 8;

// The sum goes nowhere unless it is one that never comes: without it nothing would be read.
__global__ void read_kernel(const gpu::Words4* memory, std::size_t count, std::uint32_t* out) {
    std::uint32_t sum = 0;
    const std::size_t step = static_cast<std::size_t>(gridDim.x) * blockDim.x;
    for (std::size_t i = blockIdx.x * blockDim.x + threadIdx.x; i < count; i += step) {
        const gpu::Words4 words = memory[i];
        sum += words.x ^ words.y ^ words.z ^ words.w;
    }
    if (sum == 0x9e3779b9u) *out = sum;
}

double passes_by_second(const gpu::Words4* memory, std::uint32_t* out) {
    cudaEvent_t begin = nullptr;
    cudaEvent_t end = nullptr;
    float milliseconds = 0;
    if (cudaEventCreate(&begin) == cudaSuccess && cudaEventCreate(&end) == cudaSuccess) {
        const std::size_t count = kBytes / sizeof(gpu::Words4);
        read_kernel<<<kBlocks, kThreads>>>(memory, count, out);  // pages and clocks warm up
        cudaEventRecord(begin);
        for (int pass = 0; pass < kPasses; ++pass) {
            read_kernel<<<kBlocks, kThreads>>>(memory, count, out);
        }
        cudaEventRecord(end);
        if (cudaEventSynchronize(end) != cudaSuccess ||
            cudaEventElapsedTime(&milliseconds, begin, end) != cudaSuccess) {
            milliseconds = 0;
        }
    }
    if (begin != nullptr) cudaEventDestroy(begin);
    if (end != nullptr) cudaEventDestroy(end);
    cudaGetLastError();  // not to be found by a later launch
    return milliseconds > 0 ? kPasses * 1000.0 / milliseconds : 0;
}

}  // namespace

double measure_read_bandwidth() {
    void* memory = nullptr;
    if (allocate(&memory, kBytes + 16) != 0) return 0;
    double passes = 0;
    if (cudaMemset(memory, 1, kBytes + 16) == cudaSuccess) {
        auto* const after = static_cast<std::uint8_t*>(memory) + kBytes;
        passes = passes_by_second(static_cast<const gpu::Words4*>(memory),
                                  reinterpret_cast<std::uint32_t*>(after));
    }
    release(memory);
    return passes * static_cast<double>(kBytes);
}

}  // namespace deepwell::kernels::cuda
