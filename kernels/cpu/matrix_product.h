// out[t, r] = sum over c of W[r, c] * x[t, c]   (+ bias[r])   (+ what out held)
//
// for 1 to many tokens t. Weights of any format; activations float32, or int8 by the rule where the
// weights are quantized. A result (r, t) has the same bits for any number of tokens, any split of
// the rows, any instruction set, and for packed and in-place weights: its blocks are added in
// ascending order, in one lane.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "kernels/cpu/isa.h"
#include "kernels/cpu/packed_matrix.h"
#include "kernels/cpu/thread_pool.h"

namespace deepwell::kernels::cpu {

// The input. With `quantized` the product takes the int8 rows, else the float32 ones; float weights
// (activation_kind) always take float32, and quantized weights take either.
struct Activations {
    std::int32_t tokens = 0;
    const float* values = nullptr;  // [tokens, columns], rows `stride` floats apart
    std::int64_t stride = 0;
    const std::byte* quantized = nullptr;  // of quantize_rows
    const std::int32_t* rows = nullptr;    // if given, token t is row rows[t] of the input
};

struct ProductOutput {
    float* values = nullptr;  // [tokens, rows], rows `stride` floats apart
    std::int64_t stride = 0;
    const float* bias = nullptr;  // [rows], or none
    bool add = false;             // add the result to what is there: the residual stream
};

// Rows [first, last) of W, for all tokens. `first` is a multiple of kRowGroup. Any thread.
void multiply(Isa isa, const Matrix& weights, const Activations& input, std::int64_t first,
              std::int64_t last, const ProductOutput& output);

// One product of several that share their input: Q, K, V; gate and up.
struct ProductPart {
    Matrix weights;
    ProductOutput output;
};

// All parts as one step of the pool. False if stopped; the outputs are then incomplete.
bool multiply(Isa isa, ThreadPool& pool, std::span<const ProductPart> parts,
              const Activations& input, Stop stop);

}  // namespace deepwell::kernels::cpu
