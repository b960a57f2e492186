// One token with sixteen rows of IQ3_XXS or IQ3_S, for AVX-512 with byte permutes (VBMI): the code
// book as four tables of bytes, value k of each entry, in which 64 indices are looked up at once.
//
//   P[k]  byte j: value k of quad j, the 64 quads of a row's unit     by look-up
//   Q[m]  four lanes of 128 bits, lane l: columns 64 l + 16 m ...     by interleaving the four P
//   X[m]  the activations in the same places, once for all rows; a row's signs are masks over them
//   sums  Q[0] X[0] + Q[1] X[1] are the blocks 2 l, the others the blocks 2 l + 1: four partial
//   sums
//         each, of which those of four rows are folded into a lane of 128 bits
//
// The way by words of a table (code_book_kernel.h) spends five times the instructions on these two
// formats, since an entry gives it four weights only.
#pragma once

#include <immintrin.h>

#include "kernels/cpu/product/activation_record.h"
#include "kernels/cpu/product/code_book_tables.h"
#include "kernels/cpu/simd/avx512_lanes.h"

namespace deepwell::kernels::cpu {

template <int kEntries>
struct BytePlanes {
    alignas(64) std::uint8_t plane[4][kEntries];
};

template <int kEntries>
static constexpr BytePlanes<kEntries> byte_planes(const CodeTable<std::uint32_t, kEntries>& table) {
    BytePlanes<kEntries> planes{};
    for (int i = 0; i < kEntries; ++i) {
        for (int k = 0; k < 4; ++k) {
            planes.plane[k][i] = static_cast<std::uint8_t>(table.entry[i] >> (8 * k));
        }
    }
    return planes;
}

// 256 entries; `upper`: indices of 128 and more.
DEEPWELL_INLINE __m512i look_up_256(const std::uint8_t* table, __m512i index, __mmask64 upper) {
    const auto part = [&](int i) __attribute__((always_inline)) {
        return _mm512_load_si512(table + 64 * i);
    };
    const __m512i low = _mm512_permutex2var_epi8(part(0), index, part(1));
    const __m512i high = _mm512_permutex2var_epi8(part(2), index, part(3));
    return _mm512_mask_blend_epi8(upper, low, high);
}

template <Format kFormat>
struct Avx512VbmiIq3Row;

template <>
struct Avx512VbmiIq3Row<Format::IQ3_XXS> {
    static constexpr int kBytes = sizeof(BlockIQ3_XXS);
    static constexpr int kScaleBytes = 8;
    static constexpr float kFactor = 0.25f;
    static constexpr auto kPlanes = byte_planes(kIq3Xxs);

    DEEPWELL_INLINE void look_up(const std::uint8_t* unit, __m512i (&planes)[4]) {
        const __m512i index = _mm512_loadu_si512(unit + 2);
        const __mmask64 upper = _mm512_movepi8_mask(index);
#pragma GCC unroll 4
        for (int k = 0; k < 4; ++k) planes[k] = look_up_256(kPlanes.plane[k], index, upper);
    }
    // A sign bit a column: seven of each word's, and the eighth that makes their number even.
    DEEPWELL_INLINE __m256i signs(const std::uint8_t* unit) {
        const __m256i words = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(unit + 66));
        const __m256i places = _mm256_set1_epi64x(0x352e2720150e0700);
        const __m256i seven =
            _mm256_and_si256(_mm256_multishift_epi64_epi8(places, words), _mm256_set1_epi8(0x7f));
        const __m256i nibble = _mm256_set1_epi8(0x0f);
        const __m256i folded = _mm256_and_si256(
            _mm256_xor_si256(seven, _mm256_and_si256(_mm256_srli_epi16(seven, 4), nibble)), nibble);
        const __m256i odd = _mm256_broadcastsi128_si256(
            _mm_setr_epi8(0, -128, -128, 0, -128, 0, 0, -128, -128, 0, 0, -128, 0, -128, -128, 0));
        return _mm256_or_si256(seven, _mm256_shuffle_epi8(odd, folded));
    }
    // Eight bytes.
    DEEPWELL_INLINE void store_scales(const std::uint8_t* unit, std::uint8_t* to) {
        const __m256i words = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(unit + 66));
        _mm_storel_epi64(reinterpret_cast<__m128i*>(to),
                         _mm256_cvtepi32_epi8(_mm256_srli_epi32(words, 28)));
    }
    // [16 rows][8] to a register a block.
    DEEPWELL_INLINE void load_scales(const std::uint8_t* scales, __m512i (&out)[8]) {
        alignas(64) std::uint8_t columns[8][16];
        for (int r = 0; r < 16; ++r) {
            for (int b = 0; b < 8; ++b) columns[b][r] = scales[8 * r + b];
        }
#pragma GCC unroll 8
        for (int b = 0; b < 8; ++b) out[b] = Avx512Lanes::load_byte_lanes(columns[b]);
    }
};

template <>
struct Avx512VbmiIq3Row<Format::IQ3_S> {
    static constexpr int kBytes = sizeof(BlockIQ3_S);
    static constexpr int kScaleBytes = 4;
    static constexpr float kFactor = 1.0f;
    static constexpr auto kPlanes = byte_planes(kIq3S);

    DEEPWELL_INLINE void look_up(const std::uint8_t* unit, __m512i (&planes)[4]) {
        const __m512i index = _mm512_loadu_si512(unit + 2);
        const __mmask64 upper = _mm512_movepi8_mask(index);
        std::uint64_t ninth;  // bit t of byte b belongs to quad 8 b + t
        __builtin_memcpy(&ninth, unit + 66, 8);
#pragma GCC unroll 4
        for (int k = 0; k < 4; ++k) {
            const __m512i low = look_up_256(kPlanes.plane[k], index, upper);
            const __m512i high = look_up_256(kPlanes.plane[k] + 256, index, upper);
            planes[k] = _mm512_mask_blend_epi8(ninth, low, high);
        }
    }
    DEEPWELL_INLINE __m256i signs(const std::uint8_t* unit) {
        return _mm256_loadu_si256(reinterpret_cast<const __m256i*>(unit + 74));
    }
    DEEPWELL_INLINE void store_scales(const std::uint8_t* unit, std::uint8_t* to) {
        __builtin_memcpy(to, unit + 106, 4);
    }
    // [16 rows][4 bytes], a nibble a block: a row's bytes are a lane.
    DEEPWELL_INLINE void load_scales(const std::uint8_t* scales, __m512i (&out)[8]) {
        const __m512i nibbles = _mm512_loadu_si512(scales);
#pragma GCC unroll 8
        for (int b = 0; b < 8; ++b) {
            out[b] = _mm512_and_si512(_mm512_srli_epi32(nibbles, static_cast<unsigned>(4 * b)),
                                      _mm512_set1_epi32(15));
        }
    }
};

template <Format kFormat>
struct Avx512VbmiIq3Kernel {
    using L = Avx512Lanes;
    using R = Avx512VbmiIq3Row<kFormat>;

    DEEPWELL_INLINE __m128i sixteen(const ActivationRecord& record, int half) {
        return L::load_128(record.q + 16 * half);
    }

    // X of the unit's eight records.
    DEEPWELL_INLINE void arrange(const ActivationRecord* records, __m512i (&x)[4]) {
#pragma GCC unroll 4
        for (int m = 0; m < 4; ++m) {
            const int block = m / 2, half = m % 2;
            x[m] = _mm512_castsi128_si512(sixteen(records[block], half));
            x[m] = _mm512_inserti32x4(x[m], sixteen(records[block + 2], half), 1);
            x[m] = _mm512_inserti32x4(x[m], sixteen(records[block + 4], half), 2);
            x[m] = _mm512_inserti32x4(x[m], sixteen(records[block + 6], half), 3);
        }
    }

    // sums[h]: lane l of 128 bits: four partial sums of block 2 l + h.
    DEEPWELL_INLINE void multiply_row(const std::uint8_t* unit, const __m512i (&x)[4],
                                      __m512i (&sums)[2]) {
        __m512i p[4];
        R::look_up(unit, p);
        const __m512i a = _mm512_unpacklo_epi8(p[0], p[1]), b = _mm512_unpackhi_epi8(p[0], p[1]),
                      c = _mm512_unpacklo_epi8(p[2], p[3]), d = _mm512_unpackhi_epi8(p[2], p[3]);
        const __m512i q[4] = {_mm512_unpacklo_epi16(a, c), _mm512_unpackhi_epi16(a, c),
                              _mm512_unpacklo_epi16(b, d), _mm512_unpackhi_epi16(b, d)};
        // Sixteen signs are a word: word 4 l + m to place 4 m + l.
        const __m256i order =
            _mm256_setr_epi16(0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15);
        alignas(32) std::uint64_t mask[4];
        _mm256_store_si256(reinterpret_cast<__m256i*>(mask),
                           _mm256_permutexvar_epi16(order, R::signs(unit)));
        const __m512i zero = _mm512_setzero_si512();
#pragma GCC unroll 4
        for (int m = 0; m < 4; ++m) {
            const __m512i signed_x = _mm512_mask_sub_epi8(x[m], mask[m], zero, x[m]);
            sums[m / 2] = _mm512_dpbusd_epi32(m % 2 == 0 ? zero : sums[m / 2], q[m], signed_x);
        }
    }

    // rows: sixteen, the start of each. sums [16].
    static void run(const std::uint8_t* const* rows, std::int64_t blocks, const ActivationRecord* x,
                    float* sums) {
        const std::int64_t ahead = rows[15] - rows[0];
        __m512 row = _mm512_setzero_ps();
        std::int64_t at = 0;
        for (std::int64_t first = 0; first < blocks; first += 8, at += R::kBytes) {
            __m512i arranged[4];
            arrange(x + first, arranged);
            alignas(64) std::uint8_t scales[16 * R::kScaleBytes];
            alignas(32) std::uint16_t halves[16];
            __m512i folded[2][4];  // of rows 4 g .. 4 g + 3
#pragma GCC unroll 4
            for (int g = 0; g < 4; ++g) {
                __m512i partial[4][2];
#pragma GCC unroll 4
                for (int i = 0; i < 4; ++i) {
                    const int r = 4 * g + i;
                    const std::uint8_t* unit = rows[r] + at;
                    __builtin_prefetch(unit + ahead, 0, 2);
                    __builtin_prefetch(unit + ahead + 64, 0, 2);
                    halves[r] = load_u16(unit);
                    R::store_scales(unit, scales + R::kScaleBytes * r);
                    multiply_row(unit, arranged, partial[i]);
                }
#pragma GCC unroll 2
                for (int h = 0; h < 2; ++h) {
                    folded[h][g] =
                        L::fold_four(partial[0][h], partial[1][h], partial[2][h], partial[3][h]);
                }
            }
            __m512i block_sums[8], block_scales[8];
            transpose(folded[0], block_sums, 0);
            transpose(folded[1], block_sums, 1);
            R::load_scales(scales, block_scales);
            __m512 u = _mm512_setzero_ps();
#pragma GCC unroll 8
            for (int b = 0; b < 8; ++b) {
                const __m512i odd =
                    _mm512_add_epi32(_mm512_slli_epi32(block_scales[b], 1), _mm512_set1_epi32(1));
                const __m512 sum = _mm512_mul_ps(L::to_floats(block_sums[b]), L::to_floats(odd));
                u = _mm512_fmadd_ps(sum, _mm512_set1_ps(x[first + b].d), u);
            }
            const __m512 d = _mm512_mul_ps(L::load_halves(halves), _mm512_set1_ps(R::kFactor));
            row = _mm512_fmadd_ps(d, u, row);
        }
        _mm512_storeu_ps(sums, row);
    }

    // Lanes of 128 bits: lane l of folded[g] to lane g of the sums of block 2 l + h.
    DEEPWELL_INLINE void transpose(const __m512i (&folded)[4], __m512i (&sums)[8], int h) {
        const __m512i a = _mm512_shuffle_i32x4(folded[0], folded[1], 0x44),
                      b = _mm512_shuffle_i32x4(folded[0], folded[1], 0xee),
                      c = _mm512_shuffle_i32x4(folded[2], folded[3], 0x44),
                      d = _mm512_shuffle_i32x4(folded[2], folded[3], 0xee);
        sums[h] = _mm512_shuffle_i32x4(a, c, 0x88);
        sums[2 + h] = _mm512_shuffle_i32x4(a, c, 0xdd);
        sums[4 + h] = _mm512_shuffle_i32x4(b, d, 0x88);
        sums[6 + h] = _mm512_shuffle_i32x4(b, d, 0xdd);
    }
};

}  // namespace deepwell::kernels::cpu
