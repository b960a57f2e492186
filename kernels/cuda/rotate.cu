#include "kernels/cuda/gpu.h"
#include "kernels/cuda/kernels.h"

namespace deepwell::kernels::cuda {
namespace {

constexpr int kThreads = 64;

// block_x: row; block_y: head; a thread takes pairs.
GPU_KERNEL rotate_kernel(DeviceView view, const float* table, int interleaved) {
    const std::int64_t row = gpu::block_x();
    float* x = view.data + row * view.row_stride + gpu::block_y() * view.head_stride;
    const int pairs = view.width / 2;
    const float* angles = table + row * 2 * pairs;
    for (int j = gpu::thread(); j < pairs; j += kThreads) {
        const int first = interleaved != 0 ? 2 * j : j;
        const int second = interleaved != 0 ? 2 * j + 1 : j + pairs;
        const float cosine = angles[2 * j];
        const float sine = angles[2 * j + 1];
        const float a = x[first];
        const float b = x[second];
        x[first] = a * cosine - b * sine;
        x[second] = a * sine + b * cosine;
    }
}

}  // namespace

int rotate(StreamHandle stream, DeviceView view, const float* table, bool interleaved, int rows) {
    return gpu::launch(rotate_kernel, {rows, view.heads}, kThreads,
                       static_cast<gpu::Stream>(stream), view, table, interleaved ? 1 : 0);
}

}  // namespace deepwell::kernels::cuda
