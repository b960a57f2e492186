#include "engine/bench/mixes.h"

#include <cstdlib>
#include <string>

#include "kernels/formats/table.h"

namespace deepwell::engine::bench {
namespace {

using kernels::Format;

constexpr Mix kMixes[] = {
    {"Q4_K_M", Format::Q4_K, Format::Q6_K, true},
    {"Q5_K_M", Format::Q5_K, Format::Q6_K, true},
    {"F32", Format::F32, Format::F32, false},
    {"F16", Format::F16, Format::F16, false},
    {"BF16", Format::BF16, Format::BF16, false},
    {"Q8_0", Format::Q8_0, Format::Q8_0, false},
    {"Q6_K", Format::Q6_K, Format::Q6_K, false},
    {"Q5_K", Format::Q5_K, Format::Q6_K, false},
    {"Q4_K", Format::Q4_K, Format::Q6_K, false},
    {"Q3_K", Format::Q3_K, Format::Q6_K, false},
    {"Q2_K", Format::Q2_K, Format::Q6_K, false},
    {"Q4_0", Format::Q4_0, Format::Q6_K, false},
    {"Q4_1", Format::Q4_1, Format::Q6_K, false},
    {"Q5_0", Format::Q5_0, Format::Q6_K, false},
    {"Q5_1", Format::Q5_1, Format::Q6_K, false},
    {"IQ4_NL", Format::IQ4_NL, Format::Q6_K, false},
    {"IQ4_XS", Format::IQ4_XS, Format::Q6_K, false},
    {"IQ3_S", Format::IQ3_S, Format::Q6_K, false},
    {"IQ3_XXS", Format::IQ3_XXS, Format::Q5_K, false},
    {"IQ2_S", Format::IQ2_S, Format::Q5_K, false},
    {"IQ2_XS", Format::IQ2_XS, Format::Q5_K, false},
    {"IQ2_XXS", Format::IQ2_XXS, Format::Q5_K, false},
    {"IQ1_M", Format::IQ1_M, Format::Q5_K, false},
    {"IQ1_S", Format::IQ1_S, Format::Q5_K, false},
    {"TQ1_0", Format::TQ1_0, Format::Q6_K, false},
    {"TQ2_0", Format::TQ2_0, Format::Q6_K, false},
    {"MXFP4", Format::MXFP4, Format::Q8_0, false},
};

// Layers at both ends and every third between.
bool gets_more_bits(int layer, int layers) {
    return layer < layers / 8 || layer >= 7 * layers / 8 || (layer - layers / 8) % 3 == 2;
}

// Rows that do not fill the format's blocks fall back to one with blocks of 32, then to F16.
Format fitting(Format format, int columns) {
    const int block = kernels::format_info(format).block_values;
    if (columns % block == 0) return format;
    Format smaller = Format::Q4_0;
    switch (format) {
        case Format::Q4_K:
            smaller = Format::Q5_0;
            break;
        case Format::Q5_K:
            smaller = Format::Q5_1;
            break;
        case Format::Q6_K:
            smaller = Format::Q8_0;
            break;
        case Format::Q3_K:
        case Format::Q2_K:
            smaller = Format::Q4_0;
            break;
        default:
            smaller = Format::IQ4_NL;
            break;
    }
    return columns % kernels::format_info(smaller).block_values == 0 ? smaller : Format::F16;
}

}  // namespace

const Mix* find_mix(std::string_view name) {
    for (const Mix& mix : kMixes) {
        if (mix.name == name) return &mix;
    }
    return nullptr;
}

Format format_in_mix(const Mix& mix, std::string_view tensor, int columns,
                     const ModelDescription& model) {
    if (tensor.find("ffn_gate_inp") != std::string_view::npos) return Format::F32;
    if (tensor == "output.weight") return fitting(mix.output, columns);
    if (!mix.more_bits || !tensor.starts_with("blk.")) return fitting(mix.base, columns);
    const int layer = std::atoi(std::string(tensor.substr(4)).c_str());
    const bool value = tensor.find("attn_v.weight") != std::string_view::npos;
    const bool down = tensor.find("ffn_down") != std::string_view::npos;
    if ((value || down) && gets_more_bits(layer, model.block_count)) {
        return fitting(Format::Q6_K, columns);
    }
    const bool seventy = model.architecture == "llama" && model.block_count == 80;
    if (value && seventy && mix.base == Format::Q4_K) return fitting(Format::Q5_K, columns);
    return fitting(mix.base, columns);
}

}  // namespace deepwell::engine::bench
