#include "kernels/cpu/rope.h"

#include <cmath>

namespace deepwell::kernels::cpu {

void rotation_table(std::span<const double> frequencies, double magnitude, std::int64_t first,
                    std::int32_t tokens, float* cosines, float* sines) {
    constexpr double kTurn = 6.283185307179586476925286766559;
    const std::size_t pairs = frequencies.size();
    for (std::int32_t t = 0; t < tokens; ++t) {
        const std::size_t row = static_cast<std::size_t>(t) * pairs;
        for (std::size_t j = 0; j < pairs; ++j) {
            const double angle =
                std::remainder(static_cast<double>(first + t) * frequencies[j], kTurn);
            cosines[row + j] = static_cast<float>(magnitude * std::cos(angle));
            sines[row + j] = static_cast<float>(magnitude * std::sin(angle));
        }
    }
}

void rotate(float* x, std::int32_t heads, std::int64_t head_stride, std::int32_t pairs,
            Pairing pairing, const float* cosines, const float* sines) {
    const bool halves = pairing == Pairing::halves;
    const std::int32_t step = halves ? 1 : 2;
    const std::int32_t partner = halves ? pairs : 1;
    for (std::int32_t h = 0; h < heads; ++h) {
        float* head = x + h * head_stride;
        for (std::int32_t j = 0; j < pairs; ++j) {
            float* first = head + j * step;
            float* second = first + partner;
            const float a = *first, b = *second;
            *first = a * cosines[j] - b * sines[j];
            *second = a * sines[j] + b * cosines[j];
        }
    }
}

}  // namespace deepwell::kernels::cpu
