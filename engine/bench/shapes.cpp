#include "engine/bench/shapes.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "engine/bench/mixes.h"

namespace deepwell::engine::bench {
namespace {

// From the models' published configurations.
constexpr Shape kShapes[] = {
    {"R1-Distill-Qwen-1.5B", "qwen2", 28, 1536, 8960, 12, 2, 128, 151936, 1e4, 1e-6, 131072},
    {"R1-Distill-Qwen-7B", "qwen2", 28, 3584, 18944, 28, 4, 128, 152064, 1e4, 1e-6, 131072},
    {"R1-Distill-Llama-8B", "llama", 32, 4096, 14336, 32, 8, 128, 128256, 5e5, 1e-5, 131072},
    {"R1-0528-Qwen3-8B", "qwen3", 36, 4096, 12288, 32, 8, 128, 151936, 1e6, 1e-6, 131072},
    {"R1-Distill-Qwen-14B", "qwen2", 48, 5120, 13824, 40, 8, 128, 152064, 1e6, 1e-5, 131072},
    {"R1-Distill-Qwen-32B", "qwen2", 64, 5120, 27648, 40, 8, 128, 152064, 1e6, 1e-5, 131072},
    {"R1-Distill-Llama-70B", "llama", 80, 8192, 28672, 64, 8, 128, 128256, 5e5, 1e-5, 131072},
    {"R1-671B", "deepseek2", 61, 7168, 18432, 128, 1, 192, 129280, 1e4, 1e-6, 163840, 256, 8, 2048,
     1, 3, 1536},
    {"Qwen3-30B-A3B", "qwen3moe", 48, 2048, 6144, 32, 4, 128, 151936, 1e6, 1e-6, 40960, 128, 8,
     768},
    {"Moonlight-16B-A3B", "deepseek2", 27, 2048, 11264, 16, 1, 192, 163840, 5e4, 1e-5, 8192, 64, 6,
     1408, 2, 1, 0},
    {"V2-Lite", "deepseek2", 27, 2048, 10944, 16, 1, 192, 102400, 1e4, 1e-6, 163840, 64, 6, 1408, 2,
     1, 0},
};

constexpr int kRopeWidth = 64, kValueWidth = 128, kLatentWidth = 512;  // of every deepseek2

class Tensors {
public:
    Tensors(ModelDescription& model, const Mix& mix) : model_(model), mix_(mix) {}

    void matrix(const std::string& name, int columns, int rows, int slices = 1) {
        TensorShape shape;
        shape.dims = {static_cast<std::uint64_t>(columns), static_cast<std::uint64_t>(rows)};
        if (slices > 1) shape.dims.push_back(static_cast<std::uint64_t>(slices));
        shape.format = format_in_mix(mix_, name, columns, model_);
        model_.tensors.emplace(name, std::move(shape));
    }
    void vector(const std::string& name, int width) {
        model_.tensors.emplace(
            name, TensorShape{{static_cast<std::uint64_t>(width)}, kernels::Format::F32});
    }

private:
    ModelDescription& model_;
    const Mix& mix_;
};

void add_attention(Tensors& tensors, const ModelDescription& m, const std::string& b) {
    if (m.latent_width > 0) {
        const int nope = m.key_width - m.rope_width;
        if (m.query_rank > 0) {
            tensors.matrix(b + "attn_q_a.weight", m.width, m.query_rank);
            tensors.vector(b + "attn_q_a_norm.weight", m.query_rank);
            tensors.matrix(b + "attn_q_b.weight", m.query_rank, m.heads * m.key_width);
        } else {
            tensors.matrix(b + "attn_q.weight", m.width, m.heads * m.key_width);
        }
        tensors.matrix(b + "attn_kv_a_mqa.weight", m.width, m.latent_width + m.rope_width);
        tensors.vector(b + "attn_kv_a_norm.weight", m.latent_width);
        tensors.matrix(b + "attn_k_b.weight", nope, m.latent_width, m.heads);
        tensors.matrix(b + "attn_v_b.weight", m.latent_width, m.value_width, m.heads);
        tensors.matrix(b + "attn_output.weight", m.heads * m.value_width, m.width);
        return;
    }
    tensors.matrix(b + "attn_q.weight", m.width, m.heads * m.key_width);
    tensors.matrix(b + "attn_k.weight", m.width, m.kv_heads * m.key_width);
    tensors.matrix(b + "attn_v.weight", m.width, m.kv_heads * m.key_width);
    tensors.matrix(b + "attn_output.weight", m.heads * m.key_width, m.width);
    if (m.architecture == "qwen2") {
        tensors.vector(b + "attn_q.bias", m.heads * m.key_width);
        tensors.vector(b + "attn_k.bias", m.kv_heads * m.key_width);
        tensors.vector(b + "attn_v.bias", m.kv_heads * m.key_width);
    }
    if (m.architecture.starts_with("qwen3")) {
        tensors.vector(b + "attn_q_norm.weight", m.key_width);
        tensors.vector(b + "attn_k_norm.weight", m.key_width);
    }
}

void add_ffn(Tensors& tensors, const ModelDescription& m, const std::string& b, bool dense) {
    if (dense) {
        tensors.matrix(b + "ffn_gate.weight", m.width, m.feed_forward);
        tensors.matrix(b + "ffn_up.weight", m.width, m.feed_forward);
        tensors.matrix(b + "ffn_down.weight", m.feed_forward, m.width);
        return;
    }
    const int inner = m.expert_feed_forward;
    tensors.matrix(b + "ffn_gate_inp.weight", m.width, m.experts);
    if (m.expert_sigmoid) tensors.vector(b + "exp_probs_b.bias", m.experts);
    tensors.matrix(b + "ffn_gate_exps.weight", m.width, inner, m.experts);
    tensors.matrix(b + "ffn_up_exps.weight", m.width, inner, m.experts);
    tensors.matrix(b + "ffn_down_exps.weight", inner, m.width, m.experts);
    if (m.experts_shared > 0) {
        const int shared = inner * m.experts_shared;
        tensors.matrix(b + "ffn_gate_shexp.weight", m.width, shared);
        tensors.matrix(b + "ffn_up_shexp.weight", m.width, shared);
        tensors.matrix(b + "ffn_down_shexp.weight", shared, m.width);
    }
}

ModelDescription hyper_parameters(const Shape& shape, int layers) {
    ModelDescription m;
    m.architecture = shape.architecture;
    m.name = shape.name;
    m.block_count = layers;
    m.width = shape.width;
    m.context_length = shape.context;
    m.vocabulary = shape.vocabulary;
    m.feed_forward = shape.feed_forward;
    m.heads = shape.heads;
    m.kv_heads = shape.kv_heads;
    m.key_width = m.value_width = m.rope_width = shape.head_width;
    m.epsilon = shape.epsilon;
    m.rope_base = shape.rope_base;
    m.experts = shape.experts;
    m.experts_used = shape.experts_used;
    m.expert_feed_forward = shape.expert_feed_forward;
    m.experts_shared = shape.experts_shared;
    m.leading_dense = std::min(shape.leading_dense, layers);
    m.query_rank = shape.query_rank;
    m.expert_normalise = shape.architecture == "qwen3moe" || shape.query_rank > 0;
    if (shape.architecture == "deepseek2") {
        m.rope_width = kRopeWidth;
        m.value_width = kValueWidth;
        m.latent_width = kLatentWidth;
        m.expert_sigmoid = shape.name != "V2-Lite";
        if (shape.query_rank > 0) {
            m.expert_groups = 8;
            m.expert_groups_used = 4;
            m.expert_scale = 2.5f;
        }
    }
    return m;
}

}  // namespace

std::span<const Shape> shapes() {
    return kShapes;
}

const Shape* find_shape(std::string_view name) {
    const auto equal = [](char a, char b) {
        return std::tolower(static_cast<unsigned char>(a)) ==
               std::tolower(static_cast<unsigned char>(b));
    };
    for (const Shape& shape : kShapes) {
        if (std::equal(name.begin(), name.end(), shape.name.begin(), shape.name.end(), equal)) {
            return &shape;
        }
    }
    return nullptr;
}

Result<ModelDescription> describe_shape(const Shape& shape, std::string_view mix_name, int layers) {
    const Mix* mix = find_mix(mix_name);
    if (mix == nullptr) {
        return fail(
            ErrorCode::InvalidArgument,
            fmt::format("There is no mix \"{}\": Q4_K_M, Q5_K_M, or a format's name.", mix_name));
    }
    if (layers < 0 || layers > shape.layers) {
        return fail(ErrorCode::InvalidArgument,
                    fmt::format("{} has {} layers.", shape.name, shape.layers));
    }
    ModelDescription model = hyper_parameters(shape, layers == 0 ? shape.layers : layers);
    Tensors tensors(model, *mix);
    tensors.matrix("token_embd.weight", model.width, model.vocabulary);
    tensors.vector("output_norm.weight", model.width);
    tensors.matrix("output.weight", model.width, model.vocabulary);
    for (int layer = 0; layer < model.block_count; ++layer) {
        const std::string b = fmt::format("blk.{}.", layer);
        tensors.vector(b + "attn_norm.weight", model.width);
        tensors.vector(b + "ffn_norm.weight", model.width);
        add_attention(tensors, model, b);
        add_ffn(tensors, model, b, model.experts == 0 || layer < model.leading_dense);
    }
    return model;
}

}  // namespace deepwell::engine::bench
