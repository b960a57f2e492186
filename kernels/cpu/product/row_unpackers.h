// The functions that take rows in the file's layout apart (row_unpack.h), all but the code books'.
//
// Plain loops with internal linkage: each instruction set's file compiles its own, and the compiler
// makes vectors of them.
#pragma once

#include <cstring>

#include "kernels/cpu/product/code_book_rows.h"
#include "kernels/cpu/product/row_unpack.h"
#include "kernels/cpu/simd/inline.h"
#include "kernels/formats/table.h"

namespace deepwell::kernels::cpu {

static void nibbles(const std::uint8_t* qs, std::uint8_t* codes) {
    for (int k = 0; k < 16; ++k) {
        codes[k] = qs[k] & 15;
        codes[k + 16] = qs[k] >> 4;
    }
}

static void add_fifth_bits(std::uint32_t high, std::uint8_t* codes) {
    for (int k = 0; k < 32; ++k) {
        codes[k] = static_cast<std::uint8_t>(codes[k] | ((high >> k) & 1u) << 4);
    }
}

static void unpack_q4_0(const std::uint8_t* bytes, std::int32_t blocks, RowUnit& unit) {
    for (std::int32_t b = 0; b < blocks; ++b, bytes += sizeof(BlockQ4_0)) {
        unit.d[b] = half_to_float(load_u16(bytes));
        nibbles(bytes + 2, unit.codes + 32 * b);
    }
}

static void unpack_q4_1(const std::uint8_t* bytes, std::int32_t blocks, RowUnit& unit) {
    for (std::int32_t b = 0; b < blocks; ++b, bytes += sizeof(BlockQ4_1)) {
        unit.d[b] = half_to_float(load_u16(bytes));
        unit.m[b] = half_to_float(load_u16(bytes + 2));
        nibbles(bytes + 4, unit.codes + 32 * b);
    }
}

static void unpack_q5_0(const std::uint8_t* bytes, std::int32_t blocks, RowUnit& unit) {
    for (std::int32_t b = 0; b < blocks; ++b, bytes += sizeof(BlockQ5_0)) {
        unit.d[b] = half_to_float(load_u16(bytes));
        nibbles(bytes + 6, unit.codes + 32 * b);
        add_fifth_bits(load_u32(bytes + 2), unit.codes + 32 * b);
    }
}

static void unpack_q5_1(const std::uint8_t* bytes, std::int32_t blocks, RowUnit& unit) {
    for (std::int32_t b = 0; b < blocks; ++b, bytes += sizeof(BlockQ5_1)) {
        unit.d[b] = half_to_float(load_u16(bytes));
        unit.m[b] = half_to_float(load_u16(bytes + 2));
        nibbles(bytes + 8, unit.codes + 32 * b);
        add_fifth_bits(load_u32(bytes + 4), unit.codes + 32 * b);
    }
}

static void unpack_q8_0(const std::uint8_t* bytes, std::int32_t blocks, RowUnit& unit) {
    for (std::int32_t b = 0; b < blocks; ++b, bytes += sizeof(BlockQ8_0)) {
        unit.d[b] = half_to_float(load_u16(bytes));
        for (int k = 0; k < 32; ++k) unit.codes[32 * b + k] = bytes[2 + k] ^ 0x80u;
    }
}

// Sixteen codes replaced by a table's values, moved up by the offset.
static void look_up(const std::int8_t* table, int offset, int count, std::uint8_t* codes) {
    for (int k = 0; k < count; ++k) codes[k] = static_cast<std::uint8_t>(table[codes[k]] + offset);
}

static void unpack_iq4_nl(const std::uint8_t* bytes, std::int32_t blocks, RowUnit& unit) {
    unpack_q4_0(bytes, blocks, unit);
    look_up(kIq4Values, 128, 32 * blocks, unit.codes);
}

static void unpack_mxfp4(const std::uint8_t* bytes, std::int32_t blocks, RowUnit& unit) {
    for (std::int32_t b = 0; b < blocks; ++b, bytes += sizeof(BlockMXFP4)) {
        unit.d[b] = mxfp4_scale(bytes[0]);
        nibbles(bytes + 1, unit.codes + 32 * b);
    }
    look_up(kMxfp4Values, 16, 32 * blocks, unit.codes);
}

static void two_bit_codes(const std::uint8_t* qs, std::uint8_t* codes) {
    for (int h = 0; h < 2; ++h) {
        for (int r = 0; r < 4; ++r) {
            for (int l = 0; l < 32; ++l) {
                codes[128 * h + 32 * r + l] = (qs[32 * h + l] >> (2 * r)) & 3;
            }
        }
    }
}

static void unpack_q2_k(const std::uint8_t* bytes, std::int32_t, RowUnit& unit) {
    const BlockQ2_K& block = *reinterpret_cast<const BlockQ2_K*>(bytes);
    unit.d[0] = half_to_float(load_u16(block.d));
    unit.m[0] = -half_to_float(load_u16(block.dmin));
    for (int k = 0; k < 16; ++k) {
        unit.scales[k] = static_cast<float>(block.scales[k] & 15);
        unit.minima[k] = static_cast<float>(block.scales[k] >> 4);
    }
    two_bit_codes(block.qs, unit.codes);
}

static void unpack_q3_k(const std::uint8_t* bytes, std::int32_t, RowUnit& unit) {
    const BlockQ3_K& block = *reinterpret_cast<const BlockQ3_K*>(bytes);
    unit.d[0] = half_to_float(load_u16(block.d));
    for (int k = 0; k < 16; ++k) {
        unit.scales[k] = static_cast<float>(q3_k_scale(block.scales, k));
    }
    two_bit_codes(block.qs, unit.codes);
    for (int b = 0; b < 8; ++b) {
        for (int l = 0; l < 32; ++l) {
            unit.codes[32 * b + l] = static_cast<std::uint8_t>(unit.codes[32 * b + l] |
                                                               ((block.hmask[l] >> b) & 1) << 2);
        }
    }
}

static void k_nibbles(const std::uint8_t* qs, std::uint8_t* codes) {
    for (int i = 0; i < 4; ++i) {
        for (int l = 0; l < 32; ++l) {
            codes[64 * i + l] = qs[32 * i + l] & 15;
            codes[64 * i + 32 + l] = qs[32 * i + l] >> 4;
        }
    }
}

static void k_scales(const std::uint8_t* bytes, RowUnit& unit) {
    unit.d[0] = half_to_float(load_u16(bytes));
    unit.m[0] = -half_to_float(load_u16(bytes + 2));
    for (int j = 0; j < 8; ++j) {
        unit.scales[j] = static_cast<float>(k_scale(bytes + 4, j));
        unit.minima[j] = static_cast<float>(k_minimum(bytes + 4, j));
    }
}

static void unpack_q4_k(const std::uint8_t* bytes, std::int32_t, RowUnit& unit) {
    k_scales(bytes, unit);
    k_nibbles(bytes + 16, unit.codes);
}

static void unpack_q5_k(const std::uint8_t* bytes, std::int32_t, RowUnit& unit) {
    const BlockQ5_K& block = *reinterpret_cast<const BlockQ5_K*>(bytes);
    k_scales(bytes, unit);
    k_nibbles(block.qs, unit.codes);
    for (int j = 0; j < 8; ++j) {
        for (int l = 0; l < 32; ++l) {
            unit.codes[32 * j + l] =
                static_cast<std::uint8_t>(unit.codes[32 * j + l] | ((block.qh[l] >> j) & 1) << 4);
        }
    }
}

static void unpack_q6_k(const std::uint8_t* bytes, std::int32_t, RowUnit& unit) {
    const BlockQ6_K& block = *reinterpret_cast<const BlockQ6_K*>(bytes);
    unit.d[0] = half_to_float(load_u16(block.d));
    for (int k = 0; k < 16; ++k) unit.scales[k] = static_cast<float>(block.scales[k]);
    for (int h = 0; h < 2; ++h) {
        const std::uint8_t* ql = block.ql + 64 * h;
        const std::uint8_t* qh = block.qh + 32 * h;
        std::uint8_t* codes = unit.codes + 128 * h;
        for (int l = 0; l < 32; ++l) {
            codes[l] = static_cast<std::uint8_t>((ql[l] & 15) | (qh[l] & 3) << 4);
            codes[32 + l] = static_cast<std::uint8_t>((ql[32 + l] & 15) | (qh[l] & 12) << 2);
            codes[64 + l] = static_cast<std::uint8_t>(ql[l] >> 4 | (qh[l] & 48));
            codes[96 + l] = static_cast<std::uint8_t>(ql[32 + l] >> 4 | (qh[l] & 192) >> 2);
        }
    }
}

static void unpack_iq4_xs(const std::uint8_t* bytes, std::int32_t, RowUnit& unit) {
    const BlockIQ4_XS& block = *reinterpret_cast<const BlockIQ4_XS*>(bytes);
    unit.d[0] = half_to_float(load_u16(block.d));
    for (int b = 0; b < 8; ++b) {
        unit.scales[b] = static_cast<float>(iq4_xs_scale(block, b));
        nibbles(block.qs + 16 * b, unit.codes + 32 * b);
    }
    look_up(kIq4Values, 128, 256, unit.codes);
}

static void unpack_tq1_0(const std::uint8_t* bytes, std::int32_t, RowUnit& unit) {
    const BlockTQ1_0& block = *reinterpret_cast<const BlockTQ1_0*>(bytes);
    unit.d[0] = half_to_float(load_u16(block.d));
    const auto code = [](std::uint32_t byte, std::uint32_t power) {
        return static_cast<std::uint8_t>((((byte * power) & 255u) * 3u) >> 8);
    };
    std::uint32_t power = 1;
    for (int n = 0; n < 5; ++n, power *= 3) {
        for (int k = 0; k < 32; ++k) unit.codes[32 * n + k] = code(block.qs[k], power);
        for (int k = 0; k < 16; ++k) unit.codes[160 + 16 * n + k] = code(block.qs[32 + k], power);
        if (n < 4) {
            for (int k = 0; k < 4; ++k) unit.codes[240 + 4 * n + k] = code(block.qh[k], power);
        }
    }
}

static void unpack_tq2_0(const std::uint8_t* bytes, std::int32_t, RowUnit& unit) {
    unit.d[0] = half_to_float(load_u16(bytes + 64));
    two_bit_codes(bytes, unit.codes);
}

// The function of a quantized format; null for F32, F16 and BF16.
static constexpr UnpackRow row_unpacker(Format format) {
    switch (format) {
        case Format::Q4_0:
            return unpack_q4_0;
        case Format::Q4_1:
            return unpack_q4_1;
        case Format::Q5_0:
            return unpack_q5_0;
        case Format::Q5_1:
            return unpack_q5_1;
        case Format::Q8_0:
            return unpack_q8_0;
        case Format::Q2_K:
            return unpack_q2_k;
        case Format::Q3_K:
            return unpack_q3_k;
        case Format::Q4_K:
            return unpack_q4_k;
        case Format::Q5_K:
            return unpack_q5_k;
        case Format::Q6_K:
            return unpack_q6_k;
        case Format::IQ2_XXS:
            return unpack_iq2_xxs;
        case Format::IQ2_XS:
            return unpack_iq2_xs;
        case Format::IQ2_S:
            return unpack_iq2_s;
        case Format::IQ3_XXS:
            return unpack_iq3_xxs;
        case Format::IQ3_S:
            return unpack_iq3_s;
        case Format::IQ1_S:
            return unpack_iq1_s;
        case Format::IQ1_M:
            return unpack_iq1_m;
        case Format::IQ4_NL:
            return unpack_iq4_nl;
        case Format::IQ4_XS:
            return unpack_iq4_xs;
        case Format::TQ1_0:
            return unpack_tq1_0;
        case Format::TQ2_0:
            return unpack_tq2_0;
        case Format::MXFP4:
            return unpack_mxfp4;
        case Format::F32:
        case Format::F16:
        case Format::BF16:
            break;
    }
    return nullptr;
}

}  // namespace deepwell::kernels::cpu
