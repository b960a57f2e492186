// Where a tensor lies and what shape it has.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>

#include "engine/gguf/tensor_type.h"
#include "kernels/formats/format.h"

namespace deepwell::engine {

struct TensorInfo {
    std::string name;
    // dims[0] is the contiguous one: the length of a row (input size of a matrix). Missing are 1.
    std::array<std::uint64_t, 4> dims{1, 1, 1, 1};
    int dim_count = 0;  // as the file says: 1 … 4
    const TensorType* type = nullptr;
    std::uint64_t bytes = 0;   // of all its rows
    std::uint32_t part = 0;    // index of the file in GgufFile::parts
    std::uint64_t offset = 0;  // from the beginning of that file

    std::uint32_t type_id() const { return type->id; }
    // Nothing for the plain integers and doubles, which are no weights.
    std::optional<kernels::Format> format() const;
    std::uint64_t row_length() const { return dims[0]; }
    std::uint64_t rows() const { return dims[1] * dims[2] * dims[3]; }
    std::uint64_t row_bytes() const { return dims[0] / type->block_values * type->block_bytes; }
    std::uint64_t elements() const { return dims[0] * rows(); }
};

// "blk.0.ffn_up.weight {1536, 8960} Q4_K"
std::string describe(const TensorInfo& tensor);

}  // namespace deepwell::engine
