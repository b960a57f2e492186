// A unit of 16 rows in the products' own form: what is unpacked once for many tokens, and what rows
// in the file's layout become.
#pragma once

#include <cstdint>

namespace deepwell::kernels::cpu {

struct Tile {
    alignas(64) std::uint8_t codes[64 * 64];  // [8 blocks][8 quads][16 rows] x 4 codes
    alignas(64) float scales[16 * 16];        // [scale of the unit][16 rows]
    alignas(64) float minima[16 * 16];
    alignas(64) float d[8 * 16];  // super-blocks: the first 16; else [block][16 rows]
    alignas(64) float m[8 * 16];
};

// Blocks of a tile: 8 columns of quads each. For single-block formats a tile is eight units.
constexpr int kTileBlocks = 8;

}  // namespace deepwell::kernels::cpu
