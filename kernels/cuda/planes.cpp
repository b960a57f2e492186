#include "kernels/cuda/planes.h"

#include <algorithm>
#include <cstring>

#include "kernels/formats/q8_0.h"
#include "kernels/formats/table.h"

namespace deepwell::kernels::cuda {
namespace {

std::size_t unit_bytes(Format format) {
    return static_cast<std::size_t>(row_bytes(format, kUnit));
}

// Where piece `plane` of the tile's row `row` lies.
std::uint8_t* piece(std::uint8_t* tile, std::size_t plane, std::size_t row) {
    return tile + plane * kPlaneBytes + row * 16;
}

// `bytes` of a unit, all of it or the whole blocks that its row still has.
void pack_unit(const std::uint8_t* unit, std::size_t bytes, std::size_t unit_bytes,
               std::uint8_t* tile, std::size_t row) {
    const std::size_t planes = unit_bytes / 16;
    const std::size_t rest = unit_bytes % 16;
    for (std::size_t at = 0; at < bytes; at += 16) {
        const std::size_t count = std::min<std::size_t>(16, bytes - at);
        std::uint8_t* to =
            at / 16 < planes ? piece(tile, at / 16, row) : tile + planes * kPlaneBytes + row * rest;
        std::memcpy(to, unit + at, count);
    }
}

void pack_q8_0(const std::uint8_t* unit, std::size_t bytes, std::uint8_t* tile, std::size_t row) {
    for (std::size_t b = 0; b < bytes / sizeof(BlockQ8_0); ++b) {
        BlockQ8_0 block;
        std::memcpy(&block, unit + b * sizeof(BlockQ8_0), sizeof block);
        std::memcpy(piece(tile, 2 * b, row), block.qs, 16);
        std::memcpy(piece(tile, 2 * b + 1, row), block.qs + 16, 16);
        std::memcpy(piece(tile, 16, row) + 2 * b, &block.d, 2);
    }
}

}  // namespace

bool is_float_format(Format format) {
    return format == Format::F32 || format == Format::F16 || format == Format::BF16;
}

std::uint64_t tile_row_bytes(Format format, std::int64_t columns) {
    if (is_float_format(format)) return kTileRows * row_bytes(format, columns);
    return static_cast<std::uint64_t>(units_of(columns)) * unit_bytes(format) * kTileRows;
}

std::uint64_t device_bytes(Format format, std::int64_t rows, std::int64_t columns) {
    if (is_float_format(format)) {
        return static_cast<std::uint64_t>(rows) * row_bytes(format, columns);
    }
    return static_cast<std::uint64_t>(tiles_of(rows)) * tile_row_bytes(format, columns);
}

void pack_rows(Format format, const void* from, std::int64_t count, std::int64_t columns,
               void* to) {
    const std::size_t file_row = row_bytes(format, columns);
    if (is_float_format(format)) {
        std::memcpy(to, from, file_row * count);
        return;
    }
    std::memset(to, 0, tiles_of(count) * tile_row_bytes(format, columns));
    const std::size_t unit = unit_bytes(format);
    for (std::int64_t r = 0; r < count; ++r) {
        const auto* row = static_cast<const std::uint8_t*>(from) + r * file_row;
        auto* tiles =
            static_cast<std::uint8_t*>(to) + r / kTileRows * tile_row_bytes(format, columns);
        const auto lane = static_cast<std::size_t>(r % kTileRows);
        for (std::size_t at = 0; at < file_row; at += unit, tiles += unit * kTileRows) {
            const std::size_t bytes = std::min(unit, file_row - at);
            if (format == Format::Q8_0) {
                pack_q8_0(row + at, bytes, tiles, lane);
            } else {
                pack_unit(row + at, bytes, unit, tiles, lane);
            }
        }
    }
}

}  // namespace deepwell::kernels::cuda
