// The unpackers of the formats with units of 256 columns (unpackers.h).
#pragma once

#include "kernels/cpu/product/unpackers.h"

namespace deepwell::kernels::cpu {

template <class L>
struct Unpacker<L, Format::Q2_K> : UnpackSteps<L> {
    static constexpr int kUnitBlocks = 8, kPhases = 4, kWords = 21, kTail = 0;
    static constexpr bool kInOrder = false;
    static constexpr int kQuadBlocks = 4;
    using Steps = UnpackSteps<L>;
    DEEPWELL_INLINE void head(const std::uint8_t* words, const std::uint8_t*, UnitHead<L>& head) {
        const auto dm = Steps::plane(words, 0);
        head.d = L::low_halves(dm);
        head.m = UnpackSteps<L>::negate(L::high_halves(dm));
        const auto four = L::set_int(0x0f0f0f0fu);
        for (int w = 0; w < 4; ++w) {
            const auto both = Steps::plane(words, 1 + w);
            Steps::bytes_to_floats(L::bit_and(both, four), head.scales + 4 * w, 1);
            Steps::bytes_to_floats(L::bit_and(L::template shift_right<4>(both), four),
                                   head.minima + 4 * w, 1);
        }
    }
    template <int kPhase>
    DEEPWELL_INLINE void codes(const std::uint8_t* words, int block, typename L::Ints (&out)[8]) {
        const std::uint8_t* qs = words + 64 * (5 + 8 * (block / 4));
        const auto mask = L::set_int(0x03030303u);
#pragma GCC unroll 8
        for (int q = 0; q < 8; ++q) {
            out[q] = L::bit_and(L::template shift_right<2 * kPhase>(Steps::plane(qs, q)), mask);
        }
    }
    DEEPWELL_INLINE void quads(const std::uint8_t* words, int block, int q,
                               typename L::Ints (&out)[4]) {
        Steps::two_bit_quads(Steps::plane(words, 5 + 2 * block + q), out);
    }
};

template <class L>
struct Unpacker<L, Format::TQ2_0> : UnpackSteps<L> {
    static constexpr int kUnitBlocks = 8, kPhases = 4, kWords = 16, kTail = 2;
    static constexpr bool kInOrder = false;
    static constexpr int kQuadBlocks = 4;
    using Steps = UnpackSteps<L>;
    DEEPWELL_INLINE void head(const std::uint8_t*, const std::uint8_t* tail, UnitHead<L>& head) {
        head.d = L::load_halves(tail);
    }
    template <int kPhase>
    DEEPWELL_INLINE void codes(const std::uint8_t* words, int block, typename L::Ints (&out)[8]) {
        const std::uint8_t* qs = words + 64 * 8 * (block / 4);
        const auto mask = L::set_int(0x03030303u);
#pragma GCC unroll 8
        for (int q = 0; q < 8; ++q) {
            out[q] = L::bit_and(L::template shift_right<2 * kPhase>(Steps::plane(qs, q)), mask);
        }
    }
    DEEPWELL_INLINE void quads(const std::uint8_t* words, int block, int q,
                               typename L::Ints (&out)[4]) {
        Steps::two_bit_quads(Steps::plane(words, 2 * block + q), out);
    }
};

// Bytes hold five ternary digits each as a fraction. Digit n of the first 32 bytes is block n; of
// the next 16 bytes half a block; the last four bytes hold four digits of four columns.
template <class L>
struct Unpacker<L, Format::TQ1_0> : UnpackSteps<L> {
    static constexpr int kUnitBlocks = 8, kPhases = 8, kWords = 13, kTail = 2;
    using Steps = UnpackSteps<L>;
    DEEPWELL_INLINE void head(const std::uint8_t*, const std::uint8_t* tail, UnitHead<L>& head) {
        head.d = L::load_halves(tail);
    }
    template <int kPhase>
    DEEPWELL_INLINE void codes(const std::uint8_t* words, int, typename L::Ints (&out)[8]) {
        if constexpr (kPhase < 5) {
#pragma GCC unroll 8
            for (int q = 0; q < 8; ++q) out[q] = L::template digit<kPhase>(Steps::plane(words, q));
        } else {
            constexpr int kFirst = 2 * (kPhase - 5);
#pragma GCC unroll 4
            for (int q = 0; q < 4; ++q) {
                const auto word = Steps::plane(words, 8 + q);
                out[q] = L::template digit<kFirst>(word);
                if constexpr (kPhase < 7) out[q + 4] = L::template digit<kFirst + 1>(word);
            }
            if constexpr (kPhase == 7) {
                const auto last = Steps::plane(words, 12);
                out[4] = L::template digit<0>(last);
                out[5] = L::template digit<1>(last);
                out[6] = L::template digit<2>(last);
                out[7] = L::template digit<3>(last);
            }
        }
    }
};

template <class L>
struct Unpacker<L, Format::Q3_K> : UnpackSteps<L> {
    static constexpr int kUnitBlocks = 8, kPhases = 4, kWords = 27, kTail = 2;
    static constexpr bool kInOrder = false;
    static constexpr int kQuadBlocks = 8;
    using Steps = UnpackSteps<L>;
    DEEPWELL_INLINE void head(const std::uint8_t* words, const std::uint8_t* tail,
                              UnitHead<L>& head) {
        head.d = L::load_halves(tail);
        const auto a = Steps::plane(words, 0), b = Steps::plane(words, 1),
                   c = Steps::plane(words, 2);
        const auto four = L::set_int(0x0f0f0f0fu), upper = L::set_int(0x30303030u);
        Steps::bytes_to_floats(
            L::bit_or(L::bit_and(a, four), L::bit_and(L::template shift_left<4>(c), upper)),
            head.scales, 1);
        Steps::bytes_to_floats(
            L::bit_or(L::bit_and(b, four), L::bit_and(L::template shift_left<2>(c), upper)),
            head.scales + 4, 1);
        Steps::bytes_to_floats(
            L::bit_or(L::bit_and(L::template shift_right<4>(a), four), L::bit_and(c, upper)),
            head.scales + 8, 1);
        Steps::bytes_to_floats(L::bit_or(L::bit_and(L::template shift_right<4>(b), four),
                                         L::bit_and(L::template shift_right<2>(c), upper)),
                               head.scales + 12, 1);
        const auto offset = L::set(32.0f);
        for (int k = 0; k < 16; ++k) head.scales[k] = L::sub(head.scales[k], offset);
    }
    template <int kPhase>
    DEEPWELL_INLINE void codes(const std::uint8_t* words, int block, typename L::Ints (&out)[8]) {
        const auto mask = L::set_int(0x03030303u), one = L::set_int(0x01010101u);
#pragma GCC unroll 8
        for (int q = 0; q < 8; ++q) {
            const auto low = L::bit_and(
                L::template shift_right<2 * kPhase>(Steps::plane(words, 3 * q + 4 + block / 4)),
                mask);
            const auto bit =
                L::bit_and(L::shift_right_by(Steps::plane(words, 3 * q + 3), block), one);
            out[q] = L::bit_or(low, L::template shift_left<2>(bit));
        }
    }
    DEEPWELL_INLINE void quads(const std::uint8_t* words, int, int q, typename L::Ints (&out)[8]) {
        const auto high = Steps::plane(words, 3 * q + 3);
        typename L::Ints low[2][4];
        Steps::two_bit_quads(Steps::plane(words, 3 * q + 4), low[0]);
        Steps::two_bit_quads(Steps::plane(words, 3 * q + 5), low[1]);
        const auto mask = L::set_int(0x04040404u);
        out[0] = L::bit_or(low[0][0], L::bit_and(L::template shift_left<2>(high), mask));
        out[1] = L::bit_or(low[0][1], L::bit_and(L::template shift_left<1>(high), mask));
        out[2] = L::bit_or(low[0][2], L::bit_and(high, mask));
        out[3] = L::bit_or(low[0][3], L::bit_and(L::template shift_right<1>(high), mask));
        out[4] = L::bit_or(low[1][0], L::bit_and(L::template shift_right<2>(high), mask));
        out[5] = L::bit_or(low[1][1], L::bit_and(L::template shift_right<3>(high), mask));
        out[6] = L::bit_or(low[1][2], L::bit_and(L::template shift_right<4>(high), mask));
        out[7] = L::bit_or(low[1][3], L::bit_and(L::template shift_right<5>(high), mask));
    }
};

template <class L>
struct Unpacker<L, Format::Q4_K> : UnpackSteps<L> {
    static constexpr int kUnitBlocks = 8, kPhases = 2, kWords = 36, kTail = 0;
    using Steps = UnpackSteps<L>;
    DEEPWELL_INLINE void head(const std::uint8_t* words, const std::uint8_t*, UnitHead<L>& head) {
        Steps::k_head(words, head);
    }
    template <int kPhase>
    DEEPWELL_INLINE void codes(const std::uint8_t* words, int block, typename L::Ints (&out)[8]) {
        const std::uint8_t* qs = words + 64 * (4 + 8 * (block / 2));
        const auto mask = L::set_int(0x0f0f0f0fu);
#pragma GCC unroll 8
        for (int q = 0; q < 8; ++q) {
            out[q] = L::bit_and(L::template shift_right<4 * kPhase>(Steps::plane(qs, q)), mask);
        }
    }
};

template <class L>
struct Unpacker<L, Format::Q5_K> : UnpackSteps<L> {
    static constexpr int kUnitBlocks = 8, kPhases = 2, kWords = 44, kTail = 0;
    static constexpr bool kInOrder = false;
    static constexpr int kQuadBlocks = 8;
    using Steps = UnpackSteps<L>;
    DEEPWELL_INLINE void head(const std::uint8_t* words, const std::uint8_t*, UnitHead<L>& head) {
        Steps::k_head(words, head);
    }
    template <int kPhase>
    DEEPWELL_INLINE void codes(const std::uint8_t* words, int block, typename L::Ints (&out)[8]) {
        const auto mask = L::set_int(0x0f0f0f0fu), one = L::set_int(0x01010101u);
#pragma GCC unroll 8
        for (int q = 0; q < 8; ++q) {
            const auto low = L::bit_and(
                L::template shift_right<4 * kPhase>(Steps::plane(words, 5 * q + 5 + block / 2)),
                mask);
            const auto high =
                L::bit_and(L::shift_right_by(Steps::plane(words, 5 * q + 4), block), one);
            out[q] = L::bit_or(low, L::template shift_left<4>(high));
        }
    }
    DEEPWELL_INLINE void quads(const std::uint8_t* words, int, int q, typename L::Ints (&out)[8]) {
        const auto mask = L::set_int(0x0f0f0f0fu);
#pragma GCC unroll 4
        for (int i = 0; i < 4; ++i) {
            const auto word = Steps::plane(words, 5 * q + 5 + i);
            out[2 * i] = L::bit_and(word, mask);
            out[2 * i + 1] = L::bit_and(L::template shift_right<4>(word), mask);
        }
        // Bit b of each byte belongs to block b, as it belongs to quad b in Q5_0.
        Steps::fifth_bits(Steps::plane(words, 5 * q + 4), out);
    }
};

template <class L>
struct Unpacker<L, Format::Q6_K> : UnpackSteps<L> {
    static constexpr int kUnitBlocks = 8, kPhases = 4, kWords = 52, kTail = 2;
    static constexpr bool kInOrder = false;
    static constexpr int kQuadBlocks = 4;
    using Steps = UnpackSteps<L>;
    DEEPWELL_INLINE void head(const std::uint8_t* words, const std::uint8_t* tail,
                              UnitHead<L>& head) {
        head.d = L::load_halves(tail);
        for (int w = 0; w < 4; ++w) {
            // Signed bytes: moved up by 128 and back.
            const auto four = L::bit_xor(Steps::plane(words, w), L::set_int(0x80808080u));
            Steps::bytes_to_floats(four, head.scales + 4 * w, 1);
        }
        const auto offset = L::set(128.0f);
        for (int k = 0; k < 16; ++k) head.scales[k] = L::sub(head.scales[k], offset);
    }
    template <int kPhase>
    DEEPWELL_INLINE void codes(const std::uint8_t* words, int block, typename L::Ints (&out)[8]) {
        const std::uint8_t* half = words + 64 * (4 + 24 * (block / 4));
        const auto mask = L::set_int(0x0f0f0f0fu), upper = L::set_int(0x30303030u);
#pragma GCC unroll 8
        for (int q = 0; q < 8; ++q) {
            const auto low = L::bit_and(
                L::template shift_right<kPhase / 2 * 4>(Steps::plane(half, 3 * q + kPhase % 2)),
                mask);
            const auto word = Steps::plane(half, 3 * q + 2);
            const auto high =
                kPhase < 2 ? L::template shift_left < kPhase < 2 ? 4 - 2 * kPhase : 0 > (word)
                : L::template shift_right < kPhase < 2 ? 0
                                                       : 2 * kPhase - 4 > (word);
            out[q] = L::bit_or(low, L::bit_and(high, upper));
        }
    }
    DEEPWELL_INLINE void quads(const std::uint8_t* words, int block, int q,
                               typename L::Ints (&out)[4]) {
        const std::uint8_t* three = words + 64 * (4 + 6 * block + 3 * q);
        const auto a = Steps::plane(three, 0), b = Steps::plane(three, 1),
                   high = Steps::plane(three, 2);
        const auto mask = L::set_int(0x0f0f0f0fu), upper = L::set_int(0x30303030u);
        out[0] = L::bit_or(L::bit_and(a, mask), L::bit_and(L::template shift_left<4>(high), upper));
        out[1] = L::bit_or(L::bit_and(b, mask), L::bit_and(L::template shift_left<2>(high), upper));
        out[2] =
            L::bit_or(L::bit_and(L::template shift_right<4>(a), mask), L::bit_and(high, upper));
        out[3] = L::bit_or(L::bit_and(L::template shift_right<4>(b), mask),
                           L::bit_and(L::template shift_right<2>(high), upper));
    }
};

template <class L>
struct Unpacker<L, Format::IQ4_XS> : UnpackSteps<L> {
    static constexpr int kUnitBlocks = 8, kPhases = 1, kWords = 34, kTail = 0;
    using Steps = UnpackSteps<L>;
    DEEPWELL_INLINE void head(const std::uint8_t* words, const std::uint8_t*, UnitHead<L>& head) {
        const auto first = Steps::plane(words, 0), low = Steps::plane(words, 1);
        head.d = L::low_halves(first);
        const auto four = L::set_int(15), two = L::set_int(0x30);
        const auto offset = L::set(32.0f);
        for (int b = 0; b < 8; ++b) {
            // Bits 2 b of the upper half, to bits 4 and 5; the word has four bits above them.
            const auto high = L::shift_right_by(first, 12 + 2 * b);
            const auto scale =
                L::bit_or(L::bit_and(L::shift_right_by(low, 4 * b), four), L::bit_and(high, two));
            head.scales[b] = L::sub(L::to_floats(scale), offset);
        }
    }
    template <int>
    DEEPWELL_INLINE void codes(const std::uint8_t* words, int block, typename L::Ints (&out)[8]) {
        Steps::nibble_order(words + 64 * (2 + 4 * block), out);
        Steps::look_up_all(kIq4Codes, out);
    }
};

}  // namespace deepwell::kernels::cpu
