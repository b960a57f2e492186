#include "engine/models/model_description.h"

#include <fmt/format.h>

#include <cmath>
#include <cstring>
#include <limits>

#include "engine/gguf/file.h"
#include "engine/models/architecture.h"
#include "kernels/formats/table.h"

namespace deepwell::engine {
namespace {

// Sizes beyond these are no model but an attack on memory or on 32-bit arithmetic.
constexpr std::uint64_t kLargestWidth = 1 << 20;
constexpr std::uint64_t kLargestContext = 1ull << 30;
constexpr std::uint64_t kLargestVocabulary = 1ull << 24;
constexpr std::uint64_t kMostLayers = 1024;
constexpr std::uint64_t kMostExperts = 1024;

// Reads the keys of one architecture; the first error sticks.
class Keys {
public:
    Keys(const Metadata& metadata, std::string architecture)
        : metadata_(metadata), prefix_(std::move(architecture) + ".") {}

    int number(std::string_view key, std::uint64_t lowest, std::uint64_t highest) {
        return checked(key, take(metadata_.unsigned_value(prefix_ + std::string(key))), lowest,
                       highest);
    }
    int number_or(std::string_view key, int fallback, std::uint64_t lowest, std::uint64_t highest) {
        if (!has(key)) return fallback;
        return number(key, lowest, highest);
    }
    // A key that may be an array over the layers; ours want one number for all.
    int same_in_all_layers(std::string_view key, int layers, int fallback, std::uint64_t lowest,
                           std::uint64_t highest) {
        if (!has(key)) return fallback;
        const auto values =
            take(metadata_.per_layer(prefix_ + std::string(key), static_cast<std::size_t>(layers)));
        if (values.empty()) return fallback;
        for (std::uint64_t value : values) {
            if (value != values.front()) {
                error(
                    ErrorCode::UnsupportedArchitecture, key,
                    "The model's layers differ in size from each other; that cannot be run here.");
            }
        }
        return checked(key, values.front(), lowest, highest);
    }
    double real_or(std::string_view key, double fallback) {
        return take(metadata_.double_or(prefix_ + std::string(key), fallback));
    }
    double positive(std::string_view key) {
        const double value = take(metadata_.double_value(prefix_ + std::string(key)));
        check(key, std::isfinite(value) && value > 0);
        return value;
    }
    bool flag_or(std::string_view key, bool fallback) {
        return take(metadata_.bool_or(prefix_ + std::string(key), fallback));
    }
    std::string text_or(std::string_view key, std::string_view fallback) {
        return std::string(take(metadata_.string_or(prefix_ + std::string(key), fallback)));
    }
    bool has(std::string_view key) const { return metadata_.contains(prefix_ + std::string(key)); }

    void check(std::string_view key, bool condition) {
        if (!condition) error(ErrorCode::FileDamaged, key, "");
    }
    void error(ErrorCode code, std::string_view key, std::string message) {
        if (error_) return;
        const std::string name = prefix_ + std::string(key);
        if (message.empty()) {
            message = fmt::format("The model file's setting {} has a value that cannot be.", name);
        }
        error_ = Error{code, std::move(message), name};
    }
    bool failed() const { return error_.has_value(); }
    Error take_error() { return std::move(*error_); }

private:
    template <class T>
    T take(Result<T> result) {
        if (result) return std::move(*result);
        if (!error_) error_ = std::move(result.error());
        return T{};
    }
    int checked(std::string_view key, std::uint64_t value, std::uint64_t lowest,
                std::uint64_t highest) {
        if (!error_) check(key, value >= lowest && value <= highest);
        return error_ ? static_cast<int>(lowest) : static_cast<int>(value);
    }

    const Metadata& metadata_;
    std::string prefix_;
    std::optional<Error> error_;
};

void read_scaling(Keys& keys, ModelDescription& model) {
    const std::string kind = keys.text_or("rope.scaling.type", "linear");
    double factor = keys.real_or("rope.scaling.factor", keys.real_or("rope.scale_linear", 0));
    keys.check("rope.scaling.factor", std::isfinite(factor) && factor >= 0);
    if (factor == 0) factor = 1;
    RopeScaling& scaling = model.scaling;
    scaling.factor = factor;
    if (kind == "none") return;
    if (kind == "linear") {
        if (factor != 1) scaling.kind = RopeScaling::Kind::Linear;
    } else if (kind == "yarn") {
        scaling.kind = RopeScaling::Kind::Yarn;
        scaling.original_context = keys.number_or("rope.scaling.original_context_length",
                                                  model.context_length, 1, kLargestContext);
        scaling.attention_factor = keys.real_or("rope.scaling.attn_factor", 1);
        scaling.log_multiplier = keys.real_or("rope.scaling.yarn_log_multiplier", 0);
        keys.check("rope.scaling.attn_factor",
                   std::isfinite(scaling.attention_factor) && scaling.attention_factor > 0);
        keys.check("rope.scaling.yarn_log_multiplier", std::isfinite(scaling.log_multiplier));
    } else {
        keys.error(ErrorCode::UnsupportedArchitecture, "rope.scaling.type",
                   fmt::format("The model stretches its positions in a way (\"{}\") that is not "
                               "known here.",
                               kind));
    }
}

void read_experts(Keys& keys, ModelDescription& model) {
    model.experts = keys.number_or("expert_count", 0, 0, kMostExperts);
    model.experts_used = keys.number_or("expert_used_count", 0, 0, kMostExperts);
    const bool needs =
        model.architecture == "qwen3moe" ||
        (model.architecture == "deepseek2" && model.leading_dense < model.block_count);
    if (model.experts == 0 && !needs) return;
    if (model.architecture != "qwen3moe" && model.architecture != "deepseek2") {
        keys.error(ErrorCode::UnsupportedArchitecture, "expert_count",
                   fmt::format("Models of the architecture \"{}\" with experts cannot be run here.",
                               model.architecture));
    }
    keys.check("expert_count", model.experts > 0);
    keys.check("expert_used_count", model.experts_used > 0 && model.experts_used <= model.experts);
    if (keys.failed()) return;
    if (keys.has("expert_feed_forward_length")) {
        model.expert_feed_forward = keys.number("expert_feed_forward_length", 1, kLargestWidth);
    } else {
        model.expert_feed_forward = model.feed_forward / model.experts_used;
        keys.check("expert_feed_forward_length", model.expert_feed_forward > 0);
    }
    if (model.architecture == "qwen3moe") {
        model.expert_normalise = true;
        return;
    }
    model.experts_shared = keys.number_or("expert_shared_count", 0, 0, kMostExperts);
    const double scale = keys.real_or("expert_weights_scale", 0);
    keys.check("expert_weights_scale", std::isfinite(scale));
    model.expert_scale = scale == 0 ? 1.0f : static_cast<float>(scale);
    model.expert_normalise = keys.flag_or("expert_weights_norm", false);
    model.expert_sigmoid = keys.number_or("expert_gating_func", 0, 0, 2) == 2;
    model.expert_groups = std::max(1, keys.number_or("expert_group_count", 0, 0, kMostExperts));
    if (model.expert_groups > 1) {
        model.expert_groups_used = keys.number("expert_group_used_count", 1,
                                               static_cast<std::uint64_t>(model.expert_groups));
        keys.check("expert_group_count", model.experts % model.expert_groups == 0);
        if (keys.failed()) return;
        // The chosen experts must fit into the groups that are kept.
        keys.check(
            "expert_group_used_count",
            model.experts / model.expert_groups * model.expert_groups_used >= model.experts_used);
    }
}

void read_latent_attention(Keys& keys, ModelDescription& model) {
    model.latent_width = keys.number("attention.kv_lora_rank", 1, kLargestWidth);
    model.query_rank = keys.number_or("attention.q_lora_rank", 0, 0, kLargestWidth);
    model.key_width = keys.has("attention.key_length_mla")
                          ? keys.number("attention.key_length_mla", 1, kLargestWidth)
                          : keys.number("attention.key_length", 1, kLargestWidth);
    model.value_width = keys.has("attention.value_length_mla")
                            ? keys.number("attention.value_length_mla", 1, kLargestWidth)
                            : keys.number("attention.value_length", 1, kLargestWidth);
    model.rope_width = keys.number("rope.dimension_count", 2, kLargestWidth);
    keys.check("rope.dimension_count",
               model.rope_width % 2 == 0 && model.rope_width < model.key_width);
    model.leading_dense = keys.number_or("leading_dense_block_count", 0, 0, kMostLayers);
}

void read_grouped_attention(Keys& keys, ModelDescription& model) {
    const int whole = model.heads > 0 ? model.width / model.heads : 0;
    model.key_width = keys.number_or("attention.key_length", whole, 1, kLargestWidth);
    model.value_width = keys.number_or("attention.value_length", model.key_width, 1, kLargestWidth);
    keys.check("attention.key_length", model.key_width > 0 && model.key_width % 2 == 0);
    keys.check("attention.value_length", model.value_width == model.key_width);
    model.rope_width = keys.number_or("rope.dimension_count", model.key_width, 2, kLargestWidth);
    keys.check("rope.dimension_count",
               model.rope_width % 2 == 0 && model.rope_width <= model.key_width);
    if (model.architecture == "llama") {
        keys.check("rope.dimension_count", model.rope_width == model.key_width);
    }
}

Result<void> read_shapes(const GgufFile& file, ModelDescription& model) {
    for (const TensorInfo& tensor : file.tensors()) {
        const kernels::FormatInfo* format = kernels::find_format(tensor.type_id());
        if (format == nullptr) {
            return fail(ErrorCode::UnsupportedFormat,
                        fmt::format("The tensor {} has the type {}, which cannot be run here.",
                                    tensor.name, tensor.type->name),
                        tensor.name);
        }
        TensorShape shape;
        shape.dims.assign(tensor.dims.begin(), tensor.dims.begin() + std::max(1, tensor.dim_count));
        shape.format = format->format;
        model.tensors.emplace(tensor.name, std::move(shape));
    }
    return {};
}

// rope_freqs.weight: d/2 numbers that divide the frequencies. Used by llama alone; other files may
// hold it without meaning anything by it.
Result<void> read_rope_factors(const GgufFile& file, ModelDescription& model) {
    const TensorInfo* tensor = file.find_tensor("rope_freqs.weight");
    if (tensor == nullptr || model.architecture != "llama") return {};
    const auto wanted = static_cast<std::uint64_t>(model.rope_width / 2);
    if (tensor->type_id() != 0 || tensor->elements() != wanted) {
        return fail(ErrorCode::FileDamaged,
                    fmt::format("The tensor rope_freqs.weight must be {} numbers in F32.", wanted),
                    tensor->name);
    }
    model.rope_factors.resize(wanted);
    if (auto read = file.read(*tensor, 0, std::as_writable_bytes(std::span(model.rope_factors)));
        !read) {
        return fail(read.error());
    }
    for (float factor : model.rope_factors) {
        if (!std::isfinite(factor) || factor <= 0) {
            return fail(ErrorCode::FileDamaged,
                        "The tensor rope_freqs.weight holds a number that is not positive.",
                        tensor->name);
        }
    }
    return {};
}

}  // namespace

Result<ModelDescription> describe_model(const GgufFile& file) {
    ModelDescription model;
    model.architecture = std::string(file.architecture());
    if (find_architecture(model.architecture) == nullptr) {
        return fail(ErrorCode::UnsupportedArchitecture,
                    fmt::format("Models of the architecture \"{}\" cannot be run here.",
                                model.architecture),
                    model.architecture);
    }
    if (auto name = file.metadata().string_or("general.name", ""); name) model.name = *name;

    Keys keys(file.metadata(), model.architecture);
    model.block_count = keys.number("block_count", 1, kMostLayers);
    const int next_token_layers = keys.number_or("nextn_predict_layers", 0, 0, kMostLayers);
    keys.check("nextn_predict_layers", next_token_layers < model.block_count);
    const int all_layers = model.block_count;
    model.context_length = keys.number("context_length", 1, kLargestContext);
    model.width = keys.number("embedding_length", 1, kLargestWidth);
    model.heads = keys.same_in_all_layers("attention.head_count", all_layers, 0, 1, kLargestWidth);
    keys.check("attention.head_count", model.heads > 0);
    model.kv_heads = keys.same_in_all_layers("attention.head_count_kv", all_layers, model.heads, 1,
                                             kLargestWidth);
    keys.check("attention.head_count_kv",
               model.kv_heads > 0 && model.heads % std::max(1, model.kv_heads) == 0);
    model.feed_forward =
        keys.same_in_all_layers("feed_forward_length", all_layers, 0, 0, kLargestWidth);
    model.epsilon = keys.positive("attention.layer_norm_rms_epsilon");
    model.rope_base = keys.real_or("rope.freq_base", 10000);
    keys.check("rope.freq_base", std::isfinite(model.rope_base) && model.rope_base > 0);
    if (!keys.failed()) {
        if (model.architecture == "deepseek2") {
            read_latent_attention(keys, model);
        } else {
            read_grouped_attention(keys, model);
        }
    }
    if (!keys.failed()) read_scaling(keys, model);
    model.block_count -= next_token_layers;
    keys.check("leading_dense_block_count", model.leading_dense <= all_layers);
    if (!keys.failed()) read_experts(keys, model);
    const bool has_dense_ffn = model.experts == 0 || model.leading_dense > 0;
    keys.check("feed_forward_length", !has_dense_ffn || model.feed_forward > 0);
    if (keys.failed()) return fail(keys.take_error());

    const TensorInfo* embedding = file.find_tensor("token_embd.weight");
    if (embedding == nullptr) {
        return fail(ErrorCode::FileDamaged,
                    file.tensors().empty() ? "The file holds a vocabulary only, no model."
                                           : "The model file lacks the tensor token_embd.weight.",
                    "token_embd.weight");
    }
    model.vocabulary = static_cast<int>(std::min(embedding->rows(), kLargestVocabulary));
    keys.check("vocab_size", embedding->rows() <= kLargestVocabulary);
    const int stated = keys.number_or("vocab_size", model.vocabulary, 1, kLargestVocabulary);
    keys.check("vocab_size", stated == model.vocabulary);
    const Value* tokens = file.metadata().find("tokenizer.ggml.tokens");
    if (tokens != nullptr && tokens->is_array() && tokens->size() != embedding->rows()) {
        keys.error(ErrorCode::FileDamaged, "vocab_size",
                   fmt::format("The vocabulary has {} tokens, but token_embd.weight has {} rows.",
                               tokens->size(), embedding->rows()));
    }
    if (keys.failed()) return fail(keys.take_error());
    if (auto done = read_shapes(file, model); !done) return fail(done.error());
    if (auto done = read_rope_factors(file, model); !done) return fail(done.error());
    return model;
}

}  // namespace deepwell::engine
