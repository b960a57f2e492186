// Products of int8 activations with quantized weights, on lanes. The sums: traits.h.
#pragma once

#include "kernels/cpu/product/activation_record.h"
#include "kernels/cpu/product/packed_layout.h"
#include "kernels/cpu/product/tile.h"
#include "kernels/cpu/product/unit_unpackers.h"

namespace deepwell::kernels::cpu {

// Reads a tile as the unpackers read packed units. `half` 0 or 1: which rows, if a register
// holds 8.
template <class L, class T>
struct TileReader {
    DEEPWELL_INLINE void head(const Tile& tile, int lane, int block, UnitHead<L>& head) {
        head.d = L::load(tile.d + 16 * block + lane);
        if constexpr (T::kMinima != 0) head.m = L::load(tile.m + 16 * block + lane);
    }
    DEEPWELL_INLINE void codes(const Tile& tile, int lane, int block, typename L::Ints (&out)[8]) {
#pragma GCC unroll 8
        for (int q = 0; q < 8; ++q) {
            out[q] = L::load_ints(tile.codes + 64 * (8 * block + q) + 4 * lane);
        }
    }
    DEEPWELL_INLINE typename L::Floats scale(const Tile& tile, int lane, int index) {
        return L::load(tile.scales + 16 * index + lane);
    }
    DEEPWELL_INLINE typename L::Floats minimum(const Tile& tile, int lane, int index) {
        return L::load(tile.minima + 16 * index + lane);
    }
};

// Sums of one lane register of rows for kTokens tokens.
template <class L, class T, int kTokens>
struct Int8Sums {
    using Floats = typename L::Floats;
    using Ints = typename L::Ints;

    Floats row[kTokens];
    Floats u[kTokens];
    Floats v[kTokens];

    DEEPWELL_INLINE void begin_unit(Int8Sums& s) {
        if constexpr (T::kSuper) {
#pragma GCC unroll 8
            for (int t = 0; t < kTokens; ++t) {
                s.u[t] = L::set(0.0f);
                s.v[t] = L::set(0.0f);
            }
        }
    }

    // One block of 32 columns. d, m: of single-block formats; scales, minima: of super-blocks.
    DEEPWELL_INLINE void add_block(Int8Sums& s, const Ints (&codes)[8], Floats d, Floats m,
                                   const Floats (&scale)[2], const Floats (&minimum)[2],
                                   const ActivationRecord* const (&x)[kTokens],
                                   std::int64_t block) {
#pragma GCC unroll 8
        for (int t = 0; t < kTokens; ++t) {
            const ActivationRecord& record = x[t][block];
            Floats sum;
            if constexpr (T::kScales == 2) {
                sum = L::mul(L::to_floats(L::template dot<T::kRange, T::kOffsetBits, 0, 4>(
                                 codes, record.q, record.minus_sum_half[0])),
                             scale[0]);
                sum = L::fma(L::to_floats(L::template dot<T::kRange, T::kOffsetBits, 4, 4>(
                                 codes, record.q, record.minus_sum_half[1])),
                             scale[1], sum);
            } else {
                sum = L::to_floats(L::template dot<T::kRange, T::kOffsetBits, 0, 8>(
                    codes, record.q, record.minus_sum));
                if constexpr (T::kScales == 1) sum = L::mul(sum, scale[0]);
            }
            if constexpr (T::kSuper) {
                s.u[t] = L::fma(sum, L::set(record.d), s.u[t]);
                if constexpr (T::kMinima == 1) {
                    s.v[t] = L::fma(minimum[0], L::set(record.d_sum), s.v[t]);
                } else if constexpr (T::kMinima == 2) {
                    s.v[t] = L::fma(minimum[0], L::set(record.d_sum_half[0]), s.v[t]);
                    s.v[t] = L::fma(minimum[1], L::set(record.d_sum_half[1]), s.v[t]);
                }
            } else {
                s.row[t] = L::fma(d, L::mul(sum, L::set(record.d)), s.row[t]);
                if constexpr (T::kMinima != 0) {
                    s.row[t] = L::fma(m, L::set(record.d_sum), s.row[t]);
                }
            }
        }
    }

    DEEPWELL_INLINE void end_unit(Int8Sums& s, Floats d, Floats m) {
        if constexpr (T::kSuper) {
#pragma GCC unroll 8
            for (int t = 0; t < kTokens; ++t) {
                s.row[t] = L::fma(d, s.u[t], s.row[t]);
                if constexpr (T::kMinima != 0) s.row[t] = L::fma(m, s.v[t], s.row[t]);
            }
        }
    }
};

// Walks over the units of a packed group.
template <class U>
struct PackedStream {
    static constexpr std::int64_t kTogether = blocks_a_tail_plane(U::kTail);

    const std::uint8_t* words;
    const std::uint8_t* tail = nullptr;
    const int lane;

    DEEPWELL_METHOD PackedStream(const std::uint8_t* group, int first_lane)
        : words(group + 4 * first_lane), lane(first_lane) {}

    // The words of the unit, which is the one after the last; `tail` is then its tail.
    DEEPWELL_METHOD const std::uint8_t* begin_unit(std::int64_t unit) {
        if constexpr (U::kTail > 0) {
            if (unit % kTogether == 0) {
                tail = words - 4 * lane + lane * U::kTail;
                words += 64;
            } else {
                tail += 16 * U::kTail;
            }
        }
        const std::uint8_t* own = words;
        words += 64 * U::kWords;
        return own;
    }
};

// All blocks of a packed group, straight from the packed form: for few tokens.
// sums: [kTokens][16], at this half's lane.
template <class L, Format kFormat, int kTokens>
struct DirectKernel {
    using T = typename TraitsOf<kFormat>::type;
    using U = Unpacker<L, kFormat>;
    using S = Int8Sums<L, T, kTokens>;

    // How far ahead of the work memory is asked for, in planes: 16 kB.
    static constexpr int kAheadWords = 250;

    // Planes that are read out of order, or again and again, are not followed by the processor's
    // own prefetching (measured on Zen 4: Q6_K 9 GB/s a core without this, 21 with it; into the
    // first cache instead of the second: 10). The last ones reach behind the matrix, which does no
    // harm.
    DEEPWELL_INLINE void prefetch(const std::uint8_t* words) {
        constexpr int kLines = (U::kWords * U::kPhases + U::kUnitBlocks - 1) / U::kUnitBlocks;
#pragma GCC unroll 32
        for (int line = 0; line < kLines; ++line) {
            __builtin_prefetch(words + 64 * (kAheadWords + line), 0, 2);
        }
    }

    template <int kPhase>
    DEEPWELL_INLINE void phases(S& sums, const UnitHead<L>& head, const std::uint8_t* words,
                                int block, const ActivationRecord* const (&x)[kTokens],
                                std::int64_t first_block) {
        typename L::Ints codes[8];
        U::template codes<kPhase>(words, block + kPhase, codes);
        typename L::Floats scale[2], minimum[2];
        const int b = block + kPhase;
        if constexpr (T::kScales > 0) {
#pragma GCC unroll 2
            for (int k = 0; k < T::kScales; ++k) scale[k] = head.scales[T::kScales * b + k];
        }
        if constexpr (T::kSuper && T::kMinima > 0) {
#pragma GCC unroll 2
            for (int k = 0; k < T::kMinima; ++k) minimum[k] = head.minima[T::kMinima * b + k];
        }
        S::add_block(sums, codes, head.d, head.m, scale, minimum, x, first_block + b);
        if constexpr (kPhase + 1 < U::kPhases) {
            phases<kPhase + 1>(sums, head, words, block, x, first_block);
        }
    }

    // `blocks` blocks of 32 columns, a multiple of U::kUnitBlocks.
    static void run(const std::uint8_t* group, int lane, std::int64_t blocks,
                    const ActivationRecord* const (&x)[kTokens], float* out) {
        const std::int64_t units = blocks / U::kUnitBlocks;
        PackedStream<U> stream(group, lane);
        S sums;
#pragma GCC unroll 8
        for (int t = 0; t < kTokens; ++t) sums.row[t] = L::set(0.0f);
        for (std::int64_t unit = 0; unit < units; ++unit) {
            const std::uint8_t* words = stream.begin_unit(unit);
            UnitHead<L> head;
            if constexpr (!T::kSuper || T::kMinima == 0) head.m = L::set(0.0f);
            U::head(words, stream.tail, head);
            S::begin_unit(sums);
            for (int b = 0; b < U::kUnitBlocks; b += U::kPhases) {
                if constexpr (!U::kInOrder) prefetch(words + 64 * (U::kWords * b / U::kUnitBlocks));
                phases<0>(sums, head, words, b, x, unit * U::kUnitBlocks);
            }
            S::end_unit(sums, head.d, head.m);
        }
#pragma GCC unroll 8
        for (int t = 0; t < kTokens; ++t) L::store(out + 16 * t, sums.row[t]);
    }
};

// The blocks of one tile, added to sums [kTokens][16] at `lane`.
template <class L, class T, int kTokens>
struct TileKernel {
    using S = Int8Sums<L, T, kTokens>;
    using R = TileReader<L, T>;

    static void run(const Tile& tile, int lane, int blocks,
                    const ActivationRecord* const (&x)[kTokens], std::int64_t first_block,
                    float* out) {
        S sums;
        UnitHead<L> head;
        head.m = L::set(0.0f);
        if constexpr (T::kSuper) R::head(tile, lane, 0, head);
#pragma GCC unroll 8
        for (int t = 0; t < kTokens; ++t) sums.row[t] = L::load(out + 16 * t);
        S::begin_unit(sums);
        for (int b = 0; b < blocks; ++b) {
            typename L::Ints codes[8];
            R::codes(tile, lane, b, codes);
            typename L::Floats scale[2], minimum[2];
            if constexpr (!T::kSuper) R::head(tile, lane, b, head);
#pragma GCC unroll 2
            for (int k = 0; k < T::kScales; ++k) {
                scale[k] = R::scale(tile, lane, T::kScales * b + k);
            }
            if constexpr (T::kSuper) {
#pragma GCC unroll 2
                for (int k = 0; k < T::kMinima; ++k) {
                    minimum[k] = R::minimum(tile, lane, T::kMinima * b + k);
                }
            }
            S::add_block(sums, codes, head.d, head.m, scale, minimum, x, first_block + b);
        }
        S::end_unit(sums, head.d, head.m);
#pragma GCC unroll 8
        for (int t = 0; t < kTokens; ++t) L::store(out + 16 * t, sums.row[t]);
    }
};

// A packed unit (or eight single blocks) into a tile.
template <class L, Format kFormat>
struct TileWriter {
    using T = typename TraitsOf<kFormat>::type;
    using U = Unpacker<L, kFormat>;

    template <int kPhase>
    DEEPWELL_INLINE void phases(Tile& tile, int lane, const std::uint8_t* words, int block,
                                int to_block) {
        typename L::Ints codes[8];
        U::template codes<kPhase>(words, block + kPhase, codes);
#pragma GCC unroll 8
        for (int q = 0; q < 8; ++q) {
            L::store_ints(tile.codes + 64 * (8 * (to_block + kPhase) + q) + 4 * lane, codes[q]);
        }
        if constexpr (kPhase + 1 < U::kPhases) {
            phases<kPhase + 1>(tile, lane, words, block, to_block);
        }
    }

    // Reads `blocks` blocks (at most 8) from first_block on.
    static void run(const std::uint8_t* group, std::int64_t first_block, int blocks, Tile& tile) {
        for (int lane = 0; lane < 16; lane += L::kWidth) {
            std::int64_t unit = first_block / U::kUnitBlocks;
            for (int to = 0; to < blocks; to += U::kUnitBlocks, ++unit) {
                const std::uint8_t* words =
                    group + packed_words_at(unit, U::kWords, U::kTail) + 4 * lane;
                const std::uint8_t* tail =
                    group + packed_tail_at(unit, U::kWords, U::kTail) + lane * U::kTail;
                UnitHead<L> head;
                U::head(words, tail, head);
                L::store(tile.d + 16 * to + lane, head.d);
                if constexpr (T::kMinima != 0) L::store(tile.m + 16 * to + lane, head.m);
                if constexpr (T::kSuper) {
                    for (int k = 0; k < 8 * T::kScales; ++k) {
                        L::store(tile.scales + 16 * k + lane, head.scales[k]);
                    }
                    for (int k = 0; k < 8 * T::kMinima; ++k) {
                        L::store(tile.minima + 16 * k + lane, head.minima[k]);
                    }
                }
                for (int b = 0; b < U::kUnitBlocks; b += U::kPhases) {
                    phases<0>(tile, lane, words, b, to + b);
                }
            }
        }
    }
};

}  // namespace deepwell::kernels::cpu
