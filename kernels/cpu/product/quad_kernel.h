// One token with a packed group whose planes hold codes of several blocks: Q6_K's upper bits serve
// four blocks, Q5_K's eight. All these blocks are summed side by side, quad by quad, so that each
// plane is read once and all of them from front to back: the processor's own prefetching follows
// that at the full read bandwidth (measured on Zen 4; asking for lines ahead only takes from it).
// The sums are those of Int8Sums; whole numbers have no order.
#pragma once

#include "kernels/cpu/product/int8_kernel.h"

namespace deepwell::kernels::cpu {

template <class L, Format kFormat>
struct QuadKernel {
    using T = typename TraitsOf<kFormat>::type;
    using U = Unpacker<L, kFormat>;
    using Floats = typename L::Floats;
    using Ints = typename L::Ints;

    static constexpr int kBlocks = U::kQuadBlocks;
    static constexpr int kParts = T::kScales == 2 ? 2 : 1;  // sums of a block
    static_assert(kBlocks > 0 && T::kSuper);

    struct Unit {
        UnitHead<L> head;
        Floats u, v;
    };

    // kBlocks blocks of the unit from `block` on; x: the records of its first block.
    DEEPWELL_INLINE void add_blocks(Unit& unit, const std::uint8_t* words, int block,
                                    const ActivationRecord* x) {
        Ints sums[kBlocks][kParts];
#pragma GCC unroll 8
        for (int b = 0; b < kBlocks; ++b) {
#pragma GCC unroll 2
            for (int part = 0; part < kParts; ++part) {
                sums[b][part] = L::set_int(0);
                if constexpr (T::kOffsetBits >= 0) {
                    const ActivationRecord& record = x[block + b];
                    const std::int32_t minus =
                        kParts == 2 ? record.minus_sum_half[part] : record.minus_sum;
                    sums[b][part] =
                        L::set_int(static_cast<std::uint32_t>(minus) << (T::kOffsetBits & 31));
                }
            }
        }
#pragma GCC unroll 8
        for (int q = 0; q < 8; ++q) {
            Ints codes[kBlocks];
            U::quads(words, block, q, codes);
#pragma GCC unroll 8
            for (int b = 0; b < kBlocks; ++b) {
                Ints& sum = sums[b][kParts == 2 ? q / 4 : 0];
                sum = L::add_quad(sum, codes[b], x[block + b].q + 4 * q);
            }
        }
#pragma GCC unroll 8
        for (int b = 0; b < kBlocks; ++b) {
            const ActivationRecord& record = x[block + b];
            const Floats* scales = unit.head.scales + T::kScales * (block + b);
            const Floats* minima = unit.head.minima + T::kMinima * (block + b);
            Floats sum = L::to_floats(sums[b][0]);
            if constexpr (T::kScales > 0) sum = L::mul(sum, scales[0]);
            if constexpr (kParts == 2) {
                sum = L::fma(L::to_floats(sums[b][kParts - 1]), scales[1], sum);
            }
            unit.u = L::fma(sum, L::set(record.d), unit.u);
            if constexpr (T::kMinima == 1) {
                unit.v = L::fma(minima[0], L::set(record.d_sum), unit.v);
            } else if constexpr (T::kMinima == 2) {
                unit.v = L::fma(minima[0], L::set(record.d_sum_half[0]), unit.v);
                unit.v = L::fma(minima[1], L::set(record.d_sum_half[1]), unit.v);
            }
        }
    }

    // As DirectKernel's.
    static void run(const std::uint8_t* group, int lane, std::int64_t blocks,
                    const ActivationRecord* const (&x)[1], float* out) {
        PackedStream<U> stream(group, lane);
        Floats row = L::set(0.0f);
        for (std::int64_t i = 0; i < blocks / 8; ++i) {
            const std::uint8_t* words = stream.begin_unit(i);
            Unit unit;
            U::head(words, stream.tail, unit.head);
            unit.u = L::set(0.0f);
            unit.v = L::set(0.0f);
#pragma GCC unroll 2
            for (int block = 0; block < 8; block += kBlocks) {
                add_blocks(unit, words, block, x[0] + 8 * i);
            }
            row = L::fma(unit.head.d, unit.u, row);
            if constexpr (T::kMinima != 0) row = L::fma(unit.head.m, unit.v, row);
        }
        L::store(out, row);
    }
};

}  // namespace deepwell::kernels::cpu
