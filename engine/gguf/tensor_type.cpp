#include "engine/gguf/tensor_type.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace deepwell::engine {
namespace {

constexpr std::array kTypes = {
    TensorType{0, "F32", 1, 4},         TensorType{1, "F16", 1, 2},
    TensorType{2, "Q4_0", 32, 18},      TensorType{3, "Q4_1", 32, 20},
    TensorType{6, "Q5_0", 32, 22},      TensorType{7, "Q5_1", 32, 24},
    TensorType{8, "Q8_0", 32, 34},      TensorType{10, "Q2_K", 256, 84},
    TensorType{11, "Q3_K", 256, 110},   TensorType{12, "Q4_K", 256, 144},
    TensorType{13, "Q5_K", 256, 176},   TensorType{14, "Q6_K", 256, 210},
    TensorType{16, "IQ2_XXS", 256, 66}, TensorType{17, "IQ2_XS", 256, 74},
    TensorType{18, "IQ3_XXS", 256, 98}, TensorType{19, "IQ1_S", 256, 50},
    TensorType{20, "IQ4_NL", 32, 18},   TensorType{21, "IQ3_S", 256, 110},
    TensorType{22, "IQ2_S", 256, 82},   TensorType{23, "IQ4_XS", 256, 136},
    TensorType{24, "I8", 1, 1},         TensorType{25, "I16", 1, 2},
    TensorType{26, "I32", 1, 4},        TensorType{27, "I64", 1, 8},
    TensorType{28, "F64", 1, 8},        TensorType{29, "IQ1_M", 256, 56},
    TensorType{30, "BF16", 1, 2},       TensorType{34, "TQ1_0", 256, 54},
    TensorType{35, "TQ2_0", 256, 66},   TensorType{39, "MXFP4", 32, 17},
};

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
