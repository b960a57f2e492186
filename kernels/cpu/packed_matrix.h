// Weights as the products read them: [rows, columns], packed at load or in place in the file.
//
// Packed: the rows in groups of 16, one row a vector lane. The four-byte words of the 16 rows'
// blocks lie side by side ("planes" of 64 bytes), so a product needs no shuffles and no sums across
// lanes; formats that read a code book keep the layout of the file. Either way the size is that of
// the file, but for the last group of rows, which is filled up with zeros.
#pragma once

#include <cstddef>
#include <cstdint>

#include "kernels/formats/format.h"

namespace deepwell::kernels::cpu {

// Rows that a product computes together; work is split at multiples of it.
constexpr std::int64_t kRowGroup = 16;

enum class Home { packed, in_place };

// A view; the memory belongs to the caller.
struct Matrix {
    Format format;
    Home home = Home::packed;
    std::int64_t rows = 0;
    std::int64_t columns = 0;         // a multiple of the format's block_values
    const std::byte* data = nullptr;  // packed: aligned to 64 bytes
};

// Bytes of a packed matrix, a multiple of 64.
std::size_t packed_bytes(Format format, std::int64_t rows, std::int64_t columns);

// Packs rows [first, first + count) of a matrix of `rows` rows. `file_rows` points to row `first`
// in the file's layout; `packed` to the start of the whole packed matrix. `first` is a multiple of
// kRowGroup, and so is `count` unless the range ends with the last row; zeros fill the last group.
// Disjoint ranges may be packed at the same time.
void pack_rows(Format format, std::int64_t rows, std::int64_t columns, const std::byte* file_rows,
               std::int64_t first, std::int64_t count, std::byte* packed);

}  // namespace deepwell::kernels::cpu
