// GGUF files byte by byte, for tests that need one that is wrong in one place. What it writes is
// what it is told; the defaults make a good file.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace deepwell::tests {

template <class T>
std::string little_endian(T number) {
    return {reinterpret_cast<const char*>(&number), sizeof number};
}

// u64 length and the bytes.
std::string gguf_string(std::string_view text);

// A key with a value of type `type`, whose bytes come as they are.
std::string gguf_entry(std::string_view key, std::uint32_t type, std::string_view value);

// A key with a string value.
std::string gguf_text(std::string_view key, std::string_view text);

struct GgufBytes {
    std::string magic = "GGUF";
    std::uint32_t version = 3;
    std::string entries;        // gguf_entry, one after the other
    std::uint64_t keys = 0;     // counted by add
    std::string infos;          // tensor infos
    std::uint64_t tensors = 0;  // counted by add_tensor
    std::uint64_t alignment = 32;
    std::string data;

    // general.architecture = qwen2.
    GgufBytes();

    GgufBytes& add(std::string_view entry);
    GgufBytes& add_tensor(std::string_view name, const std::string& dims, std::uint32_t dim_count,
                          std::uint32_t type, std::uint64_t offset);
    // A vector of 8 F32 at `offset`.
    GgufBytes& add_vector(std::string_view name, std::uint64_t offset);
    GgufBytes& add_data(std::size_t bytes);

    std::string bytes() const;
};

}  // namespace deepwell::tests
