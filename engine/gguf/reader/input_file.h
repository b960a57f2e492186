// An open regular file that is read by position.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>

#include "engine/base/result.h"

namespace deepwell::engine {

class InputFile {
public:
    // Errors: FileNotFound; FileNotReadable (a folder, a pipe, a device, no permission).
    static Result<InputFile> open(const std::filesystem::path& path);

    InputFile(InputFile&& other) noexcept;
    InputFile& operator=(InputFile&& other) noexcept;
    ~InputFile();

    // All of `out`, or an error. Any thread.
    // Errors: FileDamaged (the file ends before: it was cut off since it was opened),
    // FileNotReadable.
    Result<void> read(std::uint64_t offset, std::span<std::byte> out) const;

    // Errors: FileDamaged when size or time stamp are no longer those of `open`.
    Result<void> check_unchanged() const;

    const std::filesystem::path& path() const { return path_; }
    std::uint64_t size() const { return size_; }
    int descriptor() const { return descriptor_; }

private:
    InputFile() = default;
    std::filesystem::path path_;
    int descriptor_ = -1;
    std::uint64_t size_ = 0;
    std::int64_t modified_ns_ = 0;
};

}  // namespace deepwell::engine
