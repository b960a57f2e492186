// Eight lanes in a register of AVX2, with FMA and F16C. What each function means: scalar_lanes.h.
#pragma once

#include <immintrin.h>

#include <cstdint>

#include "kernels/cpu/simd/inline.h"

namespace deepwell::kernels::cpu {

struct Avx2Lanes {
    static constexpr int kWidth = 8;
    static constexpr int kTokenTile = 4;
    using Floats = __m256;
    using Ints = __m256i;
    using Table = __m256i;

    DEEPWELL_INLINE Floats set(float x) { return _mm256_set1_ps(x); }
    DEEPWELL_INLINE Floats load(const float* p) { return _mm256_loadu_ps(p); }
    DEEPWELL_INLINE void store(float* p, Floats a) { _mm256_storeu_ps(p, a); }
    DEEPWELL_INLINE Floats add(Floats a, Floats b) { return _mm256_add_ps(a, b); }
    DEEPWELL_INLINE Floats sub(Floats a, Floats b) { return _mm256_sub_ps(a, b); }
    DEEPWELL_INLINE Floats mul(Floats a, Floats b) { return _mm256_mul_ps(a, b); }
    DEEPWELL_INLINE Floats div(Floats a, Floats b) { return _mm256_div_ps(a, b); }
    DEEPWELL_INLINE Floats fma(Floats a, Floats b, Floats c) { return _mm256_fmadd_ps(a, b, c); }
    DEEPWELL_INLINE Floats max(Floats a, Floats b) { return _mm256_max_ps(a, b); }
    DEEPWELL_INLINE Floats min(Floats a, Floats b) { return _mm256_min_ps(a, b); }
    DEEPWELL_INLINE Floats abs(Floats a) {
        return _mm256_and_ps(a, _mm256_castsi256_ps(_mm256_set1_epi32(0x7fffffff)));
    }

    DEEPWELL_INLINE Floats to_floats(Ints a) { return _mm256_cvtepi32_ps(a); }
    DEEPWELL_INLINE Ints bits(Floats a) { return _mm256_castps_si256(a); }
    DEEPWELL_INLINE Floats from_bits(Ints a) { return _mm256_castsi256_ps(a); }
    DEEPWELL_INLINE __m128i load_128(const void* p) {
        return _mm_loadu_si128(static_cast<const __m128i*>(p));
    }
    DEEPWELL_INLINE __m128i load_64(const void* p) {
        return _mm_loadl_epi64(static_cast<const __m128i*>(p));
    }
    DEEPWELL_INLINE Floats load_halves(const void* p) { return _mm256_cvtph_ps(load_128(p)); }
    DEEPWELL_INLINE Floats set_half(const void* p) {
        return _mm256_broadcastss_ps(_mm_cvtph_ps(_mm_loadu_si16(p)));
    }
    DEEPWELL_INLINE Floats load_bfloats(const void* p) {
        return _mm256_castsi256_ps(_mm256_slli_epi32(_mm256_cvtepu16_epi32(load_128(p)), 16));
    }
    DEEPWELL_INLINE Floats low_halves(Ints a) {
        const __m256i low = _mm256_and_si256(a, _mm256_set1_epi32(0xffff));
        return _mm256_cvtph_ps(
            _mm_packus_epi32(_mm256_castsi256_si128(low), _mm256_extracti128_si256(low, 1)));
    }
    DEEPWELL_INLINE Floats high_halves(Ints a) { return low_halves(_mm256_srli_epi32(a, 16)); }
    DEEPWELL_INLINE Floats load_signed_bytes(const std::int8_t* p) {
        return _mm256_cvtepi32_ps(_mm256_cvtepi8_epi32(load_64(p)));
    }
    DEEPWELL_INLINE void store_low_bytes(std::int8_t* p, Ints a) {
        const __m256i low = _mm256_and_si256(a, _mm256_set1_epi32(0xff));
        const __m128i words =
            _mm_packus_epi32(_mm256_castsi256_si128(low), _mm256_extracti128_si256(low, 1));
        _mm_storel_epi64(reinterpret_cast<__m128i*>(p), _mm_packus_epi16(words, words));
    }

    DEEPWELL_INLINE Ints set_int(std::uint32_t x) {
        return _mm256_set1_epi32(static_cast<std::int32_t>(x));
    }
    DEEPWELL_INLINE Ints load_ints(const void* p) {
        return _mm256_loadu_si256(static_cast<const __m256i*>(p));
    }
    DEEPWELL_INLINE void store_ints(void* p, Ints a) {
        _mm256_storeu_si256(static_cast<__m256i*>(p), a);
    }
    DEEPWELL_INLINE Ints load_byte_lanes(const std::uint8_t* p) {
        return _mm256_cvtepu8_epi32(load_64(p));
    }
    DEEPWELL_INLINE Ints bit_and(Ints a, Ints b) { return _mm256_and_si256(a, b); }
    DEEPWELL_INLINE Ints bit_or(Ints a, Ints b) { return _mm256_or_si256(a, b); }
    DEEPWELL_INLINE Ints bit_xor(Ints a, Ints b) { return _mm256_xor_si256(a, b); }
    DEEPWELL_INLINE Ints add_ints(Ints a, Ints b) { return _mm256_add_epi32(a, b); }
    template <int kBits>
    DEEPWELL_INLINE Ints shift_right(Ints a) {
        if constexpr (kBits == 0) return a;
        return _mm256_srli_epi32(a, kBits);
    }
    template <int kBits>
    DEEPWELL_INLINE Ints shift_left(Ints a) {
        if constexpr (kBits == 0) return a;
        return _mm256_slli_epi32(a, kBits);
    }
    DEEPWELL_INLINE Ints shift_right_by(Ints a, int bits) {
        return _mm256_srlv_epi32(a, _mm256_set1_epi32(bits));
    }
    DEEPWELL_INLINE Ints shift_right_signed(Ints a, int bits) {
        return _mm256_srav_epi32(a, _mm256_set1_epi32(bits));
    }
    DEEPWELL_INLINE Table load_table(const std::uint8_t* bytes) {
        return _mm256_broadcastsi128_si256(load_128(bytes));
    }
    DEEPWELL_INLINE Ints look_up(Table table, Ints codes) {
        return _mm256_shuffle_epi8(table, codes);
    }

    using SignedTable = __m256;
    DEEPWELL_INLINE SignedTable load_signed_table(const float* sixteen) {
        return _mm256_loadu_ps(sixteen);
    }
    // The lower eight by three bits, negated by the fourth; adding zero makes a negative zero
    // positive.
    DEEPWELL_INLINE Floats look_up_signed(SignedTable table, Ints codes) {
        const __m256i sign = _mm256_and_si256(_mm256_slli_epi32(codes, 28),
                                              _mm256_set1_epi32(static_cast<int>(0x80000000u)));
        const Floats magnitude = _mm256_permutevar8x32_ps(table, codes);
        return _mm256_add_ps(_mm256_xor_ps(magnitude, _mm256_castsi256_ps(sign)),
                             _mm256_setzero_ps());
    }

    // Products of two bytes are added in 16 bits as long as the codes allow, then in 32.
    template <CodeRange kRange, int kOffsetBits, int kFirst, int kCount>
    DEEPWELL_INLINE Ints dot(const Ints (&codes)[8], const std::int8_t* x, std::int32_t minus_sum) {
        constexpr int kTogether = kRange == CodeRange::four_bits   ? 8
                                  : kRange == CodeRange::five_bits ? 4
                                  : kRange == CodeRange::six_bits  ? 2
                                                                   : 1;
        constexpr int kStep = kTogether < kCount ? kTogether : kCount;
        const __m256i ones = _mm256_set1_epi16(1);
        Ints sum = _mm256_setzero_si256();
        // Codes of eight bits would overflow 16 bits: their magnitude times the signed x does not.
        if constexpr (kOffsetBits >= 0 && kRange != CodeRange::eight_bits) {
            sum = _mm256_slli_epi32(_mm256_set1_epi32(minus_sum), kOffsetBits & 31);
        }
#pragma GCC unroll 8
        for (int quad = kFirst; quad < kFirst + kCount; quad += kStep) {
            Ints words = product<kRange>(codes[quad], x + 4 * quad);
#pragma GCC unroll 8
            for (int k = 1; k < kStep; ++k) {
                words =
                    _mm256_add_epi16(words, product<kRange>(codes[quad + k], x + 4 * (quad + k)));
            }
            sum = _mm256_add_epi32(sum, _mm256_madd_epi16(words, ones));
        }
        return sum;
    }

    template <CodeRange kRange>
    DEEPWELL_INLINE Ints product(Ints codes, const std::int8_t* x) {
        std::int32_t four;
        __builtin_memcpy(&four, x, 4);
        const __m256i broadcast = _mm256_set1_epi32(four);
        if constexpr (kRange == CodeRange::eight_bits) {
            const __m256i value = _mm256_xor_si256(codes, _mm256_set1_epi8(-128));
            return _mm256_maddubs_epi16(_mm256_abs_epi8(value), _mm256_sign_epi8(broadcast, value));
        } else {
            return _mm256_maddubs_epi16(codes, broadcast);
        }
    }

    DEEPWELL_INLINE Ints add_quad(Ints sum, Ints codes, const std::int8_t* x) {
        std::int32_t four;
        __builtin_memcpy(&four, x, 4);
        const __m256i words = _mm256_maddubs_epi16(codes, _mm256_set1_epi32(four));
        return _mm256_add_epi32(sum, _mm256_madd_epi16(words, _mm256_set1_epi16(1)));
    }

    // floor((b + floor(b / 2)) / 2) has the digit in its upper two bits. Averages round up, so they
    // are taken of the complements.
    template <int kDigit>
    DEEPWELL_INLINE Ints digit(Ints bytes) {
        const __m256i ones = _mm256_set1_epi8(-1);
#pragma GCC unroll 4
        for (int n = 0; n < kDigit; ++n) {
            bytes = _mm256_add_epi8(bytes, _mm256_add_epi8(bytes, bytes));
        }
        const __m256i complement = _mm256_xor_si256(bytes, ones);
        const __m256i average = _mm256_avg_epu8(complement, _mm256_avg_epu8(complement, ones));
        return _mm256_andnot_si256(_mm256_srli_epi32(average, 6), set_int(0x03030303u));
    }

    // Rows, not lanes: 32 codes of one row times 32 activations, as eight sums of four. Codes are
    // below 64.
    DEEPWELL_INLINE __m256i dot_row(__m256i codes, __m256i x) {
        return _mm256_madd_epi16(_mm256_maddubs_epi16(codes, x), _mm256_set1_epi16(1));
    }
    // x negated where a bit is set.
    DEEPWELL_INLINE __m256i with_signs(__m256i x, std::uint32_t bits) {
        const __m256i bytes = _mm256_shuffle_epi8(
            set_int(bits),
            _mm256_setr_epi64x(0, 0x0101010101010101, 0x0202020202020202, 0x0303030303030303));
        const __m256i bit = _mm256_set1_epi64x(static_cast<long long>(0x8040201008040201u));
        const __m256i mask = _mm256_cmpeq_epi8(_mm256_and_si256(bytes, bit), bit);
        return _mm256_sign_epi8(x, _mm256_or_si256(mask, _mm256_set1_epi8(1)));
    }
    // index[g] = qs[g] and above it kBits bits of `high`, from bit kStep * g on.
    template <int kStep, int kBits>
    DEEPWELL_INLINE void four_indices(const std::uint8_t* qs, std::uint32_t high,
                                      std::uint32_t (&index)[4]) {
        __m128i upper = _mm_sllv_epi32(_mm_set1_epi32(static_cast<int>(high)),
                                       _mm_setr_epi32(3 * kStep, 2 * kStep, kStep, 0));
        if constexpr (3 * kStep < 8) {
            upper = _mm_slli_epi32(upper, 8 - 3 * kStep);
        } else {
            upper = _mm_srli_epi32(upper, 3 * kStep - 8);
        }
        upper = _mm_and_si128(upper, _mm_set1_epi32(((1 << kBits) - 1) << 8));
        const __m128i lower = _mm_cvtepu8_epi32(_mm_loadu_si32(qs));
        _mm_storeu_si128(reinterpret_cast<__m128i*>(index), _mm_or_si128(lower, upper));
    }
    // The sums of a row's first and last four, a lane a row.
    DEEPWELL_INLINE void fold_rows(const __m256i (&rows)[8], Ints (&halves)[2]) {
        const __m256i first = fold_four(rows[0], rows[1], rows[2], rows[3]);
        const __m256i second = fold_four(rows[4], rows[5], rows[6], rows[7]);
        halves[0] = _mm256_permute2x128_si256(first, second, 0x20);
        halves[1] = _mm256_permute2x128_si256(first, second, 0x31);
    }
    // In each four lanes: the sums of a's, b's, c's, d's.
    DEEPWELL_INLINE __m256i fold_four(__m256i a, __m256i b, __m256i c, __m256i d) {
        const __m256i ab =
            _mm256_add_epi32(_mm256_unpacklo_epi32(a, b), _mm256_unpackhi_epi32(a, b));
        const __m256i cd =
            _mm256_add_epi32(_mm256_unpacklo_epi32(c, d), _mm256_unpackhi_epi32(c, d));
        return _mm256_add_epi32(_mm256_unpacklo_epi64(ab, cd), _mm256_unpackhi_epi64(ab, cd));
    }

    // Eight rows of eight words.
    DEEPWELL_INLINE void transpose_eight(const std::uint8_t* rows, int row_stride,
                                         std::uint8_t* planes) {
        __m256i a[8], b[8];
#pragma GCC unroll 8
        for (int r = 0; r < 8; ++r) a[r] = load_ints(rows + r * row_stride);
#pragma GCC unroll 4
        for (int r = 0; r < 8; r += 2) {
            b[r] = _mm256_unpacklo_epi32(a[r], a[r + 1]);
            b[r + 1] = _mm256_unpackhi_epi32(a[r], a[r + 1]);
        }
#pragma GCC unroll 2
        for (int i = 0; i < 8; i += 4) {
            a[i] = _mm256_unpacklo_epi64(b[i], b[i + 2]);
            a[i + 1] = _mm256_unpackhi_epi64(b[i], b[i + 2]);
            a[i + 2] = _mm256_unpacklo_epi64(b[i + 1], b[i + 3]);
            a[i + 3] = _mm256_unpackhi_epi64(b[i + 1], b[i + 3]);
        }
#pragma GCC unroll 4
        for (int w = 0; w < 4; ++w) {
            store_ints(planes + 64 * w, _mm256_permute2x128_si256(a[w], a[4 + w], 0x20));
            store_ints(planes + 64 * (4 + w), _mm256_permute2x128_si256(a[w], a[4 + w], 0x31));
        }
    }

    DEEPWELL_INLINE void transpose(const std::uint8_t* rows, int row_stride, std::uint8_t* planes) {
        for (int half = 0; half < 2; ++half) {
            for (int part = 0; part < 2; ++part) {
                transpose_eight(rows + 8 * half * row_stride + 32 * part, row_stride,
                                planes + 64 * 8 * part + 32 * half);
            }
        }
    }

    DEEPWELL_INLINE Floats sums_across(const Floats (&a)[8]) {
        Floats four[4];
#pragma GCC unroll 4
        for (int k = 0; k < 4; ++k) {
            four[k] = _mm256_add_ps(_mm256_permute2f128_ps(a[k], a[4 + k], 0x20),
                                    _mm256_permute2f128_ps(a[k], a[4 + k], 0x31));
        }
        const Floats first = fold_two(four[0], four[1]), second = fold_two(four[2], four[3]);
        return _mm256_add_ps(_mm256_shuffle_ps(first, second, 0x88),
                             _mm256_shuffle_ps(first, second, 0xdd));
    }
    // In each four lanes: two of a's, two of b's.
    DEEPWELL_INLINE Floats fold_two(Floats a, Floats b) {
        return _mm256_add_ps(_mm256_shuffle_ps(a, b, 0x44), _mm256_shuffle_ps(a, b, 0xee));
    }

    DEEPWELL_INLINE std::int32_t sum_sixteen(const std::int8_t* q) {
        const __m128i shifted = _mm_xor_si128(load_128(q), _mm_set1_epi8(-128));
        const __m128i sums = _mm_sad_epu8(shifted, _mm_setzero_si128());
        return _mm_cvtsi128_si32(sums) + _mm_extract_epi16(sums, 4) - 16 * 128;
    }
};

}  // namespace deepwell::kernels::cpu
