// The types of tensors that may stand in a GGUF file: the formats of kernels/formats, which the
// engine computes with, and plain integers and doubles, which it can only skip.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "engine/base/result.h"

namespace deepwell::engine {

struct TensorType {
    std::uint32_t id;            // as in the file
    std::string_view name;       // "Q4_K"
    std::uint32_t block_values;  // values in a block; a row's length is a multiple of it
    std::uint32_t block_bytes;
};

// All of them.
std::span<const TensorType> tensor_types();

// Errors: FileTooOld (removed types), UnsupportedFormat (made for ik_llama.cpp, or not known).
Result<const TensorType*> find_tensor_type(std::uint32_t id);

}  // namespace deepwell::engine
