// Fills the table of one instruction set from the kernels' templates.
#pragma once

#include "kernels/cpu/attention/attention_kernel.h"
#include "kernels/cpu/kernel_table.h"
#include "kernels/cpu/product/code_book_kernel.h"
#include "kernels/cpu/product/float_kernel.h"
#include "kernels/cpu/product/int8_kernel.h"
#include "kernels/cpu/product/quad_kernel.h"
#include "kernels/cpu/product/row_unpackers.h"
#include "kernels/cpu/product/tile_floats.h"
#include "kernels/cpu/small/small_kernels.h"

namespace deepwell::kernels::cpu {

template <class L, class Kernel, int kTokens>
struct DirectEntry {
    static void run(const std::uint8_t* group, std::int64_t blocks,
                    const ActivationRecord* const* x, float* sums) {
        const ActivationRecord* tokens[kTokens];
        for (int t = 0; t < kTokens; ++t) tokens[t] = x[t];
        for (int lane = 0; lane < 16; lane += L::kWidth) {
            Kernel::run(group, lane, blocks, tokens, sums + lane);
        }
    }
};

template <class L, class Kernel, int kTokens>
struct TileEntry {
    static void run(const Tile& tile, int blocks, const ActivationRecord* const* x,
                    std::int64_t first_block, float* sums) {
        const ActivationRecord* tokens[kTokens];
        for (int t = 0; t < kTokens; ++t) tokens[t] = x[t];
        for (int lane = 0; lane < 16; lane += L::kWidth) {
            Kernel::run(tile, lane, blocks, tokens, first_block, sums + lane);
        }
    }
};

template <class L>
struct TransposeEntry {
    static void run(const std::uint8_t* codes, int row_stride, Tile& tile) {
        for (int part = 0; part < 4; ++part) {
            L::transpose(codes + 64 * part, row_stride, tile.codes + 64 * 16 * part);
        }
    }
};

// The kernels that read tiles: all quantized formats have them.
template <class L, Format kFormat>
static constexpr Int8Kernels tile_kernels() {
    using T = typename TraitsOf<kFormat>::type;
    Int8Kernels kernels{};
    kernels.scales = kTileBlocks * T::kScales;
    kernels.minima = T::kSuper ? kTileBlocks * T::kMinima : 0;
    kernels.ds = T::kSuper ? 1 : kTileBlocks;
    kernels.ms = T::kMinima == 0 ? 0 : kernels.ds;
    kernels.unpack_row = row_unpacker(kFormat);
    kernels.tile_one = TileEntry<L, TileKernel<L, T, 1>, 1>::run;
    kernels.tile_few = TileEntry<L, TileKernel<L, T, kFewTokens>, kFewTokens>::run;
    kernels.tile_many = TileEntry<L, TileKernel<L, T, L::kTokenTile>, L::kTokenTile>::run;
    kernels.to_floats = TileFloats<L, T>::run;
    return kernels;
}

// And those that read rows of a code-book format; the scalar set goes by way of tiles.
template <class L, Format kFormat>
static constexpr Int8Kernels code_book_kernels() {
    Int8Kernels kernels = tile_kernels<L, kFormat>();
#if defined(__AVX2__)
    kernels.rows_one = CodeBookKernel<L, kFormat>::run;
#endif
    return kernels;
}

// And those that read packed groups.
template <class L, Format kFormat>
static constexpr Int8Kernels packed_kernels() {
    Int8Kernels kernels = tile_kernels<L, kFormat>();
    if constexpr (Unpacker<L, kFormat>::kQuadBlocks > 0) {
        kernels.one = DirectEntry<L, QuadKernel<L, kFormat>, 1>::run;
    } else {
        kernels.one = DirectEntry<L, DirectKernel<L, kFormat, 1>, 1>::run;
    }
    kernels.few = DirectEntry<L, DirectKernel<L, kFormat, kFewTokens>, kFewTokens>::run;
    kernels.write_tile = TileWriter<L, kFormat>::run;
    return kernels;
}

template <class L, class Plane>
static constexpr FloatKernels float_kernels() {
    return {FloatKernel<L, Plane, 1>::run, FloatKernel<L, Plane, kFewTokens>::run};
}

template <class L>
static constexpr KernelTable make_table() {
    KernelTable table{};
    table.token_tile = L::kTokenTile;
    const auto row = [&table](Format format) -> Int8Kernels& {
        return table.int8[static_cast<std::uint32_t>(format)];
    };
    row(Format::Q4_0) = packed_kernels<L, Format::Q4_0>();
    row(Format::Q4_1) = packed_kernels<L, Format::Q4_1>();
    row(Format::Q5_0) = packed_kernels<L, Format::Q5_0>();
    row(Format::Q5_1) = packed_kernels<L, Format::Q5_1>();
    row(Format::Q8_0) = packed_kernels<L, Format::Q8_0>();
    row(Format::Q2_K) = packed_kernels<L, Format::Q2_K>();
    row(Format::Q3_K) = packed_kernels<L, Format::Q3_K>();
    row(Format::Q4_K) = packed_kernels<L, Format::Q4_K>();
    row(Format::Q5_K) = packed_kernels<L, Format::Q5_K>();
    row(Format::Q6_K) = packed_kernels<L, Format::Q6_K>();
    row(Format::IQ4_NL) = packed_kernels<L, Format::IQ4_NL>();
    row(Format::IQ4_XS) = packed_kernels<L, Format::IQ4_XS>();
    row(Format::TQ1_0) = packed_kernels<L, Format::TQ1_0>();
    row(Format::TQ2_0) = packed_kernels<L, Format::TQ2_0>();
    row(Format::MXFP4) = packed_kernels<L, Format::MXFP4>();
    row(Format::MXFP4).float_one = Mxfp4FloatKernel<L>::run;
    row(Format::IQ1_S) = code_book_kernels<L, Format::IQ1_S>();
    row(Format::IQ1_M) = code_book_kernels<L, Format::IQ1_M>();
    row(Format::IQ2_XXS) = code_book_kernels<L, Format::IQ2_XXS>();
    row(Format::IQ2_XS) = code_book_kernels<L, Format::IQ2_XS>();
    row(Format::IQ2_S) = code_book_kernels<L, Format::IQ2_S>();
    row(Format::IQ3_XXS) = code_book_kernels<L, Format::IQ3_XXS>();
    row(Format::IQ3_S) = code_book_kernels<L, Format::IQ3_S>();
    table.f32 = float_kernels<L, Float32Plane<L>>();
    table.f16 = float_kernels<L, HalfPlane<L>>();
    table.bf16 = float_kernels<L, BfloatPlane<L>>();
    table.transpose = TransposeEntry<L>::run;
    table.quantize_row = QuantizeKernel<L>::run;
    table.gated_unit = GatedUnitKernel<L>::run;
    table.attend_chunk = AttentionKernel<L>::run;
    table.merge_states = AttentionKernel<L>::merge_states;
    table.finish_state = AttentionKernel<L>::finish;
    return table;
}

}  // namespace deepwell::kernels::cpu
