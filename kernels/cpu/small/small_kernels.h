// The small steps on lanes: int8 activations, the gated unit.
#pragma once

#include "kernels/cpu/product/activation_record.h"
#include "kernels/cpu/simd/exponential.h"

namespace deepwell::kernels::cpu {

// The rule of formats/activation.h, and the sums of each block.
template <class L>
struct QuantizeKernel {
    using Floats = typename L::Floats;
    static constexpr int kRegisters = 32 / L::kWidth;

    static void run(const float* x, std::int64_t columns, ActivationRecord* records) {
        for (std::int64_t b = 0; b < columns / 32; ++b) block(x + 32 * b, records[b]);
    }

    DEEPWELL_INLINE void block(const float* x, ActivationRecord& record) {
        Floats value[kRegisters];
        Floats largest = L::set(0.0f);
#pragma GCC unroll 4
        for (int i = 0; i < kRegisters; ++i) {
            value[i] = L::load(x + i * L::kWidth);
            largest = L::max(L::abs(value[i]), largest);
        }
        alignas(64) float lanes[L::kWidth];
        L::store(lanes, largest);
        for (int step = L::kWidth / 2; step > 0; step /= 2) {
            for (int i = 0; i < step; ++i) {
                lanes[i] = lanes[i + step] > lanes[i] ? lanes[i + step] : lanes[i];
            }
        }
        const float d = lanes[0] / 127.0f;
        const Floats inverse = L::set(d > 1e-37f ? 1.0f / d : 0.0f);
#pragma GCC unroll 4
        for (int i = 0; i < kRegisters; ++i) {
            const Floats scaled =
                L::max(L::min(L::mul(value[i], inverse), L::set(127.0f)), L::set(-127.0f));
            // The rounded value is in the low bits after adding 1.5 * 2^23.
            L::store_low_bytes(record.q + i * L::kWidth,
                               L::bits(L::add(scaled, L::set(12582912.0f))));
        }
        record.d = d > 1e-37f ? d : 0.0f;
        const std::int32_t first = L::sum_sixteen(record.q);
        const std::int32_t second = L::sum_sixteen(record.q + 16);
        record.d_sum = record.d * static_cast<float>(first + second);
        record.d_sum_half[0] = record.d * static_cast<float>(first);
        record.d_sum_half[1] = record.d * static_cast<float>(second);
        record.minus_sum = -(first + second);
        record.minus_sum_half[0] = -first;
        record.minus_sum_half[1] = -second;
        record.unused = 0;
    }
};

template <class L>
struct GatedUnitKernel {
    using Floats = typename L::Floats;

    DEEPWELL_INLINE Floats of(Floats gate, Floats up) {
        const Floats one = L::set(1.0f);
        const Floats power = Exponential<L>::of(L::sub(L::set(0.0f), gate));
        return L::mul(L::div(gate, L::add(one, power)), up);
    }

    static void run(const float* gate, const float* up, std::int64_t count, float* out) {
        std::int64_t i = 0;
        for (; i + L::kWidth <= count; i += L::kWidth) {
            L::store(out + i, of(L::load(gate + i), L::load(up + i)));
        }
        if (i < count) {
            alignas(64) float a[L::kWidth] = {}, b[L::kWidth] = {};
            for (int k = 0; k < count - i; ++k) {
                a[k] = gate[i + k];
                b[k] = up[i + k];
            }
            L::store(a, of(L::load(a), L::load(b)));
            for (int k = 0; k < count - i; ++k) out[i + k] = a[k];
        }
    }
};

}  // namespace deepwell::kernels::cpu
