// Packed units taken apart on lanes: 32 columns of kWidth rows become eight registers of codes, a
// lane holding four columns of one row ("quads").
//
// Unpacker<L, format>:
//   kUnitBlocks     blocks of 32 columns that share d (1, or 8 of a super-block)
//   kPhases         the unit's blocks repeat with this period in how their codes are stored
//   kInOrder        see UnpackSteps
//   kWords, kTail   words and tail bytes of a file block (packed_layout.h)
//   head(words, tail, head)          d, m and all scales and minima of the unit as floats
//   codes<phase>(words, block, out)  the codes of block `block`, which has that phase
//   kQuadBlocks     so many blocks share their planes, or 0: see quad_kernel.h
//   quads(words, block, q, out)      quad q of the kQuadBlocks blocks from `block` on
// `words` points to the unit's first plane, at this half's lanes; `tail` likewise.
#pragma once

#include "kernels/cpu/product/traits.h"
#include "kernels/formats/code_books.h"

namespace deepwell::kernels::cpu {

// Scales and minima of a unit; single blocks use d and m alone.
template <class L>
struct UnitHead {
    typename L::Floats d, m;
    typename L::Floats scales[16];
    typename L::Floats minima[16];
};

template <class L, Format kFormat>
struct Unpacker;

// What most unpackers need.
template <class L>
struct UnpackSteps {
    using Ints = typename L::Ints;
    using Floats = typename L::Floats;

    // Whether a unit's planes are read in the order of their places, each once.
    static constexpr bool kInOrder = true;
    static constexpr int kQuadBlocks = 0;

    DEEPWELL_INLINE Ints plane(const std::uint8_t* words, int index) {
        return L::load_ints(words + 64 * index);
    }

    DEEPWELL_INLINE Floats negate(Floats x) {
        return L::from_bits(L::bit_xor(L::bits(x), L::set_int(0x80000000u)));
    }

    // Four bytes a lane (scales of four blocks) as floats, `stride` places apart.
    DEEPWELL_INLINE void bytes_to_floats(Ints four, Floats* to, int stride) {
        const Ints mask = L::set_int(0xff);
        to[0] = L::to_floats(L::bit_and(four, mask));
        to[stride] = L::to_floats(L::bit_and(L::template shift_right<8>(four), mask));
        to[2 * stride] = L::to_floats(L::bit_and(L::template shift_right<16>(four), mask));
        to[3 * stride] = L::to_floats(L::template shift_right<24>(four));
    }

    // Eight planes of four words: low nibbles are quads 0 .. 3, high ones quads 4 .. 7.
    DEEPWELL_INLINE void nibble_order(const std::uint8_t* words, Ints (&out)[8]) {
        const Ints mask = L::set_int(0x0f0f0f0fu);
#pragma GCC unroll 4
        for (int w = 0; w < 4; ++w) {
            const Ints word = plane(words, w);
            out[w] = L::bit_and(word, mask);
            out[w + 4] = L::bit_and(L::template shift_right<4>(word), mask);
        }
    }

    // Codes of two bits: those of four blocks in one plane.
    DEEPWELL_INLINE void two_bit_quads(Ints word, Ints (&out)[4]) {
        const Ints mask = L::set_int(0x03030303u);
        out[0] = L::bit_and(word, mask);
        out[1] = L::bit_and(L::template shift_right<2>(word), mask);
        out[2] = L::bit_and(L::template shift_right<4>(word), mask);
        out[3] = L::bit_and(L::template shift_right<6>(word), mask);
    }

    DEEPWELL_INLINE void fifth_bits(Ints high, Ints (&out)[8]) {
        const Ints mask = L::set_int(0x10101010u);
        // Bit q of each byte belongs to quad q: moved to bit 4.
        out[0] = L::bit_or(out[0], L::bit_and(L::template shift_left<4>(high), mask));
        out[1] = L::bit_or(out[1], L::bit_and(L::template shift_left<3>(high), mask));
        out[2] = L::bit_or(out[2], L::bit_and(L::template shift_left<2>(high), mask));
        out[3] = L::bit_or(out[3], L::bit_and(L::template shift_left<1>(high), mask));
        out[4] = L::bit_or(out[4], L::bit_and(high, mask));
        out[5] = L::bit_or(out[5], L::bit_and(L::template shift_right<1>(high), mask));
        out[6] = L::bit_or(out[6], L::bit_and(L::template shift_right<2>(high), mask));
        out[7] = L::bit_or(out[7], L::bit_and(L::template shift_right<3>(high), mask));
    }

    DEEPWELL_INLINE void look_up_all(const std::uint8_t* table, Ints (&out)[8]) {
        const auto loaded = L::load_table(table);
#pragma GCC unroll 8
        for (int q = 0; q < 8; ++q) out[q] = L::look_up(loaded, out[q]);
    }

    // The four planes of a head of Q4_K and Q5_K.
    DEEPWELL_INLINE void k_head(const std::uint8_t* words, UnitHead<L>& head) {
        const Ints dm = plane(words, 0), y = plane(words, 1), z = plane(words, 2),
                   w = plane(words, 3);
        const Ints six = L::set_int(0x3f3f3f3fu), four = L::set_int(0x0f0f0f0fu),
                   upper = L::set_int(0x30303030u);
        head.d = L::low_halves(dm);
        head.m = UnpackSteps<L>::negate(L::high_halves(dm));
        bytes_to_floats(L::bit_and(y, six), head.scales, 1);
        bytes_to_floats(L::bit_and(z, six), head.minima, 1);
        bytes_to_floats(
            L::bit_or(L::bit_and(w, four), L::bit_and(L::template shift_right<2>(y), upper)),
            head.scales + 4, 1);
        bytes_to_floats(L::bit_or(L::bit_and(L::template shift_right<4>(w), four),
                                  L::bit_and(L::template shift_right<2>(z), upper)),
                        head.minima + 4, 1);
    }
};

// IQ4's values moved up by 128, MXFP4's by 16.
static constexpr std::uint8_t kIq4Codes[16] = {1,   24,  45,  63,  79,  93,  106, 118,
                                               129, 141, 153, 166, 181, 197, 217, 241};
static constexpr std::uint8_t kMxfp4Codes[16] = {16, 17, 18, 19, 20, 22, 24, 28,
                                                 16, 15, 14, 13, 12, 10, 8,  4};

template <class L>
struct Unpacker<L, Format::Q4_0> : UnpackSteps<L> {
    static constexpr int kUnitBlocks = 1, kPhases = 1, kWords = 4, kTail = 2;
    DEEPWELL_INLINE void head(const std::uint8_t*, const std::uint8_t* tail, UnitHead<L>& head) {
        head.d = L::load_halves(tail);
    }
    template <int>
    DEEPWELL_INLINE void codes(const std::uint8_t* words, int, typename L::Ints (&out)[8]) {
        UnpackSteps<L>::nibble_order(words, out);
    }
};

template <class L>
struct Unpacker<L, Format::Q4_1> : UnpackSteps<L> {
    static constexpr int kUnitBlocks = 1, kPhases = 1, kWords = 5, kTail = 0;
    DEEPWELL_INLINE void head(const std::uint8_t* words, const std::uint8_t*, UnitHead<L>& head) {
        const auto dm = L::load_ints(words);
        head.d = L::low_halves(dm);
        head.m = L::high_halves(dm);
    }
    template <int>
    DEEPWELL_INLINE void codes(const std::uint8_t* words, int, typename L::Ints (&out)[8]) {
        UnpackSteps<L>::nibble_order(words + 64, out);
    }
};

template <class L>
struct Unpacker<L, Format::Q5_0> : UnpackSteps<L> {
    static constexpr int kUnitBlocks = 1, kPhases = 1, kWords = 5, kTail = 2;
    DEEPWELL_INLINE void head(const std::uint8_t*, const std::uint8_t* tail, UnitHead<L>& head) {
        head.d = L::load_halves(tail);
    }
    template <int>
    DEEPWELL_INLINE void codes(const std::uint8_t* words, int, typename L::Ints (&out)[8]) {
        UnpackSteps<L>::nibble_order(words + 64, out);
        UnpackSteps<L>::fifth_bits(L::load_ints(words), out);
    }
};

template <class L>
struct Unpacker<L, Format::Q5_1> : UnpackSteps<L> {
    static constexpr int kUnitBlocks = 1, kPhases = 1, kWords = 6, kTail = 0;
    DEEPWELL_INLINE void head(const std::uint8_t* words, const std::uint8_t*, UnitHead<L>& head) {
        const auto dm = L::load_ints(words);
        head.d = L::low_halves(dm);
        head.m = L::high_halves(dm);
    }
    template <int>
    DEEPWELL_INLINE void codes(const std::uint8_t* words, int, typename L::Ints (&out)[8]) {
        UnpackSteps<L>::nibble_order(words + 128, out);
        UnpackSteps<L>::fifth_bits(L::load_ints(words + 64), out);
    }
};

template <class L>
struct Unpacker<L, Format::Q8_0> : UnpackSteps<L> {
    static constexpr int kUnitBlocks = 1, kPhases = 1, kWords = 8, kTail = 2;
    DEEPWELL_INLINE void head(const std::uint8_t*, const std::uint8_t* tail, UnitHead<L>& head) {
        head.d = L::load_halves(tail);
    }
    template <int>
    DEEPWELL_INLINE void codes(const std::uint8_t* words, int, typename L::Ints (&out)[8]) {
        const auto offset = L::set_int(0x80808080u);
#pragma GCC unroll 8
        for (int w = 0; w < 8; ++w) out[w] = L::bit_xor(L::load_ints(words + 64 * w), offset);
    }
};

template <class L>
struct Unpacker<L, Format::IQ4_NL> : Unpacker<L, Format::Q4_0> {
    template <int>
    DEEPWELL_INLINE void codes(const std::uint8_t* words, int, typename L::Ints (&out)[8]) {
        UnpackSteps<L>::nibble_order(words, out);
        UnpackSteps<L>::look_up_all(kIq4Codes, out);
    }
};

template <class L>
struct Unpacker<L, Format::MXFP4> : UnpackSteps<L> {
    static constexpr int kUnitBlocks = 1, kPhases = 1, kWords = 4, kTail = 1;
    DEEPWELL_INLINE void head(const std::uint8_t*, const std::uint8_t* tail, UnitHead<L>& head) {
        // 2^(e - 128) as a product of two normal powers of two, since it may be subnormal.
        const auto e = L::load_byte_lanes(tail);
        const auto half = L::template shift_right<1>(e);
        const auto rest = L::bit_and(e, L::set_int(1));
        const auto bias = L::set_int(63);
        const auto first = L::add_ints(half, bias);
        head.d = L::mul(L::from_bits(L::template shift_left<23>(first)),
                        L::from_bits(L::template shift_left<23>(L::add_ints(first, rest))));
    }
    template <int>
    DEEPWELL_INLINE void codes(const std::uint8_t* words, int, typename L::Ints (&out)[8]) {
        UnpackSteps<L>::nibble_order(words, out);
        UnpackSteps<L>::look_up_all(kMxfp4Codes, out);
    }
};

}  // namespace deepwell::kernels::cpu
