// How the helpers of the kernels are declared: internal linkage and always inlined, so that no copy
// compiled for a newer instruction set can be kept by the linker for the rest of the program.
#pragma once

#define DEEPWELL_INLINE static inline __attribute__((always_inline))
// For members of an object whose type names the instruction set.
#define DEEPWELL_METHOD inline __attribute__((always_inline))

namespace deepwell::kernels::cpu {

// What the codes of a block may be at most: how many products AVX2 can add in 16 bits.
enum class CodeRange { four_bits, five_bits, six_bits, seven_bits, eight_bits };

}  // namespace deepwell::kernels::cpu
