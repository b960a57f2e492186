#include "kernels/cpu/packed_matrix.h"

#include <algorithm>
#include <cstring>
#include <span>

#include "kernels/cpu/product/packed_layout.h"
#include "kernels/formats/table.h"

namespace deepwell::kernels::cpu {
namespace {

constexpr int kMostWords = 64;

// The fifth bits of Q5_0 and Q5_1: from bit k for value k to bit q of byte c for value 4 q + c, so
// that a shift by q and one mask give the bits of a quad.
std::uint32_t spread_high_bits(std::uint32_t bits) {
    std::uint32_t spread = 0;
    for (int c = 0; c < 4; ++c) {
        std::uint32_t y = (bits >> c) & 0x11111111u;
        y = (y | y >> 3) & 0x03030303u;
        y = (y | y >> 6) & 0x000f000fu;
        y = (y | y >> 12) & 0xffu;
        spread |= y << (8 * c);
    }
    return spread;
}

// Word of the plane that holds the fifth bits, or -1.
int high_bit_word(Format format) {
    if (format == Format::Q5_0) return 0;
    if (format == Format::Q5_1) return 1;
    return -1;
}

// Words of the rows' blocks to planes; order[word] is where a plane's word lies in the block.
void transpose_words(const std::byte* const* rows, std::size_t offset,
                     std::span<const std::size_t> order, std::byte* out) {
    for (const std::size_t word : order) {
        for (int r = 0; r < kRowGroup; ++r) {
            std::memcpy(out + 4 * r, rows[r] + offset + 4 * word, 4);
        }
        out += 64;
    }
}

void transpose_tails(const std::byte* const* rows, std::size_t offset, std::size_t bytes,
                     std::byte* out) {
    for (std::size_t r = 0; r < kRowGroup; ++r) {
        if (bytes == 2) {
            std::memcpy(out + 2 * r, rows[r] + offset, 2);
        } else {
            out[r] = rows[r][offset];
        }
    }
}

void pack_group(Format format, const PackedLayout& layout, std::int64_t columns,
                const std::byte* file_rows, std::int64_t present, std::byte* group) {
    const FormatInfo& info = format_info(format);
    const auto bytes = static_cast<std::size_t>(row_bytes(format, columns));
    const std::size_t block_bytes = static_cast<std::size_t>(info.block_bytes);
    const std::int64_t blocks = columns / info.block_values;
    const std::byte* rows[kRowGroup];
    // A missing row reads the last one; its lanes are cleared afterwards.
    for (std::int64_t r = 0; r < kRowGroup; ++r) {
        rows[r] = file_rows + bytes * static_cast<std::size_t>(std::min(r, present - 1));
    }
    const int high_bits = high_bit_word(format);
    const auto word_count = static_cast<std::size_t>(layout.words);
    const auto tail_bytes = static_cast<std::size_t>(layout.tail_bytes);
    const std::int64_t together = blocks_a_tail_plane(layout.tail_bytes);
    std::size_t order[kMostWords];
    for (int w = 0; w < layout.words; ++w) {
        order[w] = static_cast<std::size_t>(packed_word(format, w));
    }
    for (std::int64_t b = 0; b < blocks; ++b) {
        const std::size_t at = static_cast<std::size_t>(b) * block_bytes;
        std::byte* words = group + packed_words_at(b, layout.words, layout.tail_bytes);
        std::byte* tails = group + packed_tail_at(b, layout.words, layout.tail_bytes);
        // A plane of tails that will not be filled.
        if (b % together == 0 && b + together > blocks) std::memset(tails, 0, 64);
        if (layout.words != 0) {
            transpose_words(rows, at + static_cast<std::size_t>(layout.first_word_byte),
                            std::span(order, word_count), words);
        }
        if (high_bits >= 0) {
            for (int r = 0; r < kRowGroup; ++r) {
                std::byte* place = words + 64 * high_bits + 4 * r;
                const std::uint32_t spread = spread_high_bits(load_u32(place));
                std::memcpy(place, &spread, 4);
            }
        }
        if (tail_bytes != 0) {
            transpose_tails(rows, at + static_cast<std::size_t>(layout.tail_byte), tail_bytes,
                            tails);
        }
        for (std::int64_t r = present; r < kRowGroup; ++r) {
            const auto lane = static_cast<std::size_t>(r);
            for (std::size_t w = 0; w < word_count; ++w)
                std::memset(words + 64 * w + 4 * lane, 0, 4);
            std::memset(tails + tail_bytes * lane, 0, tail_bytes);
        }
    }
}

}  // namespace

std::size_t packed_bytes(Format format, std::int64_t rows, std::int64_t columns) {
    const std::int64_t groups = (rows + kRowGroup - 1) / kRowGroup;
    return static_cast<std::size_t>(groups) * packed_group_bytes(format, columns);
}

void pack_rows(Format format, std::int64_t rows, std::int64_t columns, const std::byte* file_rows,
               std::int64_t first, std::int64_t count, std::byte* packed) {
    const PackedLayout layout = packed_layout(format);
    const auto bytes = static_cast<std::size_t>(row_bytes(format, columns));
    const std::size_t group_bytes = packed_group_bytes(format, columns);
    for (std::int64_t r = first; r < first + count; r += kRowGroup) {
        const std::int64_t present = std::min(kRowGroup, rows - r);
        const std::byte* from = file_rows + static_cast<std::size_t>(r - first) * bytes;
        std::byte* group = packed + static_cast<std::size_t>(r / kRowGroup) * group_bytes;
        if (layout.interleaved) {
            pack_group(format, layout, columns, from, present, group);
        } else {
            const std::size_t filled = bytes * static_cast<std::size_t>(present);
            std::memcpy(group, from, filled);
            std::memset(group + filled, 0, group_bytes - filled);
        }
    }
}

}  // namespace deepwell::kernels::cpu
