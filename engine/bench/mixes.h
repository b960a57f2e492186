// How the usual quantizer chooses each tensor's format, so that a benchmark on made-up weights
// reads the bytes that a downloaded file would make it read.
#pragma once

#include <string_view>

#include "engine/models/model_description.h"
#include "kernels/formats/format.h"

namespace deepwell::engine::bench {

struct Mix {
    std::string_view name;  // "Q4_K_M", or a format's name: everything in that format
    kernels::Format base;
    kernels::Format output;  // of the output matrix
    bool more_bits;          // attn_v and ffn_down get Q6_K in the layers that matter most
};

const Mix* find_mix(std::string_view name);

// The format of the tensor in a model of that many layers. `columns` is its row length.
kernels::Format format_in_mix(const Mix& mix, std::string_view tensor, int columns,
                              const ModelDescription& model);

}  // namespace deepwell::engine::bench
