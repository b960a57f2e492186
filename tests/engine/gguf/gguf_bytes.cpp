#include "tests/engine/gguf/gguf_bytes.h"

namespace deepwell::tests {

std::string gguf_string(std::string_view text) {
    return little_endian(std::uint64_t{text.size()}) + std::string(text);
}

std::string gguf_entry(std::string_view key, std::uint32_t type, std::string_view value) {
    return gguf_string(key) + little_endian(type) + std::string(value);
}

std::string gguf_text(std::string_view key, std::string_view text) {
    constexpr std::uint32_t kString = 8;
    return gguf_entry(key, kString, gguf_string(text));
}

GgufBytes::GgufBytes() {
    add(gguf_text("general.architecture", "qwen2"));
}

GgufBytes& GgufBytes::add(std::string_view entry) {
    entries += entry;
    ++keys;
    return *this;
}

GgufBytes& GgufBytes::add_tensor(std::string_view name, const std::string& dims,
                                 std::uint32_t dim_count, std::uint32_t type,
                                 std::uint64_t offset) {
    infos += gguf_string(name) + little_endian(dim_count) + dims + little_endian(type) +
             little_endian(offset);
    ++tensors;
    return *this;
}

GgufBytes& GgufBytes::add_vector(std::string_view name, std::uint64_t offset) {
    return add_tensor(name, little_endian(std::uint64_t{8}), 1, 0, offset);
}

GgufBytes& GgufBytes::add_data(std::size_t bytes) {
    data.append(bytes, '\1');
    return *this;
}

std::string GgufBytes::bytes() const {
    std::string all = magic + little_endian(version) + little_endian(tensors) +
                      little_endian(keys) + entries + infos;
    if (!data.empty()) all.resize((all.size() + alignment - 1) / alignment * alignment, '\0');
    return all + data;
}

}  // namespace deepwell::tests
