#include "kernels/cpu/isa.h"

#if defined(__x86_64__)
#include <cpuid.h>
#endif

#include "kernels/cpu/kernel_table.h"
#include "kernels/cpu/kernels_avx512_vbmi.h"

namespace deepwell::kernels::cpu {
#if defined(__x86_64__)
namespace {

// Clang 14 knows no name for it in __builtin_cpu_supports.
bool has_f16c() {
    unsigned a = 0, b = 0, c = 0, d = 0;
    return __get_cpuid(1, &a, &b, &c, &d) != 0 && (c & bit_F16C) != 0;
}

}  // namespace
#endif

bool isa_available(Isa isa) {
#if defined(__x86_64__)
    // The compiler's run-time checks include the operating system's support of the registers.
    const bool avx2 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") && has_f16c();
    switch (isa) {
        case Isa::scalar:
            return true;
        case Isa::avx2:
            return avx2;
        case Isa::avx512:
            return avx2 && __builtin_cpu_supports("bmi2") && __builtin_cpu_supports("avx512f") &&
                   __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512dq") &&
                   __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512vnni");
    }
    return false;
#else
    return isa == Isa::scalar;
#endif
}

Isa best_isa() {
    if (isa_available(Isa::avx512)) return Isa::avx512;
    if (isa_available(Isa::avx2)) return Isa::avx2;
    return Isa::scalar;
}

const char* isa_name(Isa isa) {
    switch (isa) {
        case Isa::scalar:
            return "scalar";
        case Isa::avx2:
            return "avx2";
        case Isa::avx512:
            return "avx512";
    }
    return "scalar";
}

std::optional<Isa> isa_from_name(std::string_view name) {
    for (const Isa isa : {Isa::scalar, Isa::avx2, Isa::avx512}) {
        if (name == isa_name(isa)) return isa;
    }
    return std::nullopt;
}

#if defined(__x86_64__)
namespace {

// The table of AVX-512 as this processor can run it.
KernelTable best_avx512_kernels() {
    KernelTable table = avx512_kernels();
    if (!__builtin_cpu_supports("avx512vbmi")) return table;
    for (std::uint32_t id = 0; id < kFormatNumbers; ++id) {
        const RowsProduct product = avx512_vbmi_rows_product(static_cast<Format>(id));
        if (product != nullptr) table.int8[id].rows_one = product;
    }
    return table;
}

}  // namespace
#endif

const KernelTable& kernels_of(Isa isa) {
#if defined(__x86_64__)
    if (isa == Isa::avx512) {
        static const KernelTable kTable = best_avx512_kernels();
        return kTable;
    }
    if (isa == Isa::avx2) return avx2_kernels();
#else
    static_cast<void>(isa);
#endif
    return scalar_kernels();
}

}  // namespace deepwell::kernels::cpu
