// Everything that is launched on the card, behind plain types: one function a kernel family, each
// in the .cu file of its name. All memory is the device's unless "host" is said. Launches queue on
// the stream and return 0 or the runtime's code (device.h); nothing waits.
//
// Results do not depend on the batch: a row of a product sums its units in the same order for one
// column as for many, and attention visits slots in the same order.
#pragma once

#include <cstdint>

#include "kernels/cuda/device.h"
#include "kernels/formats/format.h"

namespace deepwell::kernels::cuda {

// Some columns of a buffer [rows, row_stride], seen as heads of `width` columns, `head_stride`
// apart: data[row * row_stride + head * head_stride + column].
struct DeviceView {
    float* data = nullptr;
    int row_stride = 0;
    int heads = 1;
    int width = 0;
    int head_stride = 0;
};

// 256 activations by the rule of kernels/formats/activation.h, and the sums that products need.
struct ActivationUnit {
    std::int8_t q[256];
    float d[8];              // of each block of 32
    float scaled_sum[8];     // d * sum of the block's q
    std::int32_t sum16[16];  // sums of 16 q
};

// x [rows, columns] -> units [rows, units_of(columns)]; columns beyond the end are zeros.
int quantize_activations(StreamHandle stream, DeviceView x, int rows, ActivationUnit* units);

struct CodeBooks;

// out[t, r] = sum_c W[r, c] x[t, c] (+ bias[r]) for `tokens` columns.
struct Product {
    Format format = Format::F32;
    const void* weight = nullptr;
    std::int64_t rows = 0;
    std::int64_t columns = 0;
    const float* bias = nullptr;  // may be null
    float* out = nullptr;
    int out_stride = 0;                     // floats from token to token
    const CodeBooks* code_books = nullptr;  // code_books.h; IQ formats and MXFP4 read it
};
// Quantized weights in unit planes (planes.h), activations in units.
int multiply_quantized(StreamHandle stream, const Product& product, const ActivationUnit* x,
                       int tokens);
// Float activations, `x_stride` floats from token to token: F32, F16, BF16 and MXFP4 weights.
int multiply_float(StreamHandle stream, const Product& product, const float* x, int x_stride,
                   int tokens);

// RMS norm of each head of each row: out = in / sqrt(mean(in^2) + epsilon) * weight[width].
int rms_norm(StreamHandle stream, DeviceView in, DeviceView out, const float* weight, float epsilon,
             int rows);

// Turns pairs of each head by the angles of the table: table[row][pair] = (cos, sin), magnitude
// included. interleaved: pairs (2j, 2j+1), else (j, j + width/2).
int rotate(StreamHandle stream, DeviceView view, const float* table, bool interleaved, int rows);

// Keys and values of one layer: rows [kv_heads][slots] of keys, then the same of values.
enum class CacheFormat { F32, F16, Q8_0 };
struct DeviceCache {
    void* memory = nullptr;
    CacheFormat format = CacheFormat::F16;
    int kv_heads = 0;
    int key_width = 0;
    int value_width = 0;
    int capacity = 0;  // slots
};
std::uint64_t cache_row_bytes(CacheFormat format, int width);
std::uint64_t cache_bytes(const DeviceCache& cache);
// `rows` rows to the slots from `first_slot` on.
int write_cache(StreamHandle stream, const DeviceCache& cache, int first_slot, DeviceView key,
                DeviceView value, int rows);

// out[t, h] = softmax over slots 0 … first_slot + t of scale * q . k, times v; KV head of h is
// h / (H / kv_heads). Head widths up to 256.
constexpr int kMaxHeadWidth = 256;
int attend(StreamHandle stream, const DeviceCache& cache, int first_slot, float scale,
           DeviceView query, DeviceView out, int rows);

// out = silu(gate) * up; target += source; out[i] = in[wanted[i]]. Views of one head.
int gated_unit(StreamHandle stream, DeviceView gate, DeviceView up, DeviceView out, int rows);
int add(StreamHandle stream, DeviceView target, DeviceView source, int rows);
int gather_rows(StreamHandle stream, DeviceView in, DeviceView out, const std::int32_t* wanted,
                int count);

}  // namespace deepwell::kernels::cuda
