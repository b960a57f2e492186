// Sixteen lanes in a register of AVX-512. What each function means: scalar_lanes.h.
#pragma once

#include <immintrin.h>

#include <cstdint>

#include "kernels/cpu/simd/inline.h"

namespace deepwell::kernels::cpu {

struct Avx512Lanes {
    static constexpr int kWidth = 16;
    static constexpr int kTokenTile = 8;
    using Floats = __m512;
    using Ints = __m512i;
    using Table = __m512i;

    DEEPWELL_INLINE Floats set(float x) { return _mm512_set1_ps(x); }
    DEEPWELL_INLINE Floats load(const float* p) { return _mm512_loadu_ps(p); }
    DEEPWELL_INLINE void store(float* p, Floats a) { _mm512_storeu_ps(p, a); }
    DEEPWELL_INLINE Floats add(Floats a, Floats b) { return _mm512_add_ps(a, b); }
    DEEPWELL_INLINE Floats sub(Floats a, Floats b) { return _mm512_sub_ps(a, b); }
    DEEPWELL_INLINE Floats mul(Floats a, Floats b) { return _mm512_mul_ps(a, b); }
    DEEPWELL_INLINE Floats div(Floats a, Floats b) { return _mm512_div_ps(a, b); }
    DEEPWELL_INLINE Floats fma(Floats a, Floats b, Floats c) { return _mm512_fmadd_ps(a, b, c); }
    DEEPWELL_INLINE Floats max(Floats a, Floats b) { return _mm512_max_ps(a, b); }
    DEEPWELL_INLINE Floats min(Floats a, Floats b) { return _mm512_min_ps(a, b); }
    DEEPWELL_INLINE Floats abs(Floats a) { return _mm512_abs_ps(a); }

    DEEPWELL_INLINE Floats to_floats(Ints a) { return _mm512_cvtepi32_ps(a); }
    DEEPWELL_INLINE Ints bits(Floats a) { return _mm512_castps_si512(a); }
    DEEPWELL_INLINE Floats from_bits(Ints a) { return _mm512_castsi512_ps(a); }
    DEEPWELL_INLINE __m256i load_256(const void* p) {
        return _mm256_loadu_si256(static_cast<const __m256i*>(p));
    }
    DEEPWELL_INLINE __m128i load_128(const void* p) {
        return _mm_loadu_si128(static_cast<const __m128i*>(p));
    }
    DEEPWELL_INLINE Floats load_halves(const void* p) { return _mm512_cvtph_ps(load_256(p)); }
    DEEPWELL_INLINE Floats set_half(const void* p) {
        return _mm512_broadcastss_ps(_mm_cvtph_ps(_mm_loadu_si16(p)));
    }
    DEEPWELL_INLINE Floats load_bfloats(const void* p) {
        return _mm512_castsi512_ps(_mm512_slli_epi32(_mm512_cvtepu16_epi32(load_256(p)), 16));
    }
    DEEPWELL_INLINE Floats low_halves(Ints a) { return _mm512_cvtph_ps(_mm512_cvtepi32_epi16(a)); }
    DEEPWELL_INLINE Floats high_halves(Ints a) {
        return _mm512_cvtph_ps(_mm512_cvtepi32_epi16(_mm512_srli_epi32(a, 16)));
    }
    DEEPWELL_INLINE Floats load_signed_bytes(const std::int8_t* p) {
        return _mm512_cvtepi32_ps(_mm512_cvtepi8_epi32(load_128(p)));
    }
    DEEPWELL_INLINE void store_low_bytes(std::int8_t* p, Ints a) {
        _mm_storeu_si128(reinterpret_cast<__m128i*>(p), _mm512_cvtepi32_epi8(a));
    }

    DEEPWELL_INLINE Ints set_int(std::uint32_t x) {
        return _mm512_set1_epi32(static_cast<std::int32_t>(x));
    }
    DEEPWELL_INLINE Ints load_ints(const void* p) { return _mm512_loadu_si512(p); }
    DEEPWELL_INLINE void store_ints(void* p, Ints a) { _mm512_storeu_si512(p, a); }
    DEEPWELL_INLINE Ints load_byte_lanes(const std::uint8_t* p) {
        return _mm512_cvtepu8_epi32(load_128(p));
    }
    DEEPWELL_INLINE Ints bit_and(Ints a, Ints b) { return _mm512_and_si512(a, b); }
    DEEPWELL_INLINE Ints bit_or(Ints a, Ints b) { return _mm512_or_si512(a, b); }
    DEEPWELL_INLINE Ints bit_xor(Ints a, Ints b) { return _mm512_xor_si512(a, b); }
    DEEPWELL_INLINE Ints add_ints(Ints a, Ints b) { return _mm512_add_epi32(a, b); }
    template <int kBits>
    DEEPWELL_INLINE Ints shift_right(Ints a) {
        if constexpr (kBits == 0) return a;
        return _mm512_srli_epi32(a, kBits);
    }
    template <int kBits>
    DEEPWELL_INLINE Ints shift_left(Ints a) {
        if constexpr (kBits == 0) return a;
        return _mm512_slli_epi32(a, kBits);
    }
    DEEPWELL_INLINE Ints shift_right_by(Ints a, int bits) {
        return _mm512_srlv_epi32(a, _mm512_set1_epi32(bits));
    }
    DEEPWELL_INLINE Ints shift_right_signed(Ints a, int bits) {
        return _mm512_srav_epi32(a, _mm512_set1_epi32(bits));
    }
    DEEPWELL_INLINE Table load_table(const std::uint8_t* bytes) {
        return _mm512_broadcast_i32x4(load_128(bytes));
    }
    DEEPWELL_INLINE Ints look_up(Table table, Ints codes) {
        return _mm512_shuffle_epi8(table, codes);
    }

    using SignedTable = __m512;
    DEEPWELL_INLINE SignedTable load_signed_table(const float* sixteen) {
        return _mm512_loadu_ps(sixteen);
    }
    DEEPWELL_INLINE Floats look_up_signed(SignedTable table, Ints codes) {
        return _mm512_permutexvar_ps(codes, table);
    }

    template <CodeRange kRange, int kOffsetBits, int kFirst, int kCount>
    DEEPWELL_INLINE Ints dot(const Ints (&codes)[8], const std::int8_t* x, std::int32_t minus_sum) {
        Ints sum = _mm512_setzero_si512();
        if constexpr (kOffsetBits >= 0) {
            sum = _mm512_slli_epi32(_mm512_set1_epi32(minus_sum), kOffsetBits & 31);
        }
#pragma GCC unroll 8
        for (int quad = kFirst; quad < kFirst + kCount; ++quad) {
            std::int32_t four;
            __builtin_memcpy(&four, x + 4 * quad, 4);
            sum = _mm512_dpbusd_epi32(sum, codes[quad], _mm512_set1_epi32(four));
        }
        return sum;
    }

    DEEPWELL_INLINE Ints add_quad(Ints sum, Ints codes, const std::int8_t* x) {
        std::int32_t four;
        __builtin_memcpy(&four, x, 4);
        return _mm512_dpbusd_epi32(sum, codes, _mm512_set1_epi32(four));
    }

    // As in avx2_lanes.h.
    template <int kDigit>
    DEEPWELL_INLINE Ints digit(Ints bytes) {
        const __m512i ones = _mm512_set1_epi8(-1);
#pragma GCC unroll 4
        for (int n = 0; n < kDigit; ++n) {
            bytes = _mm512_add_epi8(bytes, _mm512_add_epi8(bytes, bytes));
        }
        const __m512i complement = _mm512_xor_si512(bytes, ones);
        const __m512i average = _mm512_avg_epu8(complement, _mm512_avg_epu8(complement, ones));
        return _mm512_andnot_si512(_mm512_srli_epi32(average, 6), set_int(0x03030303u));
    }

    // As in avx2_lanes.h.
    DEEPWELL_INLINE __m256i dot_row(__m256i codes, __m256i x) {
        return _mm256_dpbusd_epi32(_mm256_setzero_si256(), codes, x);
    }
    DEEPWELL_INLINE __m256i with_signs(__m256i x, std::uint32_t bits) {
        return _mm256_mask_sub_epi8(x, bits, _mm256_setzero_si256(), x);
    }
    // Every processor with AVX-512 spreads bits in one step; on some with AVX2 alone it takes a
    // hundred.
    template <int kStep, int kBits>
    DEEPWELL_INLINE void four_indices(const std::uint8_t* qs, std::uint32_t high,
                                      std::uint32_t (&index)[4]) {
        constexpr std::uint64_t kOnes = 0x0001000100010001u;
        std::uint32_t lower;
        __builtin_memcpy(&lower, qs, 4);
        std::uint64_t upper = _pdep_u64(high, kOnes * (((1u << kStep) - 1) << 8));
        if constexpr (kBits < kStep) upper &= kOnes * (((1u << kBits) - 1) << 8);
        const std::uint64_t all = _pdep_u64(lower, kOnes * 0xff) | upper;
#pragma GCC unroll 4
        for (int g = 0; g < 4; ++g) {
            index[g] = static_cast<std::uint32_t>(all >> (16 * g)) & 0xffffu;
        }
    }
    DEEPWELL_INLINE void fold_rows(const __m256i (&rows)[16], Ints (&halves)[2]) {
        const __m512i first = fold_eight_rows(rows), second = fold_eight_rows(rows + 8);
        halves[0] = _mm512_shuffle_i32x4(first, second, 0x88);
        halves[1] = _mm512_shuffle_i32x4(first, second, 0xdd);
    }
    // Four lanes each: rows 0 .. 3, first and second half; rows 4 .. 7 likewise.
    DEEPWELL_INLINE __m512i fold_eight_rows(const __m256i* rows) {
        const __m512i a = join(rows[0], rows[4]), b = join(rows[1], rows[5]),
                      c = join(rows[2], rows[6]), d = join(rows[3], rows[7]);
        return fold_four(a, b, c, d);
    }
    // In each four lanes: the sums of a's, b's, c's, d's.
    DEEPWELL_INLINE __m512i fold_four(__m512i a, __m512i b, __m512i c, __m512i d) {
        const __m512i ab =
            _mm512_add_epi32(_mm512_unpacklo_epi32(a, b), _mm512_unpackhi_epi32(a, b));
        const __m512i cd =
            _mm512_add_epi32(_mm512_unpacklo_epi32(c, d), _mm512_unpackhi_epi32(c, d));
        return _mm512_add_epi32(_mm512_unpacklo_epi64(ab, cd), _mm512_unpackhi_epi64(ab, cd));
    }
    DEEPWELL_INLINE __m512i join(__m256i low, __m256i high) {
        return _mm512_inserti64x4(_mm512_castsi256_si512(low), high, 1);
    }

    DEEPWELL_INLINE void transpose(const std::uint8_t* rows, int row_stride, std::uint8_t* planes) {
        __m512i a[16], b[16];
#pragma GCC unroll 16
        for (int r = 0; r < 16; ++r) a[r] = _mm512_loadu_si512(rows + r * row_stride);
#pragma GCC unroll 8
        for (int r = 0; r < 16; r += 2) {
            b[r] = _mm512_unpacklo_epi32(a[r], a[r + 1]);
            b[r + 1] = _mm512_unpackhi_epi32(a[r], a[r + 1]);
        }
        // a[4 i + w], 128-bit part p: word 4 p + w of rows 4 i .. 4 i + 3.
#pragma GCC unroll 4
        for (int i = 0; i < 16; i += 4) {
            a[i] = _mm512_unpacklo_epi64(b[i], b[i + 2]);
            a[i + 1] = _mm512_unpackhi_epi64(b[i], b[i + 2]);
            a[i + 2] = _mm512_unpacklo_epi64(b[i + 1], b[i + 3]);
            a[i + 3] = _mm512_unpackhi_epi64(b[i + 1], b[i + 3]);
        }
#pragma GCC unroll 4
        for (int w = 0; w < 4; ++w) {
            const __m512i low01 = _mm512_shuffle_i32x4(a[w], a[4 + w], 0x44);
            const __m512i high01 = _mm512_shuffle_i32x4(a[w], a[4 + w], 0xee);
            const __m512i low23 = _mm512_shuffle_i32x4(a[8 + w], a[12 + w], 0x44);
            const __m512i high23 = _mm512_shuffle_i32x4(a[8 + w], a[12 + w], 0xee);
            _mm512_storeu_si512(planes + 64 * w, _mm512_shuffle_i32x4(low01, low23, 0x88));
            _mm512_storeu_si512(planes + 64 * (4 + w), _mm512_shuffle_i32x4(low01, low23, 0xdd));
            _mm512_storeu_si512(planes + 64 * (8 + w), _mm512_shuffle_i32x4(high01, high23, 0x88));
            _mm512_storeu_si512(planes + 64 * (12 + w), _mm512_shuffle_i32x4(high01, high23, 0xdd));
        }
    }

    DEEPWELL_INLINE Floats sums_across(const Floats (&a)[16]) {
        Floats four[4];
#pragma GCC unroll 4
        for (int k = 0; k < 4; ++k) {
            const Floats low = fold_eight(a[k], a[4 + k]);
            const Floats high = fold_eight(a[8 + k], a[12 + k]);
            four[k] = _mm512_add_ps(_mm512_shuffle_f32x4(low, high, 0x88),
                                    _mm512_shuffle_f32x4(low, high, 0xdd));
        }
        const Floats first = fold_two(four[0], four[1]), second = fold_two(four[2], four[3]);
        return _mm512_add_ps(_mm512_shuffle_ps(first, second, 0x88),
                             _mm512_shuffle_ps(first, second, 0xdd));
    }
    // Eight lanes of a's halves' sum, then b's.
    DEEPWELL_INLINE Floats fold_eight(Floats a, Floats b) {
        return _mm512_add_ps(_mm512_shuffle_f32x4(a, b, 0x44), _mm512_shuffle_f32x4(a, b, 0xee));
    }
    // In each four lanes: two of a's, two of b's.
    DEEPWELL_INLINE Floats fold_two(Floats a, Floats b) {
        return _mm512_add_ps(_mm512_shuffle_ps(a, b, 0x44), _mm512_shuffle_ps(a, b, 0xee));
    }

    DEEPWELL_INLINE std::int32_t sum_sixteen(const std::int8_t* q) {
        const __m128i shifted = _mm_xor_si128(load_128(q), _mm_set1_epi8(-128));
        const __m128i sums = _mm_sad_epu8(shifted, _mm_setzero_si128());
        return _mm_cvtsi128_si32(sums) + _mm_extract_epi16(sums, 4) - 16 * 128;
    }
};

}  // namespace deepwell::kernels::cpu
