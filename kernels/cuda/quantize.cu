#include "kernels/cuda/gpu.h"
#include "kernels/cuda/kernels.h"
#include "kernels/cuda/planes.h"
#include "kernels/formats/activation.h"

namespace deepwell::kernels::cuda {
namespace {

// A thread takes one block of 32: block_x counts rows, block_y groups of blocks of a row.
GPU_KERNEL quantize_kernel(DeviceView x, ActivationUnit* units, int unit_count) {
    const int block = gpu::block_y() * gpu::block_size() + gpu::thread();
    if (block >= unit_count * 8) return;
    const int row = gpu::block_x();
    const int columns = x.width;
    const float* from = x.data + static_cast<std::int64_t>(row) * x.row_stride;
    ActivationUnit& unit = units[static_cast<std::int64_t>(row) * unit_count + block / 8];

    float values[kActivationBlock];
    std::int8_t q[kActivationBlock];
    for (int i = 0; i < kActivationBlock; ++i) {
        const int column = block * kActivationBlock + i;
        values[i] = column < columns ? from[column] : 0.0f;
    }
    const float d = quantize_activation_block(values, q);
    std::int32_t sums[2] = {0, 0};
    for (int i = 0; i < kActivationBlock; ++i) {
        sums[i / 16] += q[i];
        unit.q[block % 8 * kActivationBlock + i] = q[i];
    }
    unit.d[block % 8] = d;
    unit.scaled_sum[block % 8] = d * static_cast<float>(sums[0] + sums[1]);
    unit.sum16[block % 8 * 2] = sums[0];
    unit.sum16[block % 8 * 2 + 1] = sums[1];
}

}  // namespace

int quantize_activations(StreamHandle stream, DeviceView x, int rows, ActivationUnit* units) {
    const int unit_count = static_cast<int>(units_of(x.width));
    constexpr int kThreads = 64;
    return gpu::launch(quantize_kernel, {rows, (unit_count * 8 + kThreads - 1) / kThreads},
                       kThreads, static_cast<gpu::Stream>(stream), x, units, unit_count);
}

}  // namespace deepwell::kernels::cuda
