// Which products take their input as int8 blocks.
#pragma once

#include "kernels/formats/table.h"

namespace deepwell::engine {

// All with quantized weights but those in MXFP4: there the best other engine's error is so small
// that the rule's comes out at 1.1 times it, right at the bound. Float32 costs nothing at decode,
// where memory is the limit.
inline bool takes_int8(kernels::Format format) {
    return kernels::activation_kind(format) == kernels::ActivationKind::int8 &&
           format != kernels::Format::MXFP4;
}

}  // namespace deepwell::engine
