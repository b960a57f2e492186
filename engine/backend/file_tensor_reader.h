// The tensors of a GGUF file as a TensorReader.
#pragma once

#include <memory>

#include "engine/backend/tensor_reader.h"
#include "engine/gguf/file.h"

namespace deepwell::engine {

class FileTensorReader final : public TensorReader {
public:
    explicit FileTensorReader(std::shared_ptr<const GgufFile> file) : file_(std::move(file)) {}

    Result<void> read(std::string_view tensor, std::uint64_t offset,
                      std::span<std::byte> out) const override;

private:
    std::shared_ptr<const GgufFile> file_;
};

}  // namespace deepwell::engine
