#include "engine/bench/write_model.h"

#include <fmt/format.h>

#include <algorithm>

#include "engine/gguf/writer.h"
#include "kernels/formats/table.h"

namespace deepwell::engine::bench {
namespace {

std::uint32_t u32(int value) {
    return static_cast<std::uint32_t>(value);
}

void set_hyper_parameters(Metadata& metadata, const ModelDescription& m) {
    metadata.set("general.architecture", Value::of_string(m.architecture));
    metadata.set("general.name", Value::of_string(m.name + " (made-up weights)"));
    metadata.set("general.quantization_version", Value::of_u32(2));
    const auto number = [&](const char* key, int value) {
        metadata.set(fmt::format("{}.{}", m.architecture, key), Value::of_u32(u32(value)));
    };
    const auto real = [&](const char* key, double value) {
        metadata.set(fmt::format("{}.{}", m.architecture, key),
                     Value::of_f32(static_cast<float>(value)));
    };
    number("block_count", m.block_count);
    number("context_length", m.context_length);
    number("embedding_length", m.width);
    number("feed_forward_length", m.feed_forward);
    number("attention.head_count", m.heads);
    number("attention.head_count_kv", m.kv_heads);
    real("attention.layer_norm_rms_epsilon", m.epsilon);
    real("rope.freq_base", m.rope_base);
    number("rope.dimension_count", m.rope_width);
    number("vocab_size", m.vocabulary);
    if (m.latent_width == 0) {
        number("attention.key_length", m.key_width);
        number("attention.value_length", m.value_width);
    } else {
        number("attention.key_length", m.latent_width + m.rope_width);
        number("attention.value_length", m.latent_width);
        number("attention.key_length_mla", m.key_width);
        number("attention.value_length_mla", m.value_width);
        number("attention.kv_lora_rank", m.latent_width);
        if (m.query_rank > 0) number("attention.q_lora_rank", m.query_rank);
        number("leading_dense_block_count", m.leading_dense);
        number("expert_shared_count", m.experts_shared);
        real("expert_weights_scale", m.expert_scale);
        metadata.set(m.architecture + ".expert_weights_norm", Value::of_bool(m.expert_normalise));
        number("expert_gating_func", m.expert_sigmoid ? 2 : 1);
        if (m.expert_groups > 1) {
            number("expert_group_count", m.expert_groups);
            number("expert_group_used_count", m.expert_groups_used);
        }
    }
    if (m.experts > 0) {
        number("expert_count", m.experts);
        number("expert_used_count", m.experts_used);
        number("expert_feed_forward_length", m.expert_feed_forward);
    }
}

// The letter that stands for a byte in byte-level vocabularies, in UTF-8: printable Latin-1 stands
// for itself, the others follow from U+0100 on in the order of their bytes.
std::vector<std::string> byte_letters() {
    std::vector<std::string> letters(256);
    unsigned next = 0x100;
    for (unsigned byte = 0; byte < 256; ++byte) {
        const bool itself =
            (byte >= 33 && byte <= 126) || (byte >= 161 && byte <= 172) || byte >= 174;
        const unsigned point = itself ? byte : next++;
        std::string& letter = letters[byte];
        if (point < 0x80) {
            letter = static_cast<char>(point);
        } else {
            letter = {static_cast<char>(0xc0 | (point >> 6)),
                      static_cast<char>(0x80 | (point & 0x3f))};
        }
    }
    return letters;
}

void set_vocabulary(Metadata& metadata, int size) {
    std::vector<std::string> tokens = byte_letters();
    std::vector<std::string> merges;
    for (const char* pair : {"t h", "i n", "e r", "a n"}) {
        merges.emplace_back(pair);
        tokens.push_back({pair[0], pair[2]});
    }
    std::vector<std::int32_t> types(tokens.size(), 1);
    tokens.emplace_back("<|end|>");
    types.push_back(3);
    const auto end = static_cast<std::uint32_t>(tokens.size() - 1);
    while (tokens.size() < static_cast<std::size_t>(size)) {
        tokens.push_back(fmt::format("[PAD{}]", tokens.size()));
        types.push_back(5);
    }
    tokens.resize(static_cast<std::size_t>(size));
    types.resize(tokens.size());
    metadata.set("tokenizer.ggml.model", Value::of_string("gpt2"));
    metadata.set("tokenizer.ggml.pre", Value::of_string("qwen2"));
    metadata.set("tokenizer.ggml.tokens", Value::of_strings(tokens));
    metadata.set("tokenizer.ggml.token_type", Value::of_i32s(types));
    metadata.set("tokenizer.ggml.merges", Value::of_strings(merges));
    metadata.set("tokenizer.ggml.eos_token_id", Value::of_u32(end));
    metadata.set("tokenizer.ggml.add_bos_token", Value::of_bool(false));
}

}  // namespace

Result<void> write_model(const ModelDescription& model, const TensorReader& weights,
                         const std::filesystem::path& path, const Progress& progress,
                         const StopFlag& stop) {
    GgufWriter writer;
    set_hyper_parameters(writer.metadata(), model);
    set_vocabulary(writer.metadata(), model.vocabulary);
    for (const auto& [name, shape] : model.tensors) {
        auto added = writer.add_tensor(name, static_cast<std::uint32_t>(shape.format), shape.dims);
        if (!added) return added;
    }
    if (auto begun = writer.begin(path); !begun) return begun;
    std::uint64_t total = 0, done = 0;
    for (const TensorInfo& tensor : writer.tensors()) total += tensor.bytes;
    std::vector<std::byte> chunk(8 << 20);
    for (const TensorInfo& tensor : writer.tensors()) {
        for (std::uint64_t at = 0; at < tensor.bytes; at += chunk.size()) {
            if (stop.stop_requested()) return fail(ErrorCode::Cancelled, "Writing was stopped.");
            const auto bytes =
                std::span(chunk).first(std::min<std::uint64_t>(chunk.size(), tensor.bytes - at));
            if (auto read = weights.read(tensor.name, at, bytes); !read) return read;
            if (auto written = writer.append(bytes); !written) return written;
            done += bytes.size();
        }
        if (progress) progress(static_cast<double>(done) / static_cast<double>(total));
    }
    return writer.finish();
}

}  // namespace deepwell::engine::bench
