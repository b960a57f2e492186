#include "app/generation/reply_settings.h"

#include <algorithm>

#include "engine/prompt/recommended.h"

namespace deepwell::app {
namespace {

int whole(std::int64_t number) {
    return static_cast<int>(std::clamp<std::int64_t>(number, -1, 1 << 30));
}

void apply_object(const Json& json, const char* key, double& target) {
    const auto found = json.find(key);
    if (found != json.end() && found->is_number()) target = found->get<double>();
}

void apply_object(const Json& json, const char* key, int& target) {
    const auto found = json.find(key);
    if (found != json.end() && found->is_number_integer()) {
        target = whole(found->get<std::int64_t>());
    }
}

void apply_order(const std::vector<std::string>& order, engine::SamplerSettings& sampler) {
    if (order.size() == 1) {
        engine::parse_sampler_order(order.front(), sampler.order);
        return;
    }
    // Imported: names of samplers; what matters is where the temperature stands.
    if (order.empty()) return;
    sampler.order = order.back() == "temperature" ? engine::SamplerOrder::TemperatureLast
                                                  : engine::SamplerOrder::TemperatureFirst;
}

void apply_thinking(const ThinkingValues& values, Thinking& thinking) {
    thinking.effort = values.effort;
    thinking.budget = budget_of(values.effort);
    if (values.budget_tokens && values.effort != Effort::Off) {
        thinking.budget = whole(*values.budget_tokens);
    }
    if (values.reserve_tokens) thinking.reserve = whole(*values.reserve_tokens);
}

// One layer of the settings file: an object with "thinking", "sampler", …
struct Layer {
    std::optional<SamplerValues> sampler;
    std::optional<ThinkingValues> thinking;
    std::optional<std::string> system_prompt;
    std::optional<int> context;
    std::optional<CacheType> cache;
    std::optional<int> card_layers;
    std::optional<int> batch;
    std::optional<std::string> device;
};

std::optional<CacheType> cache_type_of(const Json& json) {
    if (!json.is_string()) return std::nullopt;
    for (const CacheType type : {CacheType::F32, CacheType::F16, CacheType::Q8_0}) {
        if (json.get<std::string>() == cache_type_name(type)) return type;
    }
    return std::nullopt;
}

Layer layer_of(const Json& json) {
    Layer layer;
    if (!json.is_object()) return layer;
    if (const auto found = json.find("sampler"); found != json.end() && found->is_object()) {
        layer.sampler = sampler_from_json(*found);
    }
    if (const auto found = json.find("thinking"); found != json.end()) {
        layer.thinking = thinking_from_json(*found);
    }
    if (const auto found = json.find("system_prompt"); found != json.end() && found->is_string()) {
        layer.system_prompt = found->get<std::string>();
    }
    const auto number = [&](const char* key) -> std::optional<int> {
        const auto found = json.find(key);
        if (found == json.end() || !found->is_number_integer()) return std::nullopt;
        return whole(found->get<std::int64_t>());
    };
    layer.context = number("context");
    layer.card_layers = number("card_layers");
    layer.batch = number("batch");
    if (const auto found = json.find("cache"); found != json.end()) {
        layer.cache = cache_type_of(*found);
    }
    if (const auto found = json.find("device"); found != json.end() && found->is_string()) {
        layer.device = found->get<std::string>();
    }
    return layer;
}

// "seed" among the sampler's values: empty or absent is a new one each time.
std::optional<std::uint64_t> seed_of(const SamplerValues& sampler) {
    const auto found = sampler.extra.find("seed");
    if (found == sampler.extra.end() || !found->is_number_integer()) return std::nullopt;
    if (!found->is_number_unsigned() && found->get<std::int64_t>() < 0) return std::nullopt;
    return found->get<std::uint64_t>();
}

}  // namespace

engine::SamplerSettings recommended_sampler(const ModelFile& model, bool thinking) {
    const std::string name = model.name.empty() ? model.path.stem().string() : model.name;
    const engine::RecommendedSampling advice =
        engine::recommended_sampling(model.architecture, name, thinking, model.sampling);
    engine::SamplerSettings sampler;
    if (advice.temperature) sampler.temperature = *advice.temperature;
    if (advice.top_p) sampler.top_p = *advice.top_p;
    if (advice.top_k) sampler.top_k = *advice.top_k;
    if (advice.min_p) sampler.min_p = *advice.min_p;
    if (advice.presence_penalty) sampler.presence_penalty = *advice.presence_penalty;
    return sampler;
}

void apply_sampler(const SamplerValues& values, engine::SamplerSettings& sampler) {
    if (values.temperature) sampler.temperature = *values.temperature;
    if (values.top_k) sampler.top_k = whole(*values.top_k);
    if (values.top_p) sampler.top_p = *values.top_p;
    if (values.min_p) sampler.min_p = *values.min_p;
    if (values.typical_p) sampler.typical_p = *values.typical_p;
    if (values.repeat_penalty) sampler.repeat_penalty = *values.repeat_penalty;
    if (values.repeat_last_n) sampler.penalty_window = whole(*values.repeat_last_n);
    if (values.frequency_penalty) sampler.frequency_penalty = *values.frequency_penalty;
    if (values.presence_penalty) sampler.presence_penalty = *values.presence_penalty;
    if (values.dry && values.dry->is_object()) {
        apply_object(*values.dry, "multiplier", sampler.dry_multiplier);
        apply_object(*values.dry, "base", sampler.dry_base);
        apply_object(*values.dry, "allowed_length", sampler.dry_allowed_length);
        apply_object(*values.dry, "last_n", sampler.dry_window);
    }
    if (values.xtc && values.xtc->is_object()) {
        apply_object(*values.xtc, "probability", sampler.xtc_probability);
        apply_object(*values.xtc, "threshold", sampler.xtc_threshold);
    }
    if (values.order) apply_order(*values.order, sampler);
}

SamplerValues sampler_values(const engine::SamplerSettings& sampler) {
    const engine::SamplerSettings off;
    SamplerValues values;
    values.temperature = sampler.temperature;
    values.top_k = sampler.top_k;
    values.top_p = sampler.top_p;
    values.min_p = sampler.min_p;
    if (sampler.typical_p != off.typical_p) values.typical_p = sampler.typical_p;
    values.repeat_penalty = sampler.repeat_penalty;
    if (sampler.penalty_window != off.penalty_window) {
        values.repeat_last_n = sampler.penalty_window;
    }
    if (sampler.frequency_penalty != 0) values.frequency_penalty = sampler.frequency_penalty;
    if (sampler.presence_penalty != 0) values.presence_penalty = sampler.presence_penalty;
    if (sampler.dry_multiplier != 0) {
        values.dry = Json{{"multiplier", sampler.dry_multiplier},
                          {"base", sampler.dry_base},
                          {"allowed_length", sampler.dry_allowed_length},
                          {"last_n", sampler.dry_window}};
    }
    if (sampler.xtc_probability != 0) {
        values.xtc =
            Json{{"probability", sampler.xtc_probability}, {"threshold", sampler.xtc_threshold}};
    }
    values.order = std::vector<std::string>{engine::sampler_order_name(sampler.order)};
    return values;
}

ThinkingValues thinking_values(const Thinking& thinking) {
    ThinkingValues values;
    values.effort = thinking.effort;
    if (thinking.budget) values.budget_tokens = *thinking.budget;
    if (thinking.reserve) values.reserve_tokens = *thinking.reserve;
    return values;
}

ReplySettings resolve_settings(const ConversationSettings& conversation,
                               const std::optional<std::string>& system_prompt,
                               const Settings& settings, const ModelFile& model) {
    Layer all;
    all.sampler = settings.generation.sampler.empty()
                      ? std::optional<SamplerValues>()
                      : sampler_from_json(settings.generation.sampler);
    all.thinking = thinking_from_json(settings.generation.thinking);
    all.system_prompt = settings.generation.system_prompt;
    Layer of_model;
    const auto named = settings.generation.per_model.find(model.path.filename().string());
    if (named != settings.generation.per_model.end()) of_model = layer_of(named->second);
    Layer own;
    own.sampler = conversation.sampler;
    own.thinking = conversation.thinking;
    own.system_prompt = system_prompt;
    if (conversation.context) own.context = whole(*conversation.context);

    ReplySettings result;
    result.thinking.effort = Effort::Unlimited;
    // From the weakest layer up, each writes over what stands there.
    for (const Layer* layer : {&all, &of_model, &own}) {
        if (layer->thinking) apply_thinking(*layer->thinking, result.thinking);
        if (layer->system_prompt) result.system_prompt = *layer->system_prompt;
        if (layer->context) result.variant.context = *layer->context;
    }
    result.sampler = recommended_sampler(model, result.thinking.effort != Effort::Off);
    for (const Layer* layer : {&all, &of_model, &own}) {
        if (!layer->sampler) continue;
        apply_sampler(*layer->sampler, result.sampler);
        if (layer->sampler->max_tokens) result.max_tokens = whole(*layer->sampler->max_tokens);
        if (layer->sampler->stop) result.stop = *layer->sampler->stop;
        if (const auto seed = seed_of(*layer->sampler)) result.seed = seed;
    }
    engine::clamp_settings(result.sampler);
    result.guard = settings.generation.loop_guard;
    result.variant.id = model.variant_id;
    result.variant.file = model.path;
    result.variant.device = settings.hardware.device;
    result.variant.threads = settings.hardware.threads;
    if (of_model.device) result.variant.device = *of_model.device;
    if (of_model.cache) result.variant.cache = *of_model.cache;
    if (of_model.card_layers) result.variant.card_layers = *of_model.card_layers;
    if (of_model.batch) result.variant.batch = std::max(1, *of_model.batch);
    if (!model.variant_id.empty()) result.variant_id = model.variant_id;
    result.model_name = model.name;
    return result;
}

}  // namespace deepwell::app
