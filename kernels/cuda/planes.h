// The layout of quantized weights on the card: unit planes.
//
// A unit is 256 columns of a row, a tile 32 rows of one unit, lane = row. Each 16-byte piece of the
// unit, in the order of the file, is a plane of the tile: 32 x 16 bytes, so a warp reads a plane as
// whole lines; what is left of the unit (a half d, say) follows the planes, row after row. Tiles
// lie [row tile, unit]. So a unit takes the bytes that it takes in the file. One exception: Q8_0
// has its sixteen pieces of quants first and a plane of the eight halves d behind them.
//
// Rows are padded to 32, columns to 256, with zeros, which stand for zero in every format. Float
// weights (F32, F16, BF16) lie row after row as in the file.
#pragma once

#include <cstddef>
#include <cstdint>

#include "kernels/formats/format.h"

namespace deepwell::kernels::cuda {

constexpr int kUnit = 256;
constexpr int kTileRows = 32;
constexpr int kPlaneBytes = 16 * kTileRows;

// F32, F16, BF16: products take float activations.
bool is_float_format(Format format);

constexpr std::int64_t units_of(std::int64_t columns) {
    return (columns + kUnit - 1) / kUnit;
}
constexpr std::int64_t tiles_of(std::int64_t rows) {
    return (rows + kTileRows - 1) / kTileRows;
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
