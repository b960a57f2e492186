// How the blocks of 16 rows lie in a packed group.
//
//   [blocks of a row] x [words] x [16 rows] x 4 bytes    the words: "planes" of 64 bytes
//   [blocks of a row] x [16 rows] x tail bytes           what does not fill words: most often d
//
// padded to 64 bytes. Words are those of the file's block, from byte `first_word_byte` on.
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

// Bytes of one group of 16 rows, a multiple of 64.
std::size_t packed_group_bytes(Format format, std::int64_t columns);

}  // namespace deepwell::kernels::cpu
