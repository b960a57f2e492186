// A tile's weights as float32 planes: for products of quantized weights with float activations.
#pragma once

#include "kernels/cpu/product/int8_kernel.h"

namespace deepwell::kernels::cpu {

// values: [32 * blocks columns][16 rows]; each weight as the format's decoder gives it, but for the
// sign of zero.
template <class L, class T>
struct TileFloats {
    static void run(const Tile& tile, int blocks, float* values) {
        using R = TileReader<L, T>;
        const auto byte = L::set_int(0xff);
        const auto offset =
            L::set(T::kOffsetBits < 0 ? 0.0f : static_cast<float>(1 << (T::kOffsetBits & 31)));
        for (int lane = 0; lane < 16; lane += L::kWidth) {
            for (int b = 0; b < blocks; ++b) {
                typename L::Ints codes[8];
                UnitHead<L> head;
                R::head(tile, lane, T::kSuper ? 0 : b, head);
                R::codes(tile, lane, b, codes);
                for (int q = 0; q < 8; ++q) {
                    auto scale = head.d;
                    if constexpr (T::kScales > 0) {
                        const int index = T::kScales * b + (T::kScales == 2 ? q / 4 : 0);
                        scale = L::mul(head.d, R::scale(tile, lane, index));
                    }
                    auto shift = L::set(0.0f);
                    if constexpr (T::kMinima > 0) {
                        shift = head.m;
                        if constexpr (T::kSuper) {
                            const int index = T::kMinima * b + (T::kMinima == 2 ? q / 4 : 0);
                            shift = L::mul(head.m, R::minimum(tile, lane, index));
                        }
                    }
                    for (int k = 0; k < 4; ++k) {
                        const auto code = L::bit_and(L::shift_right_by(codes[q], 8 * k), byte);
                        const auto value = L::sub(L::to_floats(code), offset);
                        L::store(values + 16 * (32 * b + 4 * q + k) + lane,
                                 L::add(L::mul(scale, value), shift));
                    }
                }
            }
        }
    }
};

// MXFP4 with one row of float activations, straight from the packed form: its values come from a
// table of sixteen floats. The sums and their order are those of FloatKernel over the decoded
// weights.
template <class L>
struct Mxfp4FloatKernel {
    using U = Unpacker<L, Format::MXFP4>;
    using Floats = typename L::Floats;

    // sums [16].
    static void run(const std::uint8_t* group, std::int64_t blocks, const float* x, float* sums) {
        static constexpr float kValues[16] = {0, 1,  2,  3,  4,  6,  8,  12,
                                              0, -1, -2, -3, -4, -6, -8, -12};
        const auto table = L::load_signed_table(kValues);
        for (int lane = 0; lane < 16; lane += L::kWidth) {
            Floats row = L::set(0.0f);
            for (std::int64_t b = 0; b < blocks; b += kTileBlocks) {
                Floats sum[4];
#pragma GCC unroll 4
                for (int k = 0; k < 4; ++k) sum[k] = L::set(0.0f);
                const std::int64_t end = b + kTileBlocks < blocks ? b + kTileBlocks : blocks;
                for (std::int64_t block = b; block < end; ++block) {
                    const std::uint8_t* words =
                        group + packed_words_at(block, U::kWords, U::kTail) + 4 * lane;
                    const std::uint8_t* tail =
                        group + packed_tail_at(block, U::kWords, U::kTail) + lane * U::kTail;
                    UnitHead<L> head;
                    U::head(words, tail, head);
                    quads<0>(table, words, head.d, x + 32 * block, sum);
                    quads<1>(table, words, head.d, x + 32 * block + 16, sum);
                }
                row = L::add(row, L::add(L::add(sum[0], sum[1]), L::add(sum[2], sum[3])));
            }
            L::store(sums + lane, row);
        }
    }

private:
    // Four quads: the low or the high nibbles of the block's words.
    template <int kHigh>
    DEEPWELL_INLINE void quads(const typename L::SignedTable& table, const std::uint8_t* words,
                               Floats d, const float* x, Floats (&sum)[4]) {
#pragma GCC unroll 4
        for (int w = 0; w < 4; ++w) {
            const auto word = L::load_ints(words + 64 * w);
            const float* four = x + 4 * w;
            sum[0] = L::fma(weight<4 * kHigh>(table, word, d), L::set(four[0]), sum[0]);
            sum[1] = L::fma(weight<4 * kHigh + 8>(table, word, d), L::set(four[1]), sum[1]);
            sum[2] = L::fma(weight<4 * kHigh + 16>(table, word, d), L::set(four[2]), sum[2]);
            sum[3] = L::fma(weight<4 * kHigh + 24>(table, word, d), L::set(four[3]), sum[3]);
        }
    }

    template <int kShift>
    DEEPWELL_INLINE Floats weight(const typename L::SignedTable& table,
                                  const typename L::Ints& word, Floats d) {
        return L::mul(d, L::look_up_signed(table, L::template shift_right<kShift>(word)));
    }
};

}  // namespace deepwell::kernels::cpu
