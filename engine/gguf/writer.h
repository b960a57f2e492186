// Writes GGUF version 3: metadata and the tensors' shapes first, then the tensors' bytes, in order.
//
//   GgufWriter writer;
//   writer.metadata().set("general.architecture", Value::of_string("qwen2"));
//   writer.add_tensor("output_norm.weight", 0 /* F32 */, {64});
//   writer.begin(path);
//   writer.append(bytes);              // in pieces of any size
//   writer.finish();
//
// For tests, the bench program's --write-gguf and the starter's maker; so it writes what it is told
// and checks only what would make the file unreadable.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <span>
#include <string>
#include <vector>

#include "engine/base/result.h"
#include "engine/gguf/metadata.h"
#include "engine/gguf/tensor_info.h"

namespace deepwell::engine {

class GgufWriter {
public:
    Metadata& metadata() { return metadata_; }

    // Errors: InvalidArgument (unknown type, row length no multiple of the block, too many dims).
    Result<void> add_tensor(std::string name, std::uint32_t type_id,
                            std::span<const std::uint64_t> dims);

    // The tensors added so far, with type and byte size; offsets are not set.
    std::span<const TensorInfo> tensors() const { return tensors_; }

    // Writes everything up to the data section. general.alignment is honoured, default 32.
    // Errors: FileNotReadable (cannot be created or written).
    Result<void> begin(const std::filesystem::path& path);

    // The next bytes of the current tensor; when it is full the next tensor is current.
    // Errors: InvalidArgument (more bytes than the tensors have), FileNotReadable.
    Result<void> append(std::span<const std::byte> bytes);

    // Errors: InvalidArgument (bytes are missing), FileNotReadable.
    Result<void> finish();

    // The header as bytes (all before the data section, padded): what begin writes.
    Result<std::string> header() const;

private:
    Result<void> check_written() const;

    Metadata metadata_;
    std::vector<TensorInfo> tensors_;
    std::ofstream out_;
    std::filesystem::path path_;
    std::size_t current_ = 0;
    std::uint64_t written_ = 0;  // of the current tensor
};

}  // namespace deepwell::engine
