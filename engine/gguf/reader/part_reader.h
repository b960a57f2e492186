// Reads and checks the header of one GGUF file: signature, metadata, tensor infos, and that the
// tensors' bytes lie inside the file and apart from each other.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/base/result.h"
#include "engine/gguf/metadata.h"
#include "engine/gguf/reader/input_file.h"
#include "engine/gguf/tensor_info.h"

namespace deepwell::engine {

struct PartHeader {
    std::uint32_t version = 0;
    Metadata metadata;
    std::vector<TensorInfo> tensors;  // offsets from the beginning of the file
};

// `part` is written into the tensors. Errors as GgufFile::open; the context names the file and the
// byte.
Result<PartHeader> read_part(const InputFile& file, std::uint32_t part);

}  // namespace deepwell::engine
