#include "kernels/cpu/make_table.h"
#include "kernels/cpu/simd/avx2_lanes.h"

namespace deepwell::kernels::cpu {

const KernelTable& avx2_kernels() {
    static constexpr KernelTable kTable = make_table<Avx2Lanes>();
    return kTable;
}

}  // namespace deepwell::kernels::cpu
