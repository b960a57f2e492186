// The type ids of tensors as GGUF files name them, with block sizes: what the *file* can say. Which
// of them the engine computes with is kernels/formats' affair (its ids are the same numbers).
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "engine/base/result.h"

namespace deepwell::engine {

struct TensorType {
    std::uint32_t id;
    std::string_view name;       // "Q4_K"
    std::uint32_t block_values;  // values in a block; a row's length is a multiple of it
    std::uint32_t block_bytes;
};

// All types that may stand in a file and whose layout is known, by id.
std::span<const TensorType> tensor_types();

// Errors: FileTooOld (removed types), UnsupportedFormat (made for ik_llama.cpp, or not known).
Result<const TensorType*> find_tensor_type(std::uint32_t id);

}  // namespace deepwell::engine
