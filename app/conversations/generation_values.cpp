#include "app/conversations/generation_values.h"

#include <charconv>

#include "app/conversations/json_reader.h"

namespace deepwell::app {
namespace {

constexpr std::pair<Effort, std::string_view> kEfforts[] = {{Effort::Off, "off"},
                                                            {Effort::Short, "short"},
                                                            {Effort::Medium, "medium"},
                                                            {Effort::Long, "long"},
                                                            {Effort::Unlimited, "unlimited"}};
constexpr std::pair<StopReason, std::string_view> kStopReasons[] = {
    {StopReason::End, "end"},
    {StopReason::StopString, "stop-string"},
    {StopReason::MaxTokens, "max-tokens"},
    {StopReason::ContextFull, "context-full"},
    {StopReason::Stopped, "stopped"},
    {StopReason::Failed, "failed"},
    {StopReason::LoopGuard, "loop-guard"}};

std::optional<Effort> effort_of(std::string_view name) {
    for (const auto& [value, word] : kEfforts) {
        if (word == name) return value;
    }
    return std::nullopt;
}

std::optional<StopReason> stop_reason_of(std::string_view name) {
    for (const auto& [value, word] : kStopReasons) {
        if (word == name) return value;
    }
    return std::nullopt;
}

std::optional<std::string> backend_of(std::string_view name) {
    for (const auto* word : {"cpu", "cuda", "mixed", "emulated"}) {
        if (name == word) return std::string(name);
    }
    return std::nullopt;
}

// Decimal text, since JSON numbers lose digits over 2^53; a plain number is understood too.
std::optional<std::uint64_t> seed_of(const Json& json) {
    if (json.is_number_unsigned()) return json.get<std::uint64_t>();
    if (!json.is_string()) return std::nullopt;
    const auto& text = json.get_ref<const std::string&>();
    std::uint64_t seed = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seed);
    if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return seed;
}

std::optional<PromptRecord> prompt_from_json(const Json& json, WrongKeys* wrong) {
    JsonReader reader(json, wrong);
    PromptRecord prompt;
    const auto tokens = reader.count("tokens");
    const auto sha256 = reader.sha256("sha256");
    if (!tokens || !sha256) {
        reader.complain("prompt");
        return std::nullopt;
    }
    prompt.tokens = *tokens;
    prompt.sha256 = *sha256;
    prompt.text = reader.text("text");
    prompt.dropped_messages = reader.texts("dropped_messages").value_or(std::vector<std::string>());
    prompt.extra = reader.take_rest();
    return prompt;
}

Json to_json(const PromptRecord& prompt) {
    JsonWriter writer;
    writer.put("tokens", Json(prompt.tokens));
    writer.put("sha256", Json(prompt.sha256));
    writer.put("text", prompt.text);
    if (!prompt.dropped_messages.empty()) {
        writer.put("dropped_messages", Json(prompt.dropped_messages));
    }
    return writer.finish(prompt.extra);
}

}  // namespace

std::string_view name_of(Effort effort) {
    for (const auto& [value, word] : kEfforts) {
        if (value == effort) return word;
    }
    return "medium";
}

std::string_view name_of(StopReason reason) {
    for (const auto& [value, word] : kStopReasons) {
        if (value == reason) return word;
    }
    return "end";
}

Json to_json(const SamplerValues& sampler) {
    JsonWriter writer;
    writer.put("temperature", sampler.temperature);
    writer.put("top_k", sampler.top_k);
    writer.put("top_p", sampler.top_p);
    writer.put("min_p", sampler.min_p);
    writer.put("typical_p", sampler.typical_p);
    writer.put("repeat_penalty", sampler.repeat_penalty);
    writer.put("repeat_last_n", sampler.repeat_last_n);
    writer.put("frequency_penalty", sampler.frequency_penalty);
    writer.put("presence_penalty", sampler.presence_penalty);
    if (sampler.dry) writer.put("dry", *sampler.dry);
    if (sampler.xtc) writer.put("xtc", *sampler.xtc);
    writer.put("order", sampler.order);
    writer.put("max_tokens", sampler.max_tokens);
    writer.put("stop", sampler.stop);
    return writer.finish(sampler.extra);
}

SamplerValues sampler_from_json(const Json& json, WrongKeys* wrong) {
    JsonReader reader(json, wrong);
    SamplerValues sampler;
    sampler.temperature = reader.number("temperature");
    sampler.top_k = reader.whole("top_k");
    sampler.top_p = reader.number("top_p");
    sampler.min_p = reader.number("min_p");
    sampler.typical_p = reader.number("typical_p");
    sampler.repeat_penalty = reader.number("repeat_penalty");
    sampler.repeat_last_n = reader.whole("repeat_last_n");
    sampler.frequency_penalty = reader.number("frequency_penalty");
    sampler.presence_penalty = reader.number("presence_penalty");
    sampler.dry = reader.object("dry");
    sampler.xtc = reader.object("xtc");
    sampler.order = reader.texts("order");
    sampler.max_tokens = reader.count("max_tokens");
    sampler.stop = reader.texts("stop");
    sampler.extra = reader.take_rest();
    return sampler;
}

Json to_json(const ThinkingValues& thinking) {
    JsonWriter writer;
    writer.put("effort", Json(std::string(name_of(thinking.effort))));
    writer.put("budget_tokens", thinking.budget_tokens);
    writer.put("reserve_tokens", thinking.reserve_tokens);
    return writer.finish(thinking.extra);
}

std::optional<ThinkingValues> thinking_from_json(const Json& json, WrongKeys* wrong) {
    JsonReader reader(json, wrong);
    const auto effort = reader.word("effort", effort_of);
    if (!effort) return std::nullopt;
    ThinkingValues thinking;
    thinking.effort = *effort;
    thinking.budget_tokens = reader.count("budget_tokens");
    thinking.reserve_tokens = reader.count("reserve_tokens");
    thinking.extra = reader.take_rest();
    return thinking;
}

Json to_json(const ConversationSettings& settings) {
    JsonWriter writer;
    writer.put("variant", settings.variant);
    if (settings.sampler) writer.put("sampler", to_json(*settings.sampler));
    if (settings.thinking) writer.put("thinking", to_json(*settings.thinking));
    writer.put("context", settings.context);
    return writer.finish(settings.extra);
}

ConversationSettings settings_from_json_object(const Json& json, WrongKeys* wrong) {
    JsonReader reader(json, wrong);
    ConversationSettings settings;
    settings.variant = reader.text("variant");
    if (const auto sampler = reader.object("sampler")) {
        settings.sampler = sampler_from_json(*sampler, wrong);
    }
    if (const auto thinking = reader.object("thinking")) {
        settings.thinking = thinking_from_json(*thinking, wrong);
    }
    settings.context = reader.count("context");
    settings.extra = reader.take_rest();
    return settings;
}

Json to_json(const Generation& generation) {
    JsonWriter writer;
    writer.put("seed", Json(std::to_string(generation.seed)));
    writer.put("sampler", to_json(generation.sampler));
    if (generation.thinking) writer.put("thinking", to_json(*generation.thinking));
    writer.put("context", generation.context);
    if (generation.prompt) writer.put("prompt", to_json(*generation.prompt));
    writer.put("template_sha256", generation.template_sha256);
    writer.put("engine_version", generation.engine_version);
    writer.put("backend", generation.backend);
    writer.put("device", generation.device);
    writer.put("gpu_layers", generation.gpu_layers);
    return writer.finish(generation.extra);
}

std::optional<Generation> generation_from_json(const Json& json, WrongKeys* wrong) {
    JsonReader reader(json, wrong);
    const auto seed_json = reader.any("seed");
    const auto seed = seed_json ? seed_of(*seed_json) : std::nullopt;
    if (!seed) {
        reader.complain("seed");
        return std::nullopt;
    }
    Generation generation;
    generation.seed = *seed;
    if (const auto sampler = reader.object("sampler")) {
        generation.sampler = sampler_from_json(*sampler, wrong);
    }
    if (const auto thinking = reader.object("thinking")) {
        generation.thinking = thinking_from_json(*thinking, wrong);
    }
    generation.context = reader.count("context");
    if (const auto prompt = reader.object("prompt")) {
        generation.prompt = prompt_from_json(*prompt, wrong);
    }
    generation.template_sha256 = reader.sha256("template_sha256");
    generation.engine_version = reader.text("engine_version");
    generation.backend = reader.word("backend", backend_of);
    generation.device = reader.text("device");
    generation.gpu_layers = reader.count("gpu_layers");
    generation.extra = reader.take_rest();
    return generation;
}

Json to_json(const Statistics& statistics) {
    JsonWriter writer;
    writer.put("first_token_ms", statistics.first_token_ms);
    writer.put("total_ms", statistics.total_ms);
    writer.put("prompt_tokens_new", statistics.prompt_tokens_new);
    writer.put("prompt_tokens_reused", statistics.prompt_tokens_reused);
    writer.put("thought_tokens", statistics.thought_tokens);
    writer.put("answer_tokens", statistics.answer_tokens);
    writer.put("thought_tokens_per_s", statistics.thought_tokens_per_s);
    writer.put("answer_tokens_per_s", statistics.answer_tokens_per_s);
    if (statistics.stop_reason) {
        writer.put("stop_reason", Json(std::string(name_of(*statistics.stop_reason))));
    }
    return writer.finish(statistics.extra);
}

Statistics statistics_from_json(const Json& json, WrongKeys* wrong) {
    JsonReader reader(json, wrong);
    Statistics statistics;
    statistics.first_token_ms = reader.number("first_token_ms");
    statistics.total_ms = reader.number("total_ms");
    statistics.prompt_tokens_new = reader.count("prompt_tokens_new");
    statistics.prompt_tokens_reused = reader.count("prompt_tokens_reused");
    statistics.thought_tokens = reader.count("thought_tokens");
    statistics.answer_tokens = reader.count("answer_tokens");
    statistics.thought_tokens_per_s = reader.number("thought_tokens_per_s");
    statistics.answer_tokens_per_s = reader.number("answer_tokens_per_s");
    statistics.stop_reason = reader.word("stop_reason", stop_reason_of);
    statistics.extra = reader.take_rest();
    return statistics;
}

}  // namespace deepwell::app
