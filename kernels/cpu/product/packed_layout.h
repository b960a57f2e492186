// How the blocks of 16 rows lie in a packed group.
//
//   [words] x [16 rows] x 4 bytes    of each block: "planes" of 64 bytes
//   [blocks] x [16 rows] x tail bytes    what does not fill words, most often d, of as many blocks
//                                        as fill a plane (two with 2 bytes): in front of them
//
// padded to 64 bytes. (Tails as an area of their own behind all words were a second stream, too
// thin to be followed by the processor: Q4_0 came at 75 % of the bandwidth.) Words are those of the
// file's block, from byte `first_word_byte` on, in the order in which the product of one token
// reads them (packed_word): a stream that is read from front to back needs no prefetch and comes a
// quarter faster than one with jumps.
#pragma once

#include <cstddef>
#include <cstdint>

#include "kernels/formats/format.h"

namespace deepwell::kernels::cpu {

struct PackedLayout {
    bool interleaved = false;  // else the rows lie as in the file, one after the other
    std::int32_t first_word_byte = 0;
    std::int32_t words = 0;
    std::int32_t tail_byte = 0;
    std::int32_t tail_bytes = 0;
};

PackedLayout packed_layout(Format format);

// Blocks whose tails fill a plane; 1 if there are none. (Internal linkage: these are compiled for
// each instruction set.)
static constexpr std::int64_t blocks_a_tail_plane(std::int64_t tail_bytes) {
    return tail_bytes == 0 ? 1 : 4 / tail_bytes;
}

// Where a block's words and tails start in a group, in bytes.
static constexpr std::int64_t packed_words_at(std::int64_t block, std::int64_t words,
                                              std::int64_t tail_bytes) {
    const std::int64_t planes = tail_bytes == 0 ? 0 : block / blocks_a_tail_plane(tail_bytes) + 1;
    return 64 * (words * block + planes);
}
static constexpr std::int64_t packed_tail_at(std::int64_t block, std::int64_t words,
                                             std::int64_t tail_bytes) {
    if (tail_bytes == 0) return 0;
    const std::int64_t together = blocks_a_tail_plane(tail_bytes);
    const std::int64_t first = block / together * together;
    return 64 * (words * first + first / together) + 16 * tail_bytes * (block - first);
}

// The word of the file's block, counted from `first_word_byte`, that lies at place `word` of the
// packed one.
int packed_word(Format format, int word);

// Bytes of one group of 16 rows, a multiple of 64.
std::size_t packed_group_bytes(Format format, std::int64_t columns);

}  // namespace deepwell::kernels::cpu
