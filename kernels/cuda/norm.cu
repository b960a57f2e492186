#include "kernels/cuda/gpu.h"
#include "kernels/cuda/kernels.h"

namespace deepwell::kernels::cuda {
namespace {

constexpr int kThreads = 128;

// block_x: row; block_y: head.
GPU_KERNEL norm_kernel(DeviceView in, DeviceView out, const float* weight, float epsilon) {
    GPU_SHARED(float, partial, kThreads / 32);
    const std::int64_t row = gpu::block_x();
    const float* x = in.data + row * in.row_stride + gpu::block_y() * in.head_stride;
    float* y = out.data + row * out.row_stride + gpu::block_y() * out.head_stride;

    float sum = 0.0f;
    for (int c = gpu::thread(); c < in.width; c += kThreads) sum += x[c] * x[c];
    for (int mask = 16; mask > 0; mask /= 2) sum += gpu::shuffle_xor(sum, mask);
    if (gpu::thread() % 32 == 0) partial[gpu::thread() / 32] = sum;
    gpu::sync();
    float all = 0.0f;
    for (int w = 0; w < kThreads / 32; ++w) all += partial[w];
    const float scale = 1.0f / sqrtf(all / static_cast<float>(in.width) + epsilon);
    for (int c = gpu::thread(); c < in.width; c += kThreads) y[c] = x[c] * scale * weight[c];
}

}  // namespace

int rms_norm(StreamHandle stream, DeviceView in, DeviceView out, const float* weight, float epsilon,
             int rows) {
    return gpu::launch(norm_kernel, {rows, in.heads}, kThreads, static_cast<gpu::Stream>(stream),
                       in, out, weight, epsilon);
}

}  // namespace deepwell::kernels::cuda
