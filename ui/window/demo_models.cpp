#include "ui/window/demo_models.h"

#include <cstdint>
#include <cstring>
#include <fstream>
#include <system_error>
#include <vector>

namespace deepwell::ui {
namespace {

// A type of GGUF: its number, and bytes for so many numbers.
struct Type {
    std::uint32_t id;
    std::uint32_t block;
    std::uint32_t bytes;
};
constexpr Type kF32{0, 1, 4};
constexpr Type kQ8_0{8, 32, 34};
constexpr Type kQ4_K{12, 256, 144};
constexpr Type kQ5_K{13, 256, 176};
constexpr Type kQ6_K{14, 256, 210};

// Shapes as their makers published them.
struct Shape {
    const char* file;
    const char* name;
    const char* architecture;
    std::uint32_t layers, width, feed_forward, heads, kv_heads, vocabulary;
    std::uint32_t file_type;  // general.file_type
    Type weights;
    double kept;  // below 1: the file is cut off there
};
constexpr Shape kShapes[] = {
    {"DeepSeek-R1-Distill-Qwen-1.5B-Q4_K_M.gguf", "DeepSeek R1 Distill Qwen 1.5B", "qwen2", 28,
     1536, 8960, 12, 2, 151936, 15, kQ4_K, 1},
    {"DeepSeek-R1-Distill-Qwen-7B-Q4_K_M.gguf", "DeepSeek R1 Distill Qwen 7B", "qwen2", 28, 3584,
     18944, 28, 4, 152064, 15, kQ4_K, 1},
    {"DeepSeek-R1-0528-Qwen3-8B-Q4_K_M.gguf", "DeepSeek R1 0528 Qwen3 8B", "qwen3", 36, 4096, 12288,
     32, 8, 151936, 15, kQ4_K, 1},
    {"DeepSeek-R1-0528-Qwen3-8B-Q8_0.gguf", "DeepSeek R1 0528 Qwen3 8B", "qwen3", 36, 4096, 12288,
     32, 8, 151936, 7, kQ8_0, 1},
    {"DeepSeek-R1-Distill-Qwen-14B-Q4_K_M.gguf", "DeepSeek R1 Distill Qwen 14B", "qwen2", 48, 5120,
     13824, 40, 8, 152064, 15, kQ4_K, 1},
    {"DeepSeek-R1-Distill-Qwen-32B-Q4_K_M.gguf", "DeepSeek R1 Distill Qwen 32B", "qwen2", 64, 5120,
     27648, 40, 8, 152064, 15, kQ4_K, 1},
    {"DeepSeek-R1-Distill-Llama-8B-Q5_K_M.gguf", "DeepSeek R1 Distill Llama 8B", "llama", 32, 4096,
     14336, 32, 8, 128256, 17, kQ5_K, 0.77},
};
constexpr std::uint32_t kHead = 128;  // numbers a head
constexpr std::uint64_t kAlignment = 32;
constexpr const char* kUsed = "DeepSeek-R1-0528-Qwen3-8B-Q4_K_M.gguf";

class Bytes {
public:
    template <typename T>
    void number(T value) {
        char raw[sizeof(T)];
        std::memcpy(raw, &value, sizeof(T));
        bytes_.append(raw, sizeof(T));
    }
    void text(const std::string& value) {
        number<std::uint64_t>(value.size());
        bytes_ += value;
    }
    void key(const std::string& name, std::uint32_t type) {
        text(name);
        number(type);
    }
    const std::string& all() const { return bytes_; }

private:
    std::string bytes_;
};

constexpr std::uint32_t kUint32 = 4, kFloat32 = 6, kString = 8, kArray = 9, kInt32 = 5;

std::uint64_t metadata(Bytes& out, const Shape& shape) {
    std::uint64_t count = 0;
    const auto text = [&](const std::string& key, const std::string& value) {
        out.key(key, kString);
        out.text(value);
        ++count;
    };
    const auto number = [&](const std::string& key, std::uint32_t value) {
        out.key(key, kUint32);
        out.number(value);
        ++count;
    };
    const auto real = [&](const std::string& key, float value) {
        out.key(key, kFloat32);
        out.number(value);
        ++count;
    };
    const std::string of = std::string(shape.architecture) + ".";
    text("general.architecture", shape.architecture);
    text("general.name", shape.name);
    text("general.license", "mit");
    number("general.file_type", shape.file_type);
    number(of + "block_count", shape.layers);
    number(of + "context_length", 131072);
    number(of + "embedding_length", shape.width);
    number(of + "feed_forward_length", shape.feed_forward);
    number(of + "attention.head_count", shape.heads);
    number(of + "attention.head_count_kv", shape.kv_heads);
    number(of + "attention.key_length", kHead);
    number(of + "attention.value_length", kHead);
    real(of + "attention.layer_norm_rms_epsilon", 1e-6f);
    real(of + "rope.freq_base", 1e6f);
    text("tokenizer.ggml.model", "gpt2");
    text("tokenizer.ggml.pre", "qwen2");
    number("tokenizer.ggml.eos_token_id", 2);
    out.key("tokenizer.ggml.tokens", kArray);
    out.number(kString);
    out.number<std::uint64_t>(shape.vocabulary);
    for (std::uint32_t i = 0; i < shape.vocabulary; ++i) out.text("t" + std::to_string(i));
    out.key("tokenizer.ggml.token_type", kArray);
    out.number(kInt32);
    out.number<std::uint64_t>(shape.vocabulary);
    for (std::uint32_t i = 0; i < shape.vocabulary; ++i) out.number<std::int32_t>(1);
    out.key("tokenizer.ggml.merges", kArray);
    out.number(kString);
    out.number<std::uint64_t>(1);
    out.text("t1 t2");
    return count + 3;
}

// The table of tensors; `size` becomes that of their data.
std::uint64_t tensors(Bytes& out, const Shape& shape, std::uint64_t& size) {
    std::uint64_t count = 0;
    const auto add = [&](const std::string& name, std::vector<std::uint64_t> extents, Type type) {
        out.text(name);
        out.number(static_cast<std::uint32_t>(extents.size()));
        std::uint64_t elements = 1;
        for (const std::uint64_t extent : extents) {
            out.number(extent);
            elements *= extent;
        }
        out.number(type.id);
        out.number(size);
        const std::uint64_t bytes = elements / type.block * type.bytes;
        size += (bytes + kAlignment - 1) / kAlignment * kAlignment;
        ++count;
    };
    const Type weights = shape.weights;
    // The mixtures of "M" files: the last layer, values and half of the rows down are finer.
    const bool mixed = weights.id != kQ8_0.id;
    const std::uint64_t width = shape.width;
    const std::uint64_t wide = shape.feed_forward;
    const std::uint64_t queries = std::uint64_t(shape.heads) * kHead;
    const std::uint64_t keys = std::uint64_t(shape.kv_heads) * kHead;
    add("token_embd.weight", {width, shape.vocabulary}, weights);
    add("output_norm.weight", {width}, kF32);
    add("output.weight", {width, shape.vocabulary}, mixed ? kQ6_K : weights);
    for (std::uint32_t i = 0; i < shape.layers; ++i) {
        const std::string at = "blk." + std::to_string(i) + ".";
        add(at + "attn_norm.weight", {width}, kF32);
        add(at + "ffn_norm.weight", {width}, kF32);
        add(at + "attn_q.weight", {width, queries}, weights);
        add(at + "attn_k.weight", {width, keys}, weights);
        add(at + "attn_v.weight", {width, keys}, mixed ? kQ6_K : weights);
        add(at + "attn_output.weight", {queries, width}, weights);
        add(at + "ffn_gate.weight", {width, wide}, weights);
        add(at + "ffn_up.weight", {width, wide}, weights);
        add(at + "ffn_down.weight", {wide, width}, mixed && i % 2 == 1 ? kQ6_K : weights);
        if (std::strcmp(shape.architecture, "qwen2") == 0) {
            add(at + "attn_q.bias", {queries}, kF32);
            add(at + "attn_k.bias", {keys}, kF32);
            add(at + "attn_v.bias", {keys}, kF32);
        } else if (std::strcmp(shape.architecture, "qwen3") == 0) {
            add(at + "attn_q_norm.weight", {kHead}, kF32);
            add(at + "attn_k_norm.weight", {kHead}, kF32);
        }
    }
    return count;
}

void write_model(const std::filesystem::path& folder, const Shape& shape) {
    Bytes keys;
    Bytes table;
    std::uint64_t data = 0;
    const std::uint64_t key_count = metadata(keys, shape);
    const std::uint64_t tensor_count = tensors(table, shape, data);
    Bytes head;
    head.number<std::uint32_t>(0x46554747);  // "GGUF"
    head.number<std::uint32_t>(3);
    head.number(tensor_count);
    head.number(key_count);
    std::string all = head.all() + keys.all() + table.all();
    all.resize((all.size() + kAlignment - 1) / kAlignment * kAlignment);

    const std::filesystem::path file = folder / shape.file;
    std::ofstream(file, std::ios::binary).write(all.data(), std::ssize(all));
    std::error_code error;
    std::filesystem::resize_file(
        file, static_cast<std::uint64_t>(static_cast<double>(all.size() + data) * shape.kept),
        error);
    if (error) std::filesystem::remove(file, error);
}

}  // namespace

void write_demo_models(const std::filesystem::path& folder) {
    std::error_code error;
    std::filesystem::create_directories(folder, error);
    for (const Shape& shape : kShapes) write_model(folder, shape);
}

std::string demo_model() {
    return kUsed;
}

}  // namespace deepwell::ui
