// A row's unit taken apart into whole numbers, block by block of 32 columns: what every product
// that has no tuned kernel, and the expansion of weights for large batches, is made of.
//
//   value[i] = scale[i / 16] * code[i] + offset[i / 16]
//
// To add a format: a struct with the bytes of a unit and `take`, and its row in unit_formats.cuh.
// The formats with code books are in unit_codes_books.cuh.
#pragma once

#include "kernels/cuda/code_books.h"
#include "kernels/cuda/product_tiles.cuh"
#include "kernels/formats/q2_k.h"
#include "kernels/formats/q3_k.h"
#include "kernels/formats/q4.h"
#include "kernels/formats/q4_k.h"
#include "kernels/formats/q5.h"
#include "kernels/formats/q5_k.h"
#include "kernels/formats/q6_k.h"
#include "kernels/formats/q8_0.h"
#include "kernels/formats/tq.h"

namespace deepwell::kernels::cuda {

struct Codes {
    alignas(4) std::int8_t code[32];
    float scale[2];
    float offset[2];
};

GPU_FUNCTION void set_scales(Codes& codes, float scale, float offset) {
    codes.scale[0] = codes.scale[1] = scale;
    codes.offset[0] = codes.offset[1] = offset;
}

// The lane's unit as the file has it, gathered from the planes and the rest behind them.
template <class Format>
GPU_FUNCTION void gather_unit(const std::uint8_t* tile, int lane, std::uint8_t* unit) {
    constexpr int kPlanes = Format::kBytes / 16;
    constexpr int kRest = Format::kBytes % 16;
    for (int plane = 0; plane < kPlanes; ++plane) {
        const gpu::Words4 piece = load_piece(tile, plane, lane);
        memcpy(unit + 16 * plane, &piece, 16);
    }
    const std::uint8_t* rest = tile + kPlanes * kPlaneBytes + lane * kRest;
    for (int i = 0; i < kRest; ++i) unit[16 * kPlanes + i] = rest[i];
}

struct CodesQ4_0 {
    static constexpr int kBytes = 8 * sizeof(BlockQ4_0);
    GPU_FUNCTION void take(const std::uint8_t* unit, const CodeBooks&, int b, Codes& codes) {
        const BlockQ4_0& block = reinterpret_cast<const BlockQ4_0*>(unit)[b];
        set_scales(codes, half_to_float(load_u16(block.d)), 0.0f);
        for (int k = 0; k < 32; ++k) {
            codes.code[k] = static_cast<std::int8_t>(nibble(block.qs, k) - 8);
        }
    }
};

struct CodesQ4_1 {
    static constexpr int kBytes = 8 * sizeof(BlockQ4_1);
    GPU_FUNCTION void take(const std::uint8_t* unit, const CodeBooks&, int b, Codes& codes) {
        const BlockQ4_1& block = reinterpret_cast<const BlockQ4_1*>(unit)[b];
        set_scales(codes, half_to_float(load_u16(block.d)), half_to_float(load_u16(block.m)));
        for (int k = 0; k < 32; ++k) {
            codes.code[k] = static_cast<std::int8_t>(nibble(block.qs, k));
        }
    }
};

struct CodesQ5_0 {
    static constexpr int kBytes = 8 * sizeof(BlockQ5_0);
    GPU_FUNCTION void take(const std::uint8_t* unit, const CodeBooks&, int b, Codes& codes) {
        const BlockQ5_0& block = reinterpret_cast<const BlockQ5_0*>(unit)[b];
        set_scales(codes, half_to_float(load_u16(block.d)), 0.0f);
        const std::uint32_t high = load_u32(block.qh);
        for (int k = 0; k < 32; ++k) {
            codes.code[k] = static_cast<std::int8_t>(five_bits(block.qs, high, k) - 16);
        }
    }
};

struct CodesQ5_1 {
    static constexpr int kBytes = 8 * sizeof(BlockQ5_1);
    GPU_FUNCTION void take(const std::uint8_t* unit, const CodeBooks&, int b, Codes& codes) {
        const BlockQ5_1& block = reinterpret_cast<const BlockQ5_1*>(unit)[b];
        set_scales(codes, half_to_float(load_u16(block.d)), half_to_float(load_u16(block.m)));
        const std::uint32_t high = load_u32(block.qh);
        for (int k = 0; k < 32; ++k) {
            codes.code[k] = static_cast<std::int8_t>(five_bits(block.qs, high, k));
        }
    }
};

// The planes of Q8_0 have another order than the file (planes.h): all quants, then all scales.
struct CodesQ8_0 {
    static constexpr int kBytes = 8 * sizeof(BlockQ8_0);
    GPU_FUNCTION void take(const std::uint8_t* unit, const CodeBooks&, int b, Codes& codes) {
        set_scales(codes, half_to_float(load_u16(unit + 256 + 2 * b)), 0.0f);
        for (int k = 0; k < 32; ++k) codes.code[k] = static_cast<std::int8_t>(unit[32 * b + k]);
    }
};

struct CodesQ2_K {
    static constexpr int kBytes = sizeof(BlockQ2_K);
    GPU_FUNCTION void take(const std::uint8_t* unit, const CodeBooks&, int b, Codes& codes) {
        const BlockQ2_K& block = *reinterpret_cast<const BlockQ2_K*>(unit);
        const float d = half_to_float(load_u16(block.d));
        const float dmin = half_to_float(load_u16(block.dmin));
        for (int h = 0; h < 2; ++h) {
            const int sc = block.scales[2 * b + h];
            codes.scale[h] = d * static_cast<float>(sc & 15);
            codes.offset[h] = -(dmin * static_cast<float>(sc >> 4));
        }
        for (int k = 0; k < 32; ++k) {
            codes.code[k] = static_cast<std::int8_t>(two_bits(block.qs, 32 * b + k));
        }
    }
};

struct CodesQ3_K {
    static constexpr int kBytes = sizeof(BlockQ3_K);
    GPU_FUNCTION void take(const std::uint8_t* unit, const CodeBooks&, int b, Codes& codes) {
        const BlockQ3_K& block = *reinterpret_cast<const BlockQ3_K*>(unit);
        const float d = half_to_float(load_u16(block.d));
        for (int h = 0; h < 2; ++h) {
            codes.scale[h] = d * static_cast<float>(q3_k_scale(block.scales, 2 * b + h));
            codes.offset[h] = 0.0f;
        }
        for (int k = 0; k < 32; ++k) {
            const int high = (block.hmask[k] >> b) & 1;
            codes.code[k] = static_cast<std::int8_t>(two_bits(block.qs, 32 * b + k) + 4 * high - 4);
        }
    }
};

struct CodesQ4_K {
    static constexpr int kBytes = sizeof(BlockQ4_K);
    GPU_FUNCTION void take(const std::uint8_t* unit, const CodeBooks&, int b, Codes& codes) {
        const BlockQ4_K& block = *reinterpret_cast<const BlockQ4_K*>(unit);
        set_scales(codes,
                   half_to_float(load_u16(block.d)) * static_cast<float>(k_scale(block.scales, b)),
                   -(half_to_float(load_u16(block.dmin)) *
                     static_cast<float>(k_minimum(block.scales, b))));
        for (int k = 0; k < 32; ++k) {
            codes.code[k] =
                static_cast<std::int8_t>((block.qs[32 * (b / 2) + k] >> (4 * (b % 2))) & 15);
        }
    }
};

struct CodesQ5_K {
    static constexpr int kBytes = sizeof(BlockQ5_K);
    GPU_FUNCTION void take(const std::uint8_t* unit, const CodeBooks&, int b, Codes& codes) {
        const BlockQ5_K& block = *reinterpret_cast<const BlockQ5_K*>(unit);
        set_scales(codes,
                   half_to_float(load_u16(block.d)) * static_cast<float>(k_scale(block.scales, b)),
                   -(half_to_float(load_u16(block.dmin)) *
                     static_cast<float>(k_minimum(block.scales, b))));
        for (int k = 0; k < 32; ++k) {
            const int low = (block.qs[32 * (b / 2) + k] >> (4 * (b % 2))) & 15;
            codes.code[k] = static_cast<std::int8_t>(low | ((block.qh[k] >> b) & 1) << 4);
        }
    }
};

struct CodesQ6_K {
    static constexpr int kBytes = sizeof(BlockQ6_K);
    GPU_FUNCTION void take(const std::uint8_t* unit, const CodeBooks&, int b, Codes& codes) {
        const BlockQ6_K& block = *reinterpret_cast<const BlockQ6_K*>(unit);
        const float d = half_to_float(load_u16(block.d));
        for (int h = 0; h < 2; ++h) {
            codes.scale[h] = d * static_cast<float>(block.scales[2 * b + h]);
            codes.offset[h] = 0.0f;
        }
        const int half = b / 4;
        const int run = b % 4;
        for (int k = 0; k < 32; ++k) {
            const int low = block.ql[64 * half + 32 * (run % 2) + k] >> (4 * (run / 2)) & 15;
            const int high = (block.qh[32 * half + k] >> (2 * run)) & 3;
            codes.code[k] = static_cast<std::int8_t>((low | high << 4) - 32);
        }
    }
};

struct CodesTQ1_0 {
    static constexpr int kBytes = sizeof(BlockTQ1_0);
    GPU_FUNCTION void take(const std::uint8_t* unit, const CodeBooks&, int b, Codes& codes) {
        const BlockTQ1_0& block = *reinterpret_cast<const BlockTQ1_0*>(unit);
        set_scales(codes, half_to_float(load_u16(block.d)), 0.0f);
        for (int k = 0; k < 32; ++k) {
            codes.code[k] = static_cast<std::int8_t>(tq1_0_trit(block, 32 * b + k) - 1);
        }
    }
};

struct CodesTQ2_0 {
    static constexpr int kBytes = sizeof(BlockTQ2_0);
    GPU_FUNCTION void take(const std::uint8_t* unit, const CodeBooks&, int b, Codes& codes) {
        const BlockTQ2_0& block = *reinterpret_cast<const BlockTQ2_0*>(unit);
        set_scales(codes, half_to_float(load_u16(block.d)), 0.0f);
        for (int k = 0; k < 32; ++k) {
            codes.code[k] = static_cast<std::int8_t>(two_bits(block.qs, 32 * b + k) - 1);
        }
    }
};

}  // namespace deepwell::kernels::cuda
