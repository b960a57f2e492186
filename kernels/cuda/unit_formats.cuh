// The quantized formats by their number, for code that is compiled once a format.
#pragma once

#include "kernels/cuda/unit_codes_books.cuh"

namespace deepwell::kernels::cuda {

// Calls `act` with the format's struct of unit_codes.cuh; `act` returns a launch's code.
template <class Act>
int with_codes(Format format, Act&& act) {
    switch (format) {
        case Format::Q4_0:
            return act(CodesQ4_0{});
        case Format::Q4_1:
            return act(CodesQ4_1{});
        case Format::Q5_0:
            return act(CodesQ5_0{});
        case Format::Q5_1:
            return act(CodesQ5_1{});
        case Format::Q8_0:
            return act(CodesQ8_0{});
        case Format::Q2_K:
            return act(CodesQ2_K{});
        case Format::Q3_K:
            return act(CodesQ3_K{});
        case Format::Q4_K:
            return act(CodesQ4_K{});
        case Format::Q5_K:
            return act(CodesQ5_K{});
        case Format::Q6_K:
            return act(CodesQ6_K{});
        case Format::IQ2_XXS:
            return act(CodesIQ2_XXS{});
        case Format::IQ2_XS:
            return act(CodesIQ2_XS{});
        case Format::IQ3_XXS:
            return act(CodesIQ3_XXS{});
        case Format::IQ1_S:
            return act(CodesIQ1_S{});
        case Format::IQ4_NL:
            return act(CodesIQ4_NL{});
        case Format::IQ3_S:
            return act(CodesIQ3_S{});
        case Format::IQ2_S:
            return act(CodesIQ2_S{});
        case Format::IQ4_XS:
            return act(CodesIQ4_XS{});
        case Format::IQ1_M:
            return act(CodesIQ1_M{});
        case Format::TQ1_0:
            return act(CodesTQ1_0{});
        case Format::TQ2_0:
            return act(CodesTQ2_0{});
        case Format::MXFP4:
            return act(CodesMXFP4{});
        case Format::F32:
        case Format::F16:
        case Format::BF16:
            break;
    }
    return 0;
}

}  // namespace deepwell::kernels::cuda
