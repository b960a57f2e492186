// The layout of quantized weights on the card: unit planes.
//
// A unit is 256 columns of a row, a tile 32 rows of one unit, lane = row. Each 16-byte piece of the
// unit is a plane of the tile: 32 x 16 bytes, so a warp reads a plane as whole lines; what is left
// (half d of Q6_K) follows the planes, row after row. Tiles lie [row tile, unit].
//
//   format  planes                              rest   bytes a unit (= the file's)
//   Q8_0    16 of quants, 1 of eight halves d    -      272
//   Q4_K    1 head (d, dmin, scales), 8 quants   -      144
//   Q6_K    8 low nibbles, 4 high bits, 1 scales 2 (d)  210
//
// Rows are padded to 32, columns to 256, with zero blocks. Float weights (F32, F16, BF16) lie row
// after row as in the file.
#pragma once

#include <cstddef>
#include <cstdint>

#include "kernels/formats/format.h"

namespace deepwell::kernels::cuda {

constexpr int kUnit = 256;
constexpr int kTileRows = 32;
constexpr int kPlaneBytes = 16 * kTileRows;

// Whether products with this format exist here.
bool has_format(Format format);
// F32, F16, BF16: products take float activations.
bool is_float_format(Format format);

constexpr std::int64_t units_of(std::int64_t columns) {
    return (columns + kUnit - 1) / kUnit;
}
constexpr std::int64_t tiles_of(std::int64_t rows) {
    return (rows + kTileRows - 1) / kTileRows;
}

// Bytes a unit of one row takes.
constexpr int unit_bytes(Format format) {
    return format == Format::Q8_0 ? 272 : format == Format::Q4_K ? 144 : 210;
}

// Bytes of a matrix on the card.
std::uint64_t device_bytes(Format format, std::int64_t rows, std::int64_t columns);

// Packs `count` rows of the file (from row `first`, which is a multiple of 32) to where they lie in
// the device layout; `to` is the place of row tile first / 32. A last tile is padded with zeros.
// Any thread.
void pack_rows(Format format, const void* from, std::int64_t count, std::int64_t columns, void* to);

// Bytes from one row tile to the next.
std::uint64_t tile_row_bytes(Format format, std::int64_t columns);

}  // namespace deepwell::kernels::cuda
