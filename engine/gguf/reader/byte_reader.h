// Reads an InputFile from the beginning, little-endian numbers and strings, through one small
// buffer. After the first fault every further read fails too, so a caller may look at `ok` late;
// what was read then is zero.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string>
#include <vector>

#include "engine/base/result.h"
#include "engine/gguf/reader/input_file.h"

namespace deepwell::engine {

class ByteReader {
public:
    // The file must outlive the reader.
    explicit ByteReader(const InputFile& file) : file_(file) {}

    template <class T>
    T number() {
        T value{};
        copy(&value, sizeof value);
        return value;
    }

    // The next `size` bytes, behind what is in `text`. A size over left() is a fault, before
    // anything is allocated.
    void append_to(std::string& text, std::uint64_t size);

    std::uint64_t position() const { return position_; }
    std::uint64_t left() const { return file_.size() - position_; }

    bool ok() const { return !error_; }
    // What went wrong; only when !ok().
    const Error& error() const { return *error_; }

private:
    void copy(void* out, std::size_t size);
    bool refill();
    void end_too_early();

    static constexpr std::size_t kBufferBytes = 64 << 10;
    const InputFile& file_;
    std::uint64_t position_ = 0;
    std::vector<std::byte> buffer_;
    std::size_t used_ = 0;  // of the buffer
    std::optional<Error> error_;
};

}  // namespace deepwell::engine
