#include "tests/app/models/made_files.h"

#include <fstream>
#include <vector>

#include "engine/gguf/writer.h"

namespace deepwell::tests {
namespace {

engine::GgufWriter begun(const std::string& architecture, const std::string& name) {
    engine::GgufWriter writer;
    engine::Metadata& metadata = writer.metadata();
    metadata.set("general.architecture", engine::Value::of_string(architecture));
    metadata.set("general.name", engine::Value::of_string(name));
    metadata.set("general.file_type", engine::Value::of_u32(7));
    metadata.set("general.sampling.temp", engine::Value::of_f32(0.25F));
    metadata.set("general.sampling.top_k", engine::Value::of_i32(5));
    metadata.set(architecture + ".context_length", engine::Value::of_u32(4096));
    metadata.set(architecture + ".block_count", engine::Value::of_u32(3));
    return writer;
}

}  // namespace

void write_model(const std::filesystem::path& path, const std::string& architecture,
                 const std::string& name) {
    engine::GgufWriter writer = begun(architecture, name);
    const std::uint64_t dims[] = {32, 4};
    static_cast<void>(writer.add_tensor("odd.weight", 0, dims));
    static_cast<void>(writer.begin(path));
    const std::vector<std::byte> bytes(32 * 4 * 4);
    static_cast<void>(writer.append(bytes));
    static_cast<void>(writer.finish());
}

void write_vocabulary(const std::filesystem::path& path, const std::string& name) {
    engine::GgufWriter writer = begun("qwen2", name);
    static_cast<void>(writer.begin(path));
    static_cast<void>(writer.finish());
}

void write_text(const std::filesystem::path& path, const std::string& text) {
    std::ofstream(path, std::ios::binary) << text;
}

}  // namespace deepwell::tests
