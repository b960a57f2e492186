// The pieces of part_reader.cpp: signature, metadata, tensor infos. Each reads on from where the
// reader stands.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/base/result.h"
#include "engine/gguf/metadata.h"
#include "engine/gguf/reader/byte_reader.h"
#include "engine/gguf/tensor_info.h"

namespace deepwell::engine {

struct Counts {
    std::uint32_t version = 0;
    std::uint64_t tensors = 0;
    std::uint64_t keys = 0;
};

// Magic, version and the two counts, compared with the size of the file.
Result<Counts> read_signature(ByteReader& reader);

Result<Metadata> read_metadata(ByteReader& reader, std::uint64_t keys);

// Offsets are still relative to the data section. `alignment` is a power of two.
Result<std::vector<TensorInfo>> read_tensor_infos(ByteReader& reader, std::uint64_t count,
                                                  std::uint64_t alignment);

// general.alignment, default 32. Errors: FileDamaged.
Result<std::uint64_t> read_alignment(const Metadata& metadata);

// The error of a reader that is not ok, with the place.
tl::unexpected<Error> reading_failed(const ByteReader& reader, std::string_view what);

// FileDamaged with the place.
tl::unexpected<Error> damaged(const ByteReader& reader, std::string message, std::string_view what);

}  // namespace deepwell::engine
