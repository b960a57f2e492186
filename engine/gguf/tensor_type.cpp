#include "engine/gguf/tensor_type.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>

#include "kernels/formats/table.h"

namespace deepwell::engine {
namespace {

// What may stand in a file beside the formats of weights that the engine computes with.
constexpr std::array kPlainTypes = {
    TensorType{24, "I8", 1, 1},  TensorType{25, "I16", 1, 2}, TensorType{26, "I32", 1, 4},
    TensorType{27, "I64", 1, 8}, TensorType{28, "F64", 1, 8},
};

constexpr std::size_t kFormatCount = std::size(kernels::kFormats);

// The formats' own table is the one place where they are described; this only adds to it.
constexpr auto make_types() {
    std::array<TensorType, kFormatCount + kPlainTypes.size()> types{};
    std::size_t at = 0;
    for (const kernels::FormatInfo& info : kernels::kFormats) {
        types[at++] = {static_cast<std::uint32_t>(info.format), info.name,
                       static_cast<std::uint32_t>(info.block_values),
                       static_cast<std::uint32_t>(info.block_bytes)};
    }
    for (const TensorType& type : kPlainTypes) types[at++] = type;
    return types;
}

constexpr auto kTypes = make_types();

}  // namespace

std::span<const TensorType> tensor_types() {
    return kTypes;
}

Result<const TensorType*> find_tensor_type(std::uint32_t id) {
    const auto at =
        std::find_if(kTypes.begin(), kTypes.end(), [id](const auto& t) { return t.id == id; });
    if (at != kTypes.end()) return &*at;
    if ((id >= 31 && id <= 33) || (id >= 36 && id <= 38)) {
        return fail(ErrorCode::FileTooOld,
                    fmt::format("The file is repacked for ARM processors (type {}), which is no "
                                "longer supported. Get the ordinary file of this model.",
                                id));
    }
    if (id == 4 || id == 5) {
        return fail(ErrorCode::FileTooOld,
                    fmt::format("The file uses a removed quantization (type {}). Get a newer file "
                                "of this model.",
                                id));
    }
    if (id == 9 || id == 15) {
        return fail(ErrorCode::FileDamaged,
                    fmt::format("The file names a type that never stands in files (type {}). Get "
                                "it again.",
                                id));
    }
    if (id >= 40 && id <= 42) {
        constexpr std::array<std::string_view, 3> kNames = {"NVFP4", "Q1_0", "Q2_0"};
        return fail(ErrorCode::UnsupportedFormat,
                    fmt::format("The quantization {} is not supported. Get the model in another "
                                "one, for example Q4_K_M.",
                                kNames[id - 40]));
    }
    if (id >= 133 && id <= 399) {
        return fail(ErrorCode::UnsupportedFormat,
                    fmt::format("The file is made for ik_llama.cpp (type {}). Get the model in "
                                "another quantization, for example Q4_K_M.",
                                id));
    }
    return fail(ErrorCode::UnsupportedFormat,
                fmt::format("The file uses an unknown quantization (type {}). Get the model in "
                            "another one, for example Q4_K_M.",
                            id));
}

}  // namespace deepwell::engine
