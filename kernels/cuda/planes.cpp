#include "kernels/cuda/planes.h"

#include <cstring>

#include "kernels/formats/q4_k.h"
#include "kernels/formats/q6_k.h"
#include "kernels/formats/q8_0.h"
#include "kernels/formats/table.h"

namespace deepwell::kernels::cuda {
namespace {

constexpr int kQ8Blocks = kUnit / 32;

// Where piece `plane` of the tile's row `row` lies.
std::uint8_t* piece(std::uint8_t* tile, int plane, int row) {
    return tile + plane * kPlaneBytes + row * 16;
}

void pack_q8_0(const std::uint8_t* blocks, std::int64_t count, std::uint8_t* tile, int row) {
    for (int b = 0; b < kQ8Blocks && b < count; ++b) {
        BlockQ8_0 block;
        std::memcpy(&block, blocks + b * sizeof(BlockQ8_0), sizeof block);
        std::memcpy(piece(tile, 2 * b, row), block.qs, 16);
        std::memcpy(piece(tile, 2 * b + 1, row), block.qs + 16, 16);
        std::memcpy(piece(tile, 16, row) + 2 * b, &block.d, 2);
    }
}

// The file's block of 144 bytes is nine pieces as it stands.
void pack_q4_k(const std::uint8_t* block, std::uint8_t* tile, int row) {
    for (int plane = 0; plane < 9; ++plane) {
        std::memcpy(piece(tile, plane, row), block + 16 * plane, 16);
    }
}

void pack_q6_k(const std::uint8_t* block, std::uint8_t* tile, int row) {
    for (int plane = 0; plane < 13; ++plane) {
        std::memcpy(piece(tile, plane, row), block + 16 * plane, 16);
    }
    std::memcpy(tile + 13 * kPlaneBytes + 2 * row, block + 208, 2);
}

}  // namespace

bool is_float_format(Format format) {
    return format == Format::F32 || format == Format::F16 || format == Format::BF16;
}

bool has_format(Format format) {
    return is_float_format(format) || format == Format::Q8_0 || format == Format::Q4_K ||
           format == Format::Q6_K;
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
    const std::int64_t units = units_of(columns);
    const std::size_t tile_bytes = static_cast<std::size_t>(unit_bytes(format)) * kTileRows;
    const std::size_t unit_in_file = row_bytes(format, kUnit);
    for (std::int64_t r = 0; r < count; ++r) {
        const auto* row = static_cast<const std::uint8_t*>(from) + r * file_row;
        auto* tiles =
            static_cast<std::uint8_t*>(to) + r / kTileRows * tile_row_bytes(format, columns);
        const int lane = static_cast<int>(r % kTileRows);
        for (std::int64_t u = 0; u < units; ++u) {
            const std::uint8_t* unit = row + u * unit_in_file;
            std::uint8_t* tile = tiles + u * tile_bytes;
            if (format == Format::Q8_0) {
                pack_q8_0(unit, (columns - u * kUnit) / 32, tile, lane);
            } else if (format == Format::Q4_K) {
                pack_q4_k(unit, tile, lane);
            } else {
                pack_q6_k(unit, tile, lane);
            }
        }
    }
}

}  // namespace deepwell::kernels::cuda
