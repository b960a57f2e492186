#include "kernels/cpu/make_table.h"
#include "kernels/cpu/simd/scalar_lanes.h"

namespace deepwell::kernels::cpu {

const KernelTable& scalar_kernels() {
    static constexpr KernelTable kTable = make_table<ScalarLanes>();
    return kTable;
}

}  // namespace deepwell::kernels::cpu
