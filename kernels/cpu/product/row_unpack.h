// Rows in the file's layout, taken apart: for weights in place and for the code-book formats.
#pragma once

#include <cstdint>

#include "kernels/formats/format.h"

namespace deepwell::kernels::cpu {

// Up to 256 columns of one row: whole numbers and the float scales they belong to.
struct RowUnit {
    alignas(64) std::uint8_t codes[256];  // with the offset of the format's traits
    float scales[16];                     // one or two a block, in the order of the columns
    float minima[16];
    float d[8];  // super-blocks: d[0]; else one a block
    float m[8];
};

// Takes `blocks` blocks of 32 columns apart, from the start of the unit's bytes in the file's
// layout. Super-block formats: always 8.
using UnpackRow = void (*)(const std::uint8_t* bytes, std::int32_t blocks, RowUnit& unit);

}  // namespace deepwell::kernels::cpu
