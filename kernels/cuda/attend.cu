// Causal attention with an online softmax (Milakov & Gimelshein 2018): the warps of a block share
// out the slots of one head and row, each keeps its maximum, its sum and its weighted values, and
// the first one merges them in order.
#include "kernels/cuda/cache_row.cuh"

namespace deepwell::kernels::cuda {
namespace {

constexpr int kWarps = 4;
constexpr int kPerLane = kMaxHeadWidth / 32;
constexpr float kNothing = -3.0e38f;

// block_x: row; block_y: head.
template <CacheFormat F>
GPU_KERNEL attend_kernel(DeviceCache cache, int first_slot, float scale, DeviceView query,
                         DeviceView out) {
    GPU_SHARED(float, maxima, kWarps);
    GPU_SHARED(float, sums, kWarps);
    GPU_SHARED(float, values, kWarps* kMaxHeadWidth);
    const int lane = gpu::thread() % 32;
    const int warp = gpu::thread() / 32;
    const int head = gpu::block_y();
    const std::int64_t row = gpu::block_x();
    const int kv_head = head / (query.heads / cache.kv_heads);
    const int slots = first_slot + gpu::block_x() + 1;
    const float* q = query.data + row * query.row_stride + head * query.head_stride;

    float queries[kPerLane];
    float sum_of_values[kPerLane];
    for (int i = 0; i < kPerLane; ++i) {
        const int column = 32 * i + lane;
        queries[i] = column < cache.key_width ? q[column] * scale : 0.0f;
        sum_of_values[i] = 0.0f;
    }
    float maximum = kNothing;
    float sum = 0.0f;
    for (int slot = warp; slot < slots; slot += kWarps) {
        const char* key = key_row<F>(cache, kv_head, slot);
        float score = 0.0f;
        for (int i = 0; 32 * i + lane < cache.key_width; ++i) {
            score += queries[i] * row_value<F>(key, 32 * i + lane);
        }
        for (int mask = 16; mask > 0; mask /= 2) score += gpu::shuffle_xor(score, mask);
        const float larger = fmaxf(maximum, score);
        const float keep = expf(maximum - larger);
        const float weight = expf(score - larger);
        maximum = larger;
        sum = sum * keep + weight;
        const char* value = value_row<F>(cache, kv_head, slot);
        for (int i = 0; 32 * i + lane < cache.value_width; ++i) {
            sum_of_values[i] =
                sum_of_values[i] * keep + weight * row_value<F>(value, 32 * i + lane);
        }
    }
    if (lane == 0) {
        maxima[warp] = maximum;
        sums[warp] = sum;
    }
    for (int i = 0; i < kPerLane; ++i) {
        values[warp * kMaxHeadWidth + 32 * i + lane] = sum_of_values[i];
    }
    gpu::sync();

    float largest = maxima[0];
    for (int w = 1; w < kWarps; ++w) largest = fmaxf(largest, maxima[w]);
    float total = 0.0f;
    for (int w = 0; w < kWarps; ++w) total += sums[w] * expf(maxima[w] - largest);
    float* result = out.data + row * out.row_stride + head * out.head_stride;
    for (int column = gpu::thread(); column < cache.value_width; column += 32 * kWarps) {
        float merged = 0.0f;
        for (int w = 0; w < kWarps; ++w) {
            merged += values[w * kMaxHeadWidth + column] * expf(maxima[w] - largest);
        }
        result[column] = merged / total;
    }
}

template <CacheFormat F>
int launch_attend(StreamHandle stream, const DeviceCache& cache, int first_slot, float scale,
                  DeviceView query, DeviceView out, int rows) {
    return gpu::launch(attend_kernel<F>, {rows, query.heads}, 32 * kWarps,
                       static_cast<gpu::Stream>(stream), cache, first_slot, scale, query, out);
}

}  // namespace

int attend(StreamHandle stream, const DeviceCache& cache, int first_slot, float scale,
           DeviceView query, DeviceView out, int rows) {
    switch (cache.format) {
        case CacheFormat::F32:
            return launch_attend<CacheFormat::F32>(stream, cache, first_slot, scale, query, out,
                                                   rows);
        case CacheFormat::F16:
            return launch_attend<CacheFormat::F16>(stream, cache, first_slot, scale, query, out,
                                                   rows);
        case CacheFormat::Q8_0:
            break;
    }
    return launch_attend<CacheFormat::Q8_0>(stream, cache, first_slot, scale, query, out, rows);
}

}  // namespace deepwell::kernels::cuda
