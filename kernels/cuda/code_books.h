// The code books of kernels/formats/code_books.h as one piece of the card's memory: device code
// cannot reach tables of the host.
#pragma once

#include <cstdint>

namespace deepwell::kernels::cuda {

struct CodeBooks {
    std::uint16_t iq2_xxs[256];
    std::uint16_t iq2_xs[512];
    std::uint16_t iq2_s[1024];
    std::uint16_t iq3_xxs[256];
    std::uint16_t iq3_s[512];
    std::uint16_t iq1[2048];
    std::int8_t iq4[16];
    std::int8_t mxfp4[16];
};

// To be copied to the card once.
CodeBooks code_books();

}  // namespace deepwell::kernels::cuda
