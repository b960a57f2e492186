#include "kernels/cuda/gpu.h"
#include "kernels/cuda/kernels.h"

namespace deepwell::kernels::cuda {
namespace {

constexpr int kThreads = 128;

gpu::Grid grid_for(int width, int rows) {
    return {rows, (width + kThreads - 1) / kThreads};
}

// block_y, thread: column; block_x: row.
GPU_FUNCTION int column_here() {
    return gpu::block_y() * gpu::block_size() + gpu::thread();
}

GPU_FUNCTION float& element(const DeviceView& view, std::int64_t row, int column) {
    return view.data[row * view.row_stride + column];
}

GPU_KERNEL gated_unit_kernel(DeviceView gate, DeviceView up, DeviceView out) {
    const int column = column_here();
    if (column >= out.width) return;
    const float g = element(gate, gpu::block_x(), column);
    element(out, gpu::block_x(), column) =
        g / (1.0f + expf(-g)) * element(up, gpu::block_x(), column);
}

GPU_KERNEL add_kernel(DeviceView target, DeviceView source) {
    const int column = column_here();
    if (column >= target.width) return;
    element(target, gpu::block_x(), column) += element(source, gpu::block_x(), column);
}

GPU_KERNEL gather_kernel(DeviceView in, DeviceView out, const std::int32_t* wanted) {
    const int column = column_here();
    if (column >= out.width) return;
    element(out, gpu::block_x(), column) = element(in, wanted[gpu::block_x()], column);
}

}  // namespace

int gated_unit(StreamHandle stream, DeviceView gate, DeviceView up, DeviceView out, int rows) {
    return gpu::launch(gated_unit_kernel, grid_for(out.width, rows), kThreads,
                       static_cast<gpu::Stream>(stream), gate, up, out);
}

int add(StreamHandle stream, DeviceView target, DeviceView source, int rows) {
    return gpu::launch(add_kernel, grid_for(target.width, rows), kThreads,
                       static_cast<gpu::Stream>(stream), target, source);
}

int gather_rows(StreamHandle stream, DeviceView in, DeviceView out, const std::int32_t* wanted,
                int count) {
    return gpu::launch(gather_kernel, grid_for(out.width, count), kThreads,
                       static_cast<gpu::Stream>(stream), in, out, wanted);
}

}  // namespace deepwell::kernels::cuda
