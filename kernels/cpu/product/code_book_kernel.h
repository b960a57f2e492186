// One token with sixteen rows of a code-book format, straight from the file's layout.
//
// A row's 32 columns are put together from the code book in one register of bytes, magnitudes only:
// the signs go to the activations. Their product leaves eight partial sums a row; those of kWidth
// rows are then folded into a lane a row. So nothing is written to memory and nothing transposed:
// two to three times as fast as by way of a tile. The sums are those of Int8Sums.
#pragma once

#if defined(__AVX2__)

#include <immintrin.h>

#include "kernels/cpu/product/activation_record.h"
#include "kernels/cpu/product/code_book_tables.h"
#include "kernels/cpu/product/traits.h"

namespace deepwell::kernels::cpu {

struct CodeBookSteps {
    DEEPWELL_INLINE __m256i two_halves(__m128i low, __m128i high) {
        return _mm256_inserti128_si256(_mm256_castsi128_si256(low), high, 1);
    }
    DEEPWELL_INLINE __m128i two_words(const std::uint64_t* a, const std::uint64_t* b) {
        const __m128i low = _mm_loadl_epi64(reinterpret_cast<const __m128i*>(a));
        return _mm_castpd_si128(
            _mm_loadh_pd(_mm_castsi128_pd(low), reinterpret_cast<const double*>(b)));
    }
    // Four entries of eight bytes.
    DEEPWELL_INLINE __m256i four(const std::uint64_t* table, std::uint32_t a, std::uint32_t b,
                                 std::uint32_t c, std::uint32_t d) {
        return two_halves(two_words(table + a, table + b), two_words(table + c, table + d));
    }
    // Four entries of four bytes.
    DEEPWELL_INLINE __m128i four(const std::uint32_t* table, std::uint32_t a, std::uint32_t b,
                                 std::uint32_t c, std::uint32_t d) {
        __m128i words = _mm_loadu_si32(table + a);
        words = _mm_insert_epi32(words, static_cast<int>(table[b]), 1);
        words = _mm_insert_epi32(words, static_cast<int>(table[c]), 2);
        return _mm_insert_epi32(words, static_cast<int>(table[d]), 3);
    }
    // x with the signs of four groups of seven bits, whose number is made even by an eighth.
    DEEPWELL_INLINE __m256i with_even_signs(__m256i x, std::uint32_t a, std::uint32_t b,
                                            std::uint32_t c, std::uint32_t d) {
        const __m256i masks = four(kEvenSigns.entry, a, b, c, d);
        return _mm256_sign_epi8(x, _mm256_or_si256(masks, _mm256_set1_epi8(1)));
    }
    DEEPWELL_INLINE __m256i with_word_of_signs(__m256i x, std::uint32_t word) {
        return with_even_signs(x, word & 127u, (word >> 7) & 127u, (word >> 14) & 127u,
                               (word >> 21) & 127u);
    }
};

// CodeBookRow<L, format>: how a row's block `b` is multiplied, and where its scales are.
//   kBytes                 of a unit
//   kFactor                of d: the codes are whole multiples of the format's values
//   dot(unit, b, x)        eight sums of four columns each, offsets not taken off
//   kWords, word(unit, i)  what the scales are made of, as 32 bits
//   scale(words, k)        number k of them in lanes, still to be doubled and one added
//   kHalf                  where d is, or -1: then d(words) makes it
template <class L, Format kFormat>
struct CodeBookRow;

template <class L>
struct CodeBookRow<L, Format::IQ2_XXS> : CodeBookSteps {
    static constexpr int kBytes = sizeof(BlockIQ2_XXS), kHalf = 0, kWords = 8;
    static constexpr float kFactor = 0.125f;
    DEEPWELL_INLINE __m256i dot(const std::uint8_t* unit, int b, __m256i x) {
        const std::uint8_t* record = unit + 2 + 8 * b;
        const __m256i codes = four(kIq2Xxs.entry, record[0], record[1], record[2], record[3]);
        return L::dot_row(codes, with_word_of_signs(x, load_u32(record + 4)));
    }
    DEEPWELL_INLINE std::uint32_t word(const std::uint8_t* unit, int b) {
        return unit[2 + 8 * b + 7];
    }
    DEEPWELL_INLINE typename L::Ints scale(const std::uint32_t (*words)[16], int k) {
        return L::template shift_right<4>(L::load_ints(words[k]));
    }
};

// Nibbles of eight bytes.
template <class L>
struct NibbleScales : CodeBookSteps {
    static constexpr int kHalf = 0, kWords = 8;
    static constexpr float kFactor = 0.125f;
    DEEPWELL_INLINE typename L::Ints scale(const std::uint32_t (*words)[16], int k) {
        const auto both = L::load_ints(words[k / 2]);
        return L::bit_and(L::shift_right_by(both, 4 * (k & 1)), L::set_int(15));
    }
};

template <class L>
struct CodeBookRow<L, Format::IQ2_XS> : NibbleScales<L> {
    static constexpr int kBytes = sizeof(BlockIQ2_XS);
    using Steps = CodeBookSteps;
    DEEPWELL_INLINE __m256i dot(const std::uint8_t* unit, int b, __m256i x) {
        const std::uint8_t* codes = unit + 2 + 8 * b;
        const std::uint32_t c0 = load_u16(codes), c1 = load_u16(codes + 2),
                            c2 = load_u16(codes + 4), c3 = load_u16(codes + 6);
        const __m256i magnitudes =
            Steps::four(kIq2Xs.entry, c0 & 511u, c1 & 511u, c2 & 511u, c3 & 511u);
        return L::dot_row(magnitudes,
                          Steps::with_even_signs(x, c0 >> 9, c1 >> 9, c2 >> 9, c3 >> 9));
    }
    DEEPWELL_INLINE std::uint32_t word(const std::uint8_t* unit, int b) { return unit[66 + b]; }
};

template <class L>
struct CodeBookRow<L, Format::IQ2_S> : NibbleScales<L> {
    static constexpr int kBytes = sizeof(BlockIQ2_S);
    using Steps = CodeBookSteps;
    DEEPWELL_INLINE __m256i dot(const std::uint8_t* unit, int b, __m256i x) {
        std::uint32_t index[4];
        L::template four_indices<2, 2>(unit + 2 + 4 * b, unit[66 + b], index);
        const __m256i magnitudes = Steps::four(kIq2S.entry, index[0], index[1], index[2], index[3]);
        return L::dot_row(magnitudes, L::with_signs(x, load_u32(unit + 34 + 4 * b)));
    }
    DEEPWELL_INLINE std::uint32_t word(const std::uint8_t* unit, int b) { return unit[74 + b]; }
};

template <class L>
struct CodeBookRow<L, Format::IQ3_XXS> : CodeBookSteps {
    static constexpr int kBytes = sizeof(BlockIQ3_XXS), kHalf = 0, kWords = 8;
    static constexpr float kFactor = 0.25f;
    DEEPWELL_INLINE __m256i dot(const std::uint8_t* unit, int b, __m256i x) {
        const std::uint8_t* qs = unit + 2 + 8 * b;
        const __m256i magnitudes = two_halves(four(kIq3Xxs.entry, qs[0], qs[1], qs[2], qs[3]),
                                              four(kIq3Xxs.entry, qs[4], qs[5], qs[6], qs[7]));
        return L::dot_row(magnitudes, with_word_of_signs(x, load_u32(unit + 66 + 4 * b)));
    }
    DEEPWELL_INLINE std::uint32_t word(const std::uint8_t* unit, int b) {
        return unit[66 + 4 * b + 3];
    }
    DEEPWELL_INLINE typename L::Ints scale(const std::uint32_t (*words)[16], int k) {
        return L::template shift_right<4>(L::load_ints(words[k]));
    }
};

template <class L>
struct CodeBookRow<L, Format::IQ3_S> : CodeBookSteps {
    static constexpr int kBytes = sizeof(BlockIQ3_S), kHalf = 0, kWords = 4;
    static constexpr float kFactor = 1.0f;
    DEEPWELL_INLINE __m256i dot(const std::uint8_t* unit, int b, __m256i x) {
        const __m256i low = _mm256_cvtepu8_epi32(
            _mm_loadl_epi64(reinterpret_cast<const __m128i*>(unit + 2 + 8 * b)));
        const __m256i high = _mm256_sllv_epi32(_mm256_set1_epi32(unit[66 + b]),
                                               _mm256_setr_epi32(8, 7, 6, 5, 4, 3, 2, 1));
        alignas(32) std::uint32_t i[8];
        _mm256_store_si256(reinterpret_cast<__m256i*>(i),
                           _mm256_or_si256(low, _mm256_and_si256(high, _mm256_set1_epi32(0x100))));
        const __m256i magnitudes = two_halves(four(kIq3S.entry, i[0], i[1], i[2], i[3]),
                                              four(kIq3S.entry, i[4], i[5], i[6], i[7]));
        return L::dot_row(magnitudes, L::with_signs(x, load_u32(unit + 74 + 4 * b)));
    }
    DEEPWELL_INLINE std::uint32_t word(const std::uint8_t* unit, int i) { return unit[106 + i]; }
    DEEPWELL_INLINE typename L::Ints scale(const std::uint32_t (*words)[16], int k) {
        const auto both = L::load_ints(words[k / 2]);
        return L::bit_and(L::shift_right_by(both, 4 * (k & 1)), L::set_int(15));
    }
};

// Entries are 8 * value + 16; delta adds or takes one.
template <class L>
struct CodeBookRow<L, Format::IQ1_S> : CodeBookSteps {
    static constexpr int kBytes = sizeof(BlockIQ1_S), kHalf = 0, kWords = 8;
    static constexpr float kFactor = 0.125f;
    DEEPWELL_INLINE __m256i dot(const std::uint8_t* unit, int b, __m256i x) {
        const std::uint32_t qh = load_u16(unit + 34 + 2 * b);
        std::uint32_t index[4];
        L::template four_indices<3, 3>(unit + 2 + 4 * b, qh, index);
        const __m256i codes = four(kIq1.entry, index[0], index[1], index[2], index[3]);
        const int delta = 1 - static_cast<int>((qh >> 14) & 2u);
        return L::dot_row(_mm256_add_epi8(codes, _mm256_set1_epi8(static_cast<char>(delta))), x);
    }
    DEEPWELL_INLINE std::uint32_t word(const std::uint8_t* unit, int b) {
        return unit[34 + 2 * b + 1];
    }
    DEEPWELL_INLINE typename L::Ints scale(const std::uint32_t (*words)[16], int k) {
        return L::bit_and(L::template shift_right<4>(L::load_ints(words[k])), L::set_int(7));
    }
};

template <class L>
struct CodeBookRow<L, Format::IQ1_M> : CodeBookSteps {
    static constexpr int kBytes = sizeof(BlockIQ1_M), kHalf = -1, kWords = 4;
    static constexpr float kFactor = 0.125f;
    DEEPWELL_INLINE __m256i dot(const std::uint8_t* unit, int b, __m256i x) {
        const std::uint32_t qh = load_u16(unit + 32 + 2 * b);
        std::uint32_t index[4];
        L::template four_indices<4, 3>(unit + 4 * b, qh, index);
        const __m256i codes = four(kIq1.entry, index[0], index[1], index[2], index[3]);
        // The fourth bit of each nibble moved to the sign of eight bytes: minus one or one.
        const __m256i flags =
            _mm256_sllv_epi64(_mm256_set1_epi64x(qh), _mm256_setr_epi64x(60, 56, 52, 48));
        const __m256i delta =
            _mm256_or_si256(_mm256_cmpgt_epi64(_mm256_setzero_si256(), flags), _mm256_set1_epi8(1));
        return L::dot_row(_mm256_add_epi8(codes, delta), x);
    }
    DEEPWELL_INLINE std::uint32_t word(const std::uint8_t* unit, int i) {
        return load_u16(unit + 48 + 2 * i);
    }
    DEEPWELL_INLINE typename L::Ints scale(const std::uint32_t (*words)[16], int k) {
        const auto word = L::load_ints(words[k / 4]);
        return L::bit_and(L::shift_right_by(word, 3 * (k & 3)), L::set_int(7));
    }
    // From the top nibbles of the four words.
    DEEPWELL_INLINE typename L::Floats d(const std::uint32_t (*words)[16]) {
        const auto top = [&](int i) __attribute__((always_inline)) {
            return L::template shift_right<12>(L::load_ints(words[i]));
        };
        const auto low = L::bit_or(top(0), L::template shift_left<4>(top(1)));
        const auto high =
            L::bit_or(L::template shift_left<8>(top(2)), L::template shift_left<12>(top(3)));
        return L::low_halves(L::bit_or(low, high));
    }
};

template <class L, Format kFormat>
struct CodeBookKernel {
    using T = typename TraitsOf<kFormat>::type;
    using R = CodeBookRow<L, kFormat>;
    using Floats = typename L::Floats;
    using Ints = typename L::Ints;

    // The IQ1 formats' codes have an offset of 16; the others are magnitudes.
    static constexpr bool kOffset = kFormat == Format::IQ1_S || kFormat == Format::IQ1_M;

    struct Head {
        alignas(64) std::uint32_t words[R::kWords][16];
        alignas(64) std::uint16_t halves[16];
    };

    DEEPWELL_INLINE Floats scale(const Head& head, int k) {
        const Ints half = R::scale(head.words, k);
        return L::to_floats(L::add_ints(L::template shift_left<1>(half), L::set_int(1)));
    }

    DEEPWELL_INLINE Floats sum_of(Ints sum, std::int32_t minus_sum) {
        if constexpr (kOffset) {
            sum = L::add_ints(sum, L::set_int(static_cast<std::uint32_t>(minus_sum) << 4));
        }
        return L::to_floats(sum);
    }

    // rows: sixteen, the start of each. sums [16].
    static void run(const std::uint8_t* const* rows, std::int64_t blocks, const ActivationRecord* x,
                    float* sums) {
        for (int lane = 0; lane < 16; lane += L::kWidth) {
            half(rows + lane, blocks, rows[15] - rows[0], x, sums + lane);
        }
    }

    // The rows lie one behind the other: what is asked for ahead is about a group further on.
    DEEPWELL_INLINE void half(const std::uint8_t* const* rows, std::int64_t blocks,
                              std::int64_t ahead, const ActivationRecord* x, float* sums) {
        Floats row = L::set(0.0f);
        std::int64_t at = 0;
        for (std::int64_t first = 0; first < blocks; first += 8, at += R::kBytes) {
            Head head;
            for (int r = 0; r < L::kWidth; ++r) {
                const std::uint8_t* unit = rows[r] + at;
                __builtin_prefetch(unit + ahead, 0, 2);
                if constexpr (R::kBytes > 90) __builtin_prefetch(unit + ahead + 64, 0, 2);
#pragma GCC unroll 8
                for (int i = 0; i < R::kWords; ++i) head.words[i][r] = R::word(unit, i);
                if constexpr (R::kHalf >= 0) head.halves[r] = load_u16(unit + R::kHalf);
            }
            Floats u = L::set(0.0f);
            for (int b = 0; b < 8; ++b) {
                const ActivationRecord& record = x[first + b];
                const __m256i q = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(record.q));
                __m256i partial[L::kWidth];
#pragma GCC unroll 16
                for (int r = 0; r < L::kWidth; ++r) partial[r] = R::dot(rows[r] + at, b, q);
                Ints halves[2];
                L::fold_rows(partial, halves);
                Floats sum;
                if constexpr (T::kScales == 2) {
                    sum = L::mul(sum_of(halves[0], record.minus_sum_half[0]), scale(head, 2 * b));
                    sum = L::fma(sum_of(halves[1], record.minus_sum_half[1]),
                                 scale(head, 2 * b + 1), sum);
                } else {
                    sum = L::mul(sum_of(L::add_ints(halves[0], halves[1]), record.minus_sum),
                                 scale(head, b));
                }
                u = L::fma(sum, L::set(record.d), u);
            }
            Floats d;
            if constexpr (R::kHalf >= 0) {
                d = L::load_halves(head.halves);
            } else {
                d = R::d(head.words);
            }
            row = L::fma(L::mul(d, L::set(R::kFactor)), u, row);
        }
        L::store(sums, row);
    }
};

}  // namespace deepwell::kernels::cpu

#endif
