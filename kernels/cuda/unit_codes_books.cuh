// unit_codes.cuh for the formats whose codes stand for entries of a table.
#pragma once

#include "kernels/cuda/unit_codes.cuh"
#include "kernels/formats/iq1.h"
#include "kernels/formats/iq2.h"
#include "kernels/formats/iq3.h"
#include "kernels/formats/iq4.h"
#include "kernels/formats/mxfp4.h"

namespace deepwell::kernels::cuda {

GPU_FUNCTION std::int8_t with_sign(int magnitude, std::uint32_t signs, int k) {
    return static_cast<std::int8_t>(((signs >> k) & 1u) != 0 ? -magnitude : magnitude);
}

struct CodesIQ4_NL {
    static constexpr int kBytes = 8 * sizeof(BlockIQ4_NL);
    GPU_FUNCTION void take(const std::uint8_t* unit, const CodeBooks& books, int b, Codes& codes) {
        const BlockIQ4_NL& block = reinterpret_cast<const BlockIQ4_NL*>(unit)[b];
        set_scales(codes, half_to_float(load_u16(block.d)), 0.0f);
        for (int k = 0; k < 32; ++k) codes.code[k] = books.iq4[nibble(block.qs, k)];
    }
};

struct CodesIQ4_XS {
    static constexpr int kBytes = sizeof(BlockIQ4_XS);
    GPU_FUNCTION void take(const std::uint8_t* unit, const CodeBooks& books, int b, Codes& codes) {
        const BlockIQ4_XS& block = *reinterpret_cast<const BlockIQ4_XS*>(unit);
        set_scales(codes,
                   half_to_float(load_u16(block.d)) * static_cast<float>(iq4_xs_scale(block, b)),
                   0.0f);
        for (int k = 0; k < 32; ++k) codes.code[k] = books.iq4[nibble(block.qs + 16 * b, k)];
    }
};

struct CodesMXFP4 {
    static constexpr int kBytes = 8 * sizeof(BlockMXFP4);
    GPU_FUNCTION void take(const std::uint8_t* unit, const CodeBooks& books, int b, Codes& codes) {
        const BlockMXFP4& block = reinterpret_cast<const BlockMXFP4*>(unit)[b];
        set_scales(codes, mxfp4_scale(block.e), 0.0f);
        for (int k = 0; k < 32; ++k) codes.code[k] = books.mxfp4[nibble(block.qs, k)];
    }
};

struct CodesIQ2_XXS {
    static constexpr int kBytes = sizeof(BlockIQ2_XXS);
    GPU_FUNCTION void take(const std::uint8_t* unit, const CodeBooks& books, int b, Codes& codes) {
        const BlockIQ2_XXS& block = *reinterpret_cast<const BlockIQ2_XXS*>(unit);
        const std::uint8_t* record = block.records + 8 * b;
        const std::uint32_t word = load_u32(record + 4);
        set_scales(codes, iq2_scale(half_to_float(load_u16(block.d)), word >> 28), 0.0f);
        for (int g = 0; g < 4; ++g) {
            const std::uint16_t entry = books.iq2_xxs[record[g]];
            const std::uint32_t signs = even_signs((word >> (7 * g)) & 127u);
            for (int k = 0; k < 8; ++k) {
                codes.code[8 * g + k] = with_sign(iq2_magnitude(entry, k), signs, k);
            }
        }
    }
};

struct CodesIQ2_XS {
    static constexpr int kBytes = sizeof(BlockIQ2_XS);
    GPU_FUNCTION void take(const std::uint8_t* unit, const CodeBooks& books, int b, Codes& codes) {
        const BlockIQ2_XS& block = *reinterpret_cast<const BlockIQ2_XS*>(unit);
        const float d = half_to_float(load_u16(block.d));
        for (int h = 0; h < 2; ++h) {
            codes.scale[h] = iq2_scale(d, (block.scales[b] >> (4 * h)) & 15u);
            codes.offset[h] = 0.0f;
        }
        for (int g = 0; g < 4; ++g) {
            const std::uint32_t code = load_u16(block.codes + 8 * b + 2 * g);
            const std::uint16_t entry = books.iq2_xs[code & 511u];
            const std::uint32_t signs = even_signs(code >> 9);
            for (int k = 0; k < 8; ++k) {
                codes.code[8 * g + k] = with_sign(iq2_magnitude(entry, k), signs, k);
            }
        }
    }
};

struct CodesIQ2_S {
    static constexpr int kBytes = sizeof(BlockIQ2_S);
    GPU_FUNCTION void take(const std::uint8_t* unit, const CodeBooks& books, int b, Codes& codes) {
        const BlockIQ2_S& block = *reinterpret_cast<const BlockIQ2_S*>(unit);
        const float d = half_to_float(load_u16(block.d));
        for (int h = 0; h < 2; ++h) {
            codes.scale[h] = iq2_scale(d, (block.scales[b] >> (4 * h)) & 15u);
            codes.offset[h] = 0.0f;
        }
        for (int g = 0; g < 4; ++g) {
            const std::uint32_t index = block.qs[4 * b + g] | ((block.qh[b] >> (2 * g)) & 3u) << 8;
            const std::uint16_t entry = books.iq2_s[index];
            for (int k = 0; k < 8; ++k) {
                codes.code[8 * g + k] =
                    with_sign(iq2_magnitude(entry, k), block.signs[4 * b + g], k);
            }
        }
    }
};

struct CodesIQ3_XXS {
    static constexpr int kBytes = sizeof(BlockIQ3_XXS);
    GPU_FUNCTION void take(const std::uint8_t* unit, const CodeBooks& books, int b, Codes& codes) {
        const BlockIQ3_XXS& block = *reinterpret_cast<const BlockIQ3_XXS*>(unit);
        const std::uint32_t word = load_u32(block.words + 4 * b);
        set_scales(
            codes,
            half_to_float(load_u16(block.d)) * (0.5f + static_cast<float>(word >> 28)) * 0.5f,
            0.0f);
        for (int k = 0; k < 32; ++k) {
            const std::uint16_t entry = books.iq3_xxs[block.qs[8 * b + k / 4]];
            const std::uint32_t signs = even_signs((word >> (7 * (k / 8))) & 127u);
            codes.code[k] = with_sign(iq3_xxs_magnitude(entry, k % 4), signs, k % 8);
        }
    }
};

struct CodesIQ3_S {
    static constexpr int kBytes = sizeof(BlockIQ3_S);
    GPU_FUNCTION void take(const std::uint8_t* unit, const CodeBooks& books, int b, Codes& codes) {
        const BlockIQ3_S& block = *reinterpret_cast<const BlockIQ3_S*>(unit);
        const std::uint32_t bits = (block.scales[b / 2] >> (4 * (b & 1))) & 15u;
        set_scales(codes, half_to_float(load_u16(block.d)) * static_cast<float>(1u + 2u * bits),
                   0.0f);
        for (int k = 0; k < 32; ++k) {
            const int t = k / 4;
            const std::uint32_t index = block.qs[8 * b + t] | ((block.qh[b] >> t) & 1u) << 8;
            codes.code[k] = with_sign(iq3_s_magnitude(books.iq3_s[index], k % 4),
                                      block.signs[4 * b + k / 8], k % 8);
        }
    }
};

// The eighth that moves an entry is folded in: eight times the entry, plus or minus one.
GPU_FUNCTION void iq1_codes(std::uint16_t entry, bool down, std::int8_t* codes) {
    for (int k = 0; k < 8; ++k) {
        codes[k] = static_cast<std::int8_t>(8 * iq1_value(entry, k) + (down ? -1 : 1));
    }
}

struct CodesIQ1_S {
    static constexpr int kBytes = sizeof(BlockIQ1_S);
    GPU_FUNCTION void take(const std::uint8_t* unit, const CodeBooks& books, int b, Codes& codes) {
        const BlockIQ1_S& block = *reinterpret_cast<const BlockIQ1_S*>(unit);
        const std::uint32_t qh = load_u16(block.qh + 2 * b);
        const float d = half_to_float(load_u16(block.d));
        set_scales(codes, d * static_cast<float>(2u * ((qh >> 12) & 7u) + 1u) * 0.125f, 0.0f);
        for (int g = 0; g < 4; ++g) {
            const std::uint32_t index = block.qs[4 * b + g] | ((qh >> (3 * g)) & 7u) << 8;
            iq1_codes(books.iq1[index], (qh & 0x8000u) != 0, codes.code + 8 * g);
        }
    }
};

struct CodesIQ1_M {
    static constexpr int kBytes = sizeof(BlockIQ1_M);
    GPU_FUNCTION void take(const std::uint8_t* unit, const CodeBooks& books, int b, Codes& codes) {
        const BlockIQ1_M& block = *reinterpret_cast<const BlockIQ1_M*>(unit);
        const float d = iq1_m_d(block);
        for (int h = 0; h < 2; ++h) {
            codes.scale[h] =
                d * static_cast<float>(2u * iq1_m_scale(block, 2 * b + h) + 1u) * 0.125f;
            codes.offset[h] = 0.0f;
        }
        for (int g = 0; g < 4; ++g) {
            const int n = 4 * b + g;
            const std::uint32_t bits = (block.qh[n / 2] >> (4 * (n & 1))) & 15u;
            const std::uint32_t index = block.qs[n] | (bits & 7u) << 8;
            iq1_codes(books.iq1[index], (bits & 8u) != 0, codes.code + 8 * g);
        }
    }
};

}  // namespace deepwell::kernels::cuda
