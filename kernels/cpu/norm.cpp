#include "kernels/cpu/norm.h"

#include <algorithm>
#include <cmath>

namespace deepwell::kernels::cpu {
namespace {

constexpr std::int64_t kBlock = 256;
constexpr int kSums = 8;  // independent sums within a block, so that additions overlap

double sum_of_squares(const float* x, std::int64_t columns) {
    double total = 0.0;
    for (std::int64_t start = 0; start < columns; start += kBlock) {
        const std::int64_t end = std::min(start + kBlock, columns);
        double sums[kSums] = {};
        std::int64_t c = start;
        for (; c + kSums <= end; c += kSums) {
            for (int k = 0; k < kSums; ++k) {
                sums[k] += static_cast<double>(x[c + k]) * static_cast<double>(x[c + k]);
            }
        }
        for (; c < end; ++c) sums[0] += static_cast<double>(x[c]) * static_cast<double>(x[c]);
        total += ((sums[0] + sums[1]) + (sums[2] + sums[3])) +
                 ((sums[4] + sums[5]) + (sums[6] + sums[7]));
    }
    return total;
}

}  // namespace

void rms_norm(const float* x, std::int64_t x_stride, std::int64_t rows, std::int64_t columns,
              const float* weight, float epsilon, float* y, std::int64_t y_stride) {
    for (std::int64_t r = 0; r < rows; ++r) {
        const float* from = x + r * x_stride;
        float* to = y + r * y_stride;
        const double mean = sum_of_squares(from, columns) / static_cast<double>(columns);
        const auto scale = static_cast<float>(1.0 / std::sqrt(mean + static_cast<double>(epsilon)));
        for (std::int64_t c = 0; c < columns; ++c) to[c] = from[c] * scale * weight[c];
    }
}

}  // namespace deepwell::kernels::cpu
