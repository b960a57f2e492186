// A GGUF model file, or all parts of a split one, opened for reading.
//
//   auto file = GgufFile::open("model.gguf");
//   if (!file) return fail(file.error());
//   const TensorInfo* embedding = file->find_tensor("token_embd.weight");
//   file->read(*embedding, row * embedding->row_bytes(), buffer);
//
// `open` checks everything that can be said about a file without knowing its architecture: layout,
// counts against the bytes that are left (nothing is allocated by a number from the file before),
// types, alignment, that tensors lie inside the file and apart from each other, that split parts
// belong together. Shapes against an architecture are engine/models' affair, the vocabulary is
// engine/tokenizer's.
//
// Nothing stays mapped: bytes come by pread, so a file that is cut off or taken away while it is in
// use is an error of `read`, not a signal.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "engine/base/result.h"
#include "engine/gguf/metadata.h"
#include "engine/gguf/tensor_info.h"

namespace deepwell::engine {

class GgufFile {
public:
    // Any part of a split model opens the whole model. A file without tensors (a vocabulary) opens.
    // Errors: FileNotFound, FileNotReadable, NotAModelFile, FileDamaged, FilePartMissing (names
    // each missing file), FileTooOld, FileTooNew, UnsupportedFormat. The context holds the file and
    // the place in it.
    static Result<GgufFile> open(const std::filesystem::path& path);

    GgufFile(GgufFile&&) noexcept;
    GgufFile& operator=(GgufFile&&) noexcept;
    ~GgufFile();

    const Metadata& metadata() const;
    // "qwen2"; always there.
    std::string_view architecture() const;
    // 2 or 3.
    std::uint32_t version() const;

    // In the order of the file, part after part.
    std::span<const TensorInfo> tensors() const;
    const TensorInfo* find_tensor(std::string_view name) const;

    struct Part {
        std::filesystem::path path;
        std::uint64_t size = 0;
    };
    std::span<const Part> parts() const;
    std::uint64_t total_size() const;

    // Fills `out` with the tensor's bytes from `offset` (counted from the tensor's beginning) on.
    // Any thread, several at once.
    // Errors: InvalidArgument (past the tensor's end), FileDamaged (the file was cut off while in
    // use), FileNotReadable (the disk gave an error).
    Result<void> read(const TensorInfo& tensor, std::uint64_t offset,
                      std::span<std::byte> out) const;

    // The open file of a part, for weights that are used in place (mapped). Owned by this object.
    int file_descriptor(std::uint32_t part) const;

    // Whether size and time stamp are still those of `open`. Errors: FileDamaged.
    Result<void> check_unchanged() const;

private:
    struct State;
    explicit GgufFile(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace deepwell::engine
