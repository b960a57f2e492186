#include "kernels/cpu/make_table.h"
#include "kernels/cpu/simd/avx512_lanes.h"

namespace deepwell::kernels::cpu {

const KernelTable& avx512_kernels() {
    static constexpr KernelTable kTable = make_table<Avx512Lanes>();
    return kTable;
}

}  // namespace deepwell::kernels::cpu
