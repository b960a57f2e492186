// A MatrixLibrary that multiplies in double precision and remembers what it was asked.
#pragma once

#include <vector>

#include "kernels/cuda/matrix_library.h"
#include "kernels/formats/half.h"

namespace deepwell::tests {

struct LibraryLog {
    int opened = 0;
    std::vector<kernels::cuda::MatrixProduct> products;
    int refuse_from = -1;  // the product from which on it fails; -1: never
};

class DoubleLibrary final : public kernels::cuda::MatrixLibrary {
public:
    explicit DoubleLibrary(LibraryLog& log) : log_(log) {}

    int multiply(kernels::cuda::StreamHandle stream,
                 const kernels::cuda::MatrixProduct& p) override {
        if (const int code = kernels::cuda::synchronize(stream); code != 0) return code;
        if (log_.refuse_from >= 0 && static_cast<int>(log_.products.size()) >= log_.refuse_from) {
            return 15;
        }
        log_.products.push_back(p);
        for (int n = 0; n < p.n; ++n) {
            for (int m = 0; m < p.m; ++m) {
                double sum = 0;
                for (int k = 0; k < p.k; ++k) {
                    sum += element(p, p.weight, m * p.weight_stride + k) *
                           element(p, p.x, n * p.x_stride + k);
                }
                p.out[n * p.out_stride + m] = static_cast<float>(sum);
            }
        }
        return 0;
    }

    static kernels::cuda::OpenMatrixLibrary opener(LibraryLog& log) {
        return [&log](void*) {
            ++log.opened;
            return std::make_unique<DoubleLibrary>(log);
        };
    }

private:
    static double element(const kernels::cuda::MatrixProduct& p, const void* memory,
                          std::int64_t at) {
        return p.element == kernels::cuda::MatrixProduct::Element::Half
                   ? kernels::half_to_float(static_cast<const std::uint16_t*>(memory)[at])
                   : static_cast<const float*>(memory)[at];
    }

    LibraryLog& log_;
};

}  // namespace deepwell::tests
