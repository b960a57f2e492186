#include "kernels/cuda/large_product.h"

#include <algorithm>
#include <utility>

#include "kernels/cuda/expand.h"
#include "kernels/cuda/planes.h"

namespace deepwell::kernels::cuda {
namespace {

using Element = MatrixProduct::Element;

std::int64_t element_bytes(Element element) {
    return element == Element::Half ? 2 : 4;
}

// F32 weights are multiplied where they lie.
bool is_expanded(Format format) {
    return format != Format::F32;
}

// Whole tiles, two at least, so that a band's results start at multiples of 256 bytes.
std::int64_t band_rows(std::int64_t band_bytes, Element element, std::int64_t rows,
                       std::int64_t columns) {
    const std::int64_t step = 2 * kTileRows;
    const std::int64_t most = band_bytes / (columns * element_bytes(element)) / step * step;
    return std::min(std::max(most, step), (rows + step - 1) / step * step);
}

}  // namespace

void LargeProductNeed::add(Element element, Format format, std::int64_t rows, std::int64_t columns,
                           int batch) {
    const auto bytes = static_cast<std::uint64_t>(columns * element_bytes(element));
    if (is_expanded(format)) {
        const auto band = static_cast<std::uint64_t>(band_rows(band_bytes, element, rows, columns));
        weights = std::max(weights, band * bytes);
    }
    if (element == Element::Half) {
        activations = std::max(activations, static_cast<std::uint64_t>(batch) * bytes);
        scales = std::max(scales, static_cast<std::uint64_t>(batch) * sizeof(float));
    }
}

bool LargeProducts::takes(int tokens) {
    if (tokens < kLargeBatch) return false;
    if (open_) library_ = std::exchange(open_, nullptr)(memory_.library);
    return library_ != nullptr;
}

int LargeProducts::expand(StreamHandle stream, const ActivationUnit* x, std::int64_t columns,
                          int tokens) {
    return expand_activations(stream, x, static_cast<int>(columns), tokens,
                              static_cast<std::uint16_t*>(memory_.activations), memory_.scales);
}

int LargeProducts::multiply(StreamHandle stream, const Product& product, int tokens, bool& done) {
    return multiply_bands(stream, product, Element::Half, memory_.activations, product.columns,
                          memory_.scales, tokens, done);
}

int LargeProducts::multiply_float(StreamHandle stream, const Product& product, const float* x,
                                  int x_stride, int tokens, bool& done) {
    return multiply_bands(stream, product, Element::Float, x, x_stride, nullptr, tokens, done);
}

int LargeProducts::multiply_bands(StreamHandle stream, const Product& product, Element element,
                                  const void* x, std::int64_t x_stride, const float* scales,
                                  int tokens, bool& done) {
    done = false;
    const std::int64_t band = band_rows(band_bytes_, element, product.rows, product.columns);
    for (std::int64_t first = 0; first < product.rows; first += band) {
        MatrixProduct part;
        part.element = element;
        part.x = x;
        part.out = product.out + first;
        part.m = static_cast<int>(std::min(band, product.rows - first));
        part.n = tokens;
        part.k = static_cast<int>(product.columns);
        part.weight_stride = product.columns;
        part.x_stride = x_stride;
        part.out_stride = product.out_stride;
        if (is_expanded(product.format)) {
            const int code =
                expand_weights(stream, product, element, first, part.m, memory_.weights);
            if (code != 0) return code;
            part.weight = memory_.weights;
        } else {
            part.weight = static_cast<const float*>(product.weight) + first * product.columns;
        }
        if (library_->multiply(stream, part) != 0) {
            library_.reset();
            return 0;
        }
    }
    done = true;
    return finish_product(stream, product, scales, tokens);
}

}  // namespace deepwell::kernels::cuda
