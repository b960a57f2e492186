// The instruction sets that the kernels are written for, and which of them this processor has.
//
// Every kernel gives the same bits on all of them: sums have one order, which is part of each
// kernel's definition, and every multiply-add is a fused one. So the choice is about speed alone.
#pragma once

#include <optional>
#include <string_view>

namespace deepwell::kernels::cpu {

enum class Isa {
    scalar,  // plain C++: the definition
    avx2,    // AVX2, FMA, F16C
    avx512,  // AVX-512 F, BW, DQ, VL and VNNI
};

// The best one that the processor and the operating system support.
Isa best_isa();

bool isa_available(Isa isa);

// "scalar", "avx2", "avx512"; what `--isa` takes.
const char* isa_name(Isa isa);
std::optional<Isa> isa_from_name(std::string_view name);

}  // namespace deepwell::kernels::cpu
