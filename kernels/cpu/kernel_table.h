// What each instruction set provides; the common code reaches the kernels only through this.
#pragma once

#include <cstddef>
#include <cstdint>

#include "kernels/cpu/isa.h"
#include "kernels/cpu/product/activation_record.h"
#include "kernels/cpu/product/row_unpack.h"
#include "kernels/cpu/product/tile.h"
#include "kernels/formats/format.h"

namespace deepwell::kernels::cpu {

constexpr int kFormatNumbers = 40;  // one more than the largest

// sums: [tokens][16], 64-byte aligned. x: one pointer a token, to its first record.
// `tokens` as the function's place in the table says: the caller repeats a token to fill a tile.
using DirectProduct = void (*)(const std::uint8_t* group, std::int64_t blocks,
                               const ActivationRecord* const* x, float* sums);
using TileProduct = void (*)(const Tile& tile, int blocks, const ActivationRecord* const* x,
                             std::int64_t first_block, float* sums);
using WriteTile = void (*)(const std::uint8_t* group, std::int64_t first_block, int blocks,
                           Tile& tile);
// Sixteen rows' codes into a tile's.
using TransposeCodes = void (*)(const std::uint8_t* codes, int row_stride, Tile& tile);
// Weights of a tile as floats, [columns][16 rows].
using TileToFloats = void (*)(const Tile& tile, int blocks, float* values);

// Float planes [columns][16 rows] of float32, halves or bfloats times `tokens` rows of float32.
// Adds one chunk of up to 256 columns to sums [tokens][16].
using FloatProduct = void (*)(const std::uint8_t* planes, int columns, const float* const* x,
                              float* sums);

// One row of float32 with packed quantized weights, without a tile between. sums [16].
using DirectFloatProduct = void (*)(const std::uint8_t* group, std::int64_t blocks, const float* x,
                                    float* sums);

// One token with sixteen rows in the file's layout: the start of each. sums [16].
using RowsProduct = void (*)(const std::uint8_t* const* rows, std::int64_t blocks,
                             const ActivationRecord* x, float* sums);

constexpr int kFewTokens = 4;

struct Int8Kernels {
    // Of the format's traits: what a tile holds beside codes.
    int scales = 0;  // in all
    int minima = 0;
    int ds = 0;
    int ms = 0;
    UnpackRow unpack_row = nullptr;  // of weights in the file's layout
    DirectProduct one = nullptr;     // 1 token; null for formats that stay in the file's layout
    DirectProduct few = nullptr;     // kFewTokens
    RowsProduct rows_one = nullptr;  // 1 token, for formats that stay in the file's layout
    WriteTile write_tile = nullptr;
    TileProduct tile_one = nullptr;
    TileProduct tile_few = nullptr;   // kFewTokens
    TileProduct tile_many = nullptr;  // KernelTable::token_tile
    TileToFloats to_floats = nullptr;
    DirectFloatProduct float_one = nullptr;  // MXFP4 alone
};

struct FloatKernels {
    FloatProduct one = nullptr;
    FloatProduct few = nullptr;
};

struct AttentionTask;

struct KernelTable {
    int token_tile = 0;
    Int8Kernels int8[kFormatNumbers];
    FloatKernels f32, f16, bf16;
    TransposeCodes transpose = nullptr;
    void (*quantize_row)(const float* x, std::int64_t columns, ActivationRecord* records) = nullptr;
    void (*gated_unit)(const float* gate, const float* up, std::int64_t count,
                       float* out) = nullptr;
    void (*attend_chunk)(const AttentionTask& task) = nullptr;
    void (*merge_states)(const float* later, std::int32_t value_width, float* state) = nullptr;
    void (*finish_state)(const float* state, std::int32_t value_width, float* out) = nullptr;
};

const KernelTable& scalar_kernels();
const KernelTable& avx2_kernels();
const KernelTable& avx512_kernels();

// The table of an instruction set that is available.
const KernelTable& kernels_of(Isa isa);

}  // namespace deepwell::kernels::cpu
