#include "kernels/cpu/activations.h"

#include "kernels/cpu/kernel_table.h"
#include "kernels/formats/activation.h"

namespace deepwell::kernels::cpu {

std::size_t quantized_row_bytes(std::int64_t columns) {
    return static_cast<std::size_t>(columns / kActivationBlock) * sizeof(ActivationRecord);
}

void quantize_rows(Isa isa, const float* x, std::int64_t stride, std::int64_t columns,
                   std::int64_t rows, std::byte* quantized) {
    const KernelTable& table = kernels_of(isa);
    const std::size_t bytes = quantized_row_bytes(columns);
    for (std::int64_t r = 0; r < rows; ++r) {
        table.quantize_row(
            x + r * stride, columns,
            reinterpret_cast<ActivationRecord*>(quantized + static_cast<std::size_t>(r) * bytes));
    }
}

}  // namespace deepwell::kernels::cpu
