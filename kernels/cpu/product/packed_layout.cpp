#include "kernels/cpu/product/packed_layout.h"

#include "kernels/cpu/packed_matrix.h"
#include "kernels/formats/table.h"

namespace deepwell::kernels::cpu {

PackedLayout packed_layout(Format format) {
    switch (format) {
        case Format::F32:
            return {true, 0, 1, 0, 0};
        case Format::F16:
        case Format::BF16:
            return {true, 0, 0, 0, 2};
        case Format::Q4_0:
        case Format::IQ4_NL:
            return {true, 2, 4, 0, 2};
        case Format::Q4_1:
            return {true, 0, 5, 0, 0};
        case Format::Q5_0:
            return {true, 2, 5, 0, 2};
        case Format::Q5_1:
            return {true, 0, 6, 0, 0};
        case Format::Q8_0:
            return {true, 2, 8, 0, 2};
        case Format::Q2_K:
            return {true, 0, 21, 0, 0};
        case Format::Q3_K:
            return {true, 0, 27, 108, 2};
        case Format::Q4_K:
            return {true, 0, 36, 0, 0};
        case Format::Q5_K:
            return {true, 0, 44, 0, 0};
        case Format::Q6_K:
            return {true, 0, 52, 208, 2};
        case Format::IQ4_XS:
            return {true, 0, 34, 0, 0};
        case Format::TQ1_0:
            return {true, 0, 13, 52, 2};
        case Format::TQ2_0:
            return {true, 0, 16, 64, 2};
        case Format::MXFP4:
            return {true, 1, 4, 0, 1};
        case Format::IQ1_S:
        case Format::IQ1_M:
        case Format::IQ2_XXS:
        case Format::IQ2_XS:
        case Format::IQ2_S:
        case Format::IQ3_XXS:
        case Format::IQ3_S:
            break;
    }
    return {};
}

int packed_word(Format format, int word) {
    switch (format) {
        case Format::Q2_K:  // d and the minimum first, which the block has last
            return word == 0 ? 20 : word - 1;
        case Format::Q3_K: {  // scales; then of each quad its upper bits and both halves' lower
                              // ones
            if (word < 3) return 24 + word;
            const int quad = (word - 3) / 3, part = (word - 3) % 3;
            return 8 * part + quad;
        }
        case Format::Q5_K: {  // head; then of each quad its fifth bits and four words of nibbles
            if (word < 4) return word;
            const int quad = (word - 4) / 5, part = (word - 4) % 5;
            return 4 + 8 * part + quad;
        }
        case Format::Q6_K: {  // scales; then of each half's quads two words of nibbles, upper bits
            if (word < 4) return 48 + word;
            const int half = (word - 4) / 24, quad = (word - 4) % 24 / 3, part = (word - 4) % 3;
            return part == 2 ? 32 + 8 * half + quad : 16 * half + 8 * part + quad;
        }
        default:
            return word;
    }
}

std::size_t packed_group_bytes(Format format, std::int64_t columns) {
    const auto bytes = static_cast<std::size_t>(kRowGroup * row_bytes(format, columns));
    return (bytes + 63) / 64 * 64;
}

}  // namespace deepwell::kernels::cpu
