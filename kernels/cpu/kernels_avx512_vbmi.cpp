#include "kernels/cpu/kernels_avx512_vbmi.h"

#include "kernels/cpu/product/iq3_kernel.h"

namespace deepwell::kernels::cpu {

RowsProduct avx512_vbmi_rows_product(Format format) {
    if (format == Format::IQ3_XXS) return Avx512VbmiIq3Kernel<Format::IQ3_XXS>::run;
    if (format == Format::IQ3_S) return Avx512VbmiIq3Kernel<Format::IQ3_S>::run;
    return nullptr;
}

}  // namespace deepwell::kernels::cpu
