// Where a backend gets the bytes of weights from: a file's tensors (file_tensor_reader.h), or
// made-up ones (engine/bench). Backends know no file.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "engine/base/result.h"

namespace deepwell::engine {

class TensorReader {
public:
    virtual ~TensorReader() = default;

    // Bytes offset … offset + out.size() of the tensor's data. From any thread, also at once.
    // Errors: FileNotReadable, FileDamaged (cut off or replaced while in use), with the tensor.
    virtual Result<void> read(std::string_view tensor, std::uint64_t offset,
                              std::span<std::byte> out) const = 0;
};

}  // namespace deepwell::engine
