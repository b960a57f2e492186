// What AVX-512 with byte permutes (VBMI: Ice Lake, Zen 4 and later) does better than without.
#pragma once

#include "kernels/cpu/kernel_table.h"

namespace deepwell::kernels::cpu {

// A product in the place of Int8Kernels::rows_one, or null to keep that.
RowsProduct avx512_vbmi_rows_product(Format format);

}  // namespace deepwell::kernels::cpu
