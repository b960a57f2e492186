// Sixteen lanes in plain C++: the definition that the other instruction sets follow bit by bit.
#pragma once

#include <cmath>
#include <cstdint>
#include <cstring>

#include "kernels/cpu/simd/inline.h"
#include "kernels/formats/half.h"

namespace deepwell::kernels::cpu {

struct ScalarLanes {
    static constexpr int kWidth = 16;
    static constexpr int kTokenTile = 4;

    struct Floats {
        float lane[kWidth];
    };
    struct Ints {
        std::uint32_t lane[kWidth];
    };
    struct Table {
        std::uint8_t byte[16];
    };

    template <class Function>
    static inline Floats floats(const Function& f) {
        Floats r;
        for (int i = 0; i < kWidth; ++i) r.lane[i] = f(i);
        return r;
    }
    template <class Function>
    static inline Ints ints(const Function& f) {
        Ints r;
        for (int i = 0; i < kWidth; ++i) r.lane[i] = f(i);
        return r;
    }

    // Floats.
    static inline Floats set(float x) {
        return floats([&](int) { return x; });
    }
    static inline Floats load(const float* p) {
        return floats([&](int i) { return p[i]; });
    }
    static inline void store(float* p, const Floats& a) { memcpy(p, a.lane, sizeof a.lane); }
    static inline Floats add(const Floats& a, const Floats& b) {
        return floats([&](int i) { return a.lane[i] + b.lane[i]; });
    }
    static inline Floats sub(const Floats& a, const Floats& b) {
        return floats([&](int i) { return a.lane[i] - b.lane[i]; });
    }
    static inline Floats mul(const Floats& a, const Floats& b) {
        return floats([&](int i) { return a.lane[i] * b.lane[i]; });
    }
    static inline Floats div(const Floats& a, const Floats& b) {
        return floats([&](int i) { return a.lane[i] / b.lane[i]; });
    }
    static inline Floats fma(const Floats& a, const Floats& b, const Floats& c) {
        return floats([&](int i) { return __builtin_fmaf(a.lane[i], b.lane[i], c.lane[i]); });
    }
    // The second where one is NaN, as the processors do.
    static inline Floats max(const Floats& a, const Floats& b) {
        return floats([&](int i) { return a.lane[i] > b.lane[i] ? a.lane[i] : b.lane[i]; });
    }
    static inline Floats min(const Floats& a, const Floats& b) {
        return floats([&](int i) { return a.lane[i] < b.lane[i] ? a.lane[i] : b.lane[i]; });
    }
    static inline Floats abs(const Floats& a) {
        return floats(
            [&](int i) { return float_from_bits(bits_from_float(a.lane[i]) & 0x7fffffffu); });
    }

    // Conversions.
    static inline Floats to_floats(const Ints& a) {
        return floats(
            [&](int i) { return static_cast<float>(static_cast<std::int32_t>(a.lane[i])); });
    }
    static inline Ints bits(const Floats& a) {
        return ints([&](int i) { return bits_from_float(a.lane[i]); });
    }
    static inline Floats from_bits(const Ints& a) {
        return floats([&](int i) { return float_from_bits(a.lane[i]); });
    }
    static inline Floats load_halves(const void* p) {
        return floats([&](int i) {
            return half_to_float(load_u16(static_cast<const std::uint8_t*>(p) + 2 * i));
        });
    }
    // One half in all lanes.
    static inline Floats set_half(const void* p) {
        return set(half_to_float(load_u16(static_cast<const std::uint8_t*>(p))));
    }
    static inline Floats load_bfloats(const void* p) {
        return floats([&](int i) {
            return bfloat_to_float(load_u16(static_cast<const std::uint8_t*>(p) + 2 * i));
        });
    }
    static inline Floats low_halves(const Ints& a) {
        return floats([&](int i) { return half_to_float(static_cast<std::uint16_t>(a.lane[i])); });
    }
    static inline Floats high_halves(const Ints& a) {
        return floats(
            [&](int i) { return half_to_float(static_cast<std::uint16_t>(a.lane[i] >> 16)); });
    }
    static inline Floats load_signed_bytes(const std::int8_t* p) {
        return floats([&](int i) { return static_cast<float>(p[i]); });
    }
    // The low byte of each lane, to memory.
    static inline void store_low_bytes(std::int8_t* p, const Ints& a) {
        for (int i = 0; i < kWidth; ++i) {
            p[i] = static_cast<std::int8_t>(static_cast<std::uint8_t>(a.lane[i]));
        }
    }

    // Integers: 32 bits a lane, or four codes of a byte.
    static inline Ints set_int(std::uint32_t x) {
        return ints([&](int) { return x; });
    }
    static inline Ints load_ints(const void* p) {
        Ints r;
        memcpy(r.lane, p, sizeof r.lane);
        return r;
    }
    static inline void store_ints(void* p, const Ints& a) { memcpy(p, a.lane, sizeof a.lane); }
    static inline Ints load_byte_lanes(const std::uint8_t* p) {
        return ints([&](int i) { return p[i]; });
    }
    static inline Ints bit_and(const Ints& a, const Ints& b) {
        return ints([&](int i) { return a.lane[i] & b.lane[i]; });
    }
    static inline Ints bit_or(const Ints& a, const Ints& b) {
        return ints([&](int i) { return a.lane[i] | b.lane[i]; });
    }
    static inline Ints bit_xor(const Ints& a, const Ints& b) {
        return ints([&](int i) { return a.lane[i] ^ b.lane[i]; });
    }
    static inline Ints add_ints(const Ints& a, const Ints& b) {
        return ints([&](int i) { return a.lane[i] + b.lane[i]; });
    }
    template <int kBits>
    static inline Ints shift_right(const Ints& a) {
        return ints([&](int i) { return a.lane[i] >> kBits; });
    }
    template <int kBits>
    static inline Ints shift_left(const Ints& a) {
        return ints([&](int i) { return a.lane[i] << kBits; });
    }
    static inline Ints shift_right_by(const Ints& a, int bits) {
        return ints([&](int i) { return a.lane[i] >> bits; });
    }
    static inline Ints shift_right_signed(const Ints& a, int bits) {
        return ints([&](int i) {
            return static_cast<std::uint32_t>(static_cast<std::int32_t>(a.lane[i]) >> bits);
        });
    }
    static inline Table load_table(const std::uint8_t* bytes) {
        Table r;
        memcpy(r.byte, bytes, sizeof r.byte);
        return r;
    }
    // Each byte of `codes` (0..15) replaced by the table's.
    static inline Ints look_up(const Table& table, const Ints& codes) {
        return ints([&](int i) {
            std::uint32_t r = 0;
            for (int k = 0; k < 4; ++k) {
                r |= std::uint32_t{table.byte[(codes.lane[i] >> (8 * k)) & 15u]} << (8 * k);
            }
            return r;
        });
    }

    // One of sixteen floats by the low four bits of each lane; the upper eight are the lower ones
    // negated, but for the zero that both start with (zero stays positive).
    struct SignedTable {
        float value[16];
    };
    static inline SignedTable load_signed_table(const float* sixteen) {
        SignedTable r;
        memcpy(r.value, sixteen, sizeof r.value);
        return r;
    }
    static inline Floats look_up_signed(const SignedTable& table, const Ints& codes) {
        return floats([&](int i) { return table.value[codes.lane[i] & 15u]; });
    }

    // Sum over quads kFirst .. kFirst + kCount - 1 of (code - offset) * x, four values a quad;
    // minus_sum is minus the sum of those x, offset = 2^kOffsetBits, or none for -1.
    template <CodeRange kRange, int kOffsetBits, int kFirst, int kCount>
    static inline Ints dot(const Ints (&codes)[8], const std::int8_t* x, std::int32_t minus_sum) {
        Ints r;
        const std::int32_t start = kOffsetBits < 0 ? 0 : minus_sum * (1 << (kOffsetBits & 31));
        for (int i = 0; i < kWidth; ++i) {
            std::int32_t sum = start;
            for (int quad = kFirst; quad < kFirst + kCount; ++quad) {
                std::uint8_t code[4];
                memcpy(code, &codes[quad].lane[i], 4);
                for (int k = 0; k < 4; ++k) sum += std::int32_t{code[k]} * x[4 * quad + k];
            }
            r.lane[i] = static_cast<std::uint32_t>(sum);
        }
        return r;
    }

    // One quad added to a sum: four codes without an offset times four x.
    static inline Ints add_quad(Ints sum, const Ints& codes, const std::int8_t* x) {
        for (int i = 0; i < kWidth; ++i) {
            std::uint8_t code[4];
            memcpy(code, &codes.lane[i], 4);
            std::int32_t four = 0;
            for (int k = 0; k < 4; ++k) four += std::int32_t{code[k]} * x[k];
            sum.lane[i] += static_cast<std::uint32_t>(four);
        }
        return sum;
    }

    // Ternary digit n of each byte: (byte * 3^n mod 256) * 3 / 256.
    template <int kDigit>
    static inline Ints digit(const Ints& bytes) {
        constexpr std::uint32_t kPowers[5] = {1, 3, 9, 27, 81};
        return ints([&](int i) {
            std::uint32_t r = 0;
            for (int k = 0; k < 4; ++k) {
                const std::uint32_t byte = (bytes.lane[i] >> (8 * k)) & 255u;
                r |= (((byte * kPowers[kDigit]) & 255u) * 3u >> 8) << (8 * k);
            }
            return r;
        });
    }

    // Rows of sixteen words each become columns: out[w] lane r = in[r] word w.
    static inline void transpose(const std::uint8_t* rows, int row_stride, std::uint8_t* planes) {
        for (int r = 0; r < 16; ++r) {
            for (int w = 0; w < 16; ++w) {
                memcpy(planes + 64 * w + 4 * r, rows + r * row_stride + 4 * w, 4);
            }
        }
    }

    // Lane s is the sum of the lanes of a[s], taken by halves: lane i + lane i + 8, then + 4 ...
    static inline Floats sums_across(const Floats (&a)[kWidth]) {
        return floats([&](int s) {
            Floats sum = a[s];
            for (int step = kWidth / 2; step > 0; step /= 2) {
                for (int i = 0; i < step; ++i) sum.lane[i] += sum.lane[i + step];
            }
            return sum.lane[0];
        });
    }

    // Sum of sixteen bytes.
    static inline std::int32_t sum_sixteen(const std::int8_t* q) {
        std::int32_t sum = 0;
        for (int i = 0; i < 16; ++i) sum += q[i];
        return sum;
    }
};

}  // namespace deepwell::kernels::cpu
