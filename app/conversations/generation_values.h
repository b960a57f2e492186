// How a reply was made, or is to be made: the values of the exchange file's `settings`,
// `generation` and `statistics` (deepwell-conversations.schema.json). Plain values; unknown keys
// stay in `extra` and are written again.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/base/json.h"

namespace deepwell::app {

// Only what was set or in force. Further samplers are further keys of `extra`.
struct SamplerValues {
    std::optional<double> temperature;
    std::optional<std::int64_t> top_k;
    std::optional<double> top_p;
    std::optional<double> min_p;
    std::optional<double> typical_p;
    std::optional<double> repeat_penalty;
    std::optional<std::int64_t> repeat_last_n;
    std::optional<double> frequency_penalty;
    std::optional<double> presence_penalty;
    std::optional<Json> dry;  // objects
    std::optional<Json> xtc;
    std::optional<std::vector<std::string>> order;
    std::optional<std::int64_t> max_tokens;
    std::optional<std::vector<std::string>> stop;
    Json extra = Json::object();

    bool operator==(const SamplerValues&) const = default;
};

enum class Effort { Off, Short, Medium, Long, Unlimited };

struct ThinkingValues {
    Effort effort = Effort::Medium;
    std::optional<std::int64_t> budget_tokens;
    std::optional<std::int64_t> reserve_tokens;
    Json extra = Json::object();

    bool operator==(const ThinkingValues&) const = default;
};

// What the next reply of a conversation would use: its own layer of settings; what is absent comes
// from the layers below (app.md 4).
struct ConversationSettings {
    std::optional<std::string> variant;  // id
    std::optional<SamplerValues> sampler;
    std::optional<ThinkingValues> thinking;
    std::optional<std::int64_t> context;
    Json extra = Json::object();

    bool operator==(const ConversationSettings&) const = default;
};

struct PromptRecord {
    std::int64_t tokens = 0;
    std::string sha256;
    std::optional<std::string> text;
    std::vector<std::string> dropped_messages;  // ids
    Json extra = Json::object();

    bool operator==(const PromptRecord&) const = default;
};

// What is needed to get the same reply again.
struct Generation {
    std::uint64_t seed = 0;
    SamplerValues sampler;
    std::optional<ThinkingValues> thinking;
    std::optional<std::int64_t> context;
    std::optional<PromptRecord> prompt;
    std::optional<std::string> template_sha256;
    std::optional<std::string> engine_version;
    std::optional<std::string> backend;  // cpu, cuda, mixed, emulated
    std::optional<std::string> device;
    std::optional<std::int64_t> gpu_layers;
    Json extra = Json::object();

    bool operator==(const Generation&) const = default;
};

enum class StopReason { End, StopString, MaxTokens, ContextFull, Stopped, Failed, LoopGuard };

struct Statistics {
    std::optional<double> first_token_ms;
    std::optional<double> total_ms;
    std::optional<std::int64_t> prompt_tokens_new;
    std::optional<std::int64_t> prompt_tokens_reused;
    std::optional<std::int64_t> thought_tokens;
    std::optional<std::int64_t> answer_tokens;
    std::optional<double> thought_tokens_per_s;
    std::optional<double> answer_tokens_per_s;
    std::optional<StopReason> stop_reason;
    Json extra = Json::object();

    bool operator==(const Statistics&) const = default;
};

std::string_view name_of(Effort effort);
std::string_view name_of(StopReason reason);

// In the schema's key order; absent values are not written.
Json to_json(const SamplerValues& sampler);
Json to_json(const ThinkingValues& thinking);
Json to_json(const ConversationSettings& settings);
Json to_json(const Generation& generation);
Json to_json(const Statistics& statistics);

// Tolerant: a value of the wrong type counts as missing and its key is added to `wrong` (may be
// null). Objects without what makes them useful (a generation without a readable seed) are none.
using WrongKeys = std::vector<std::string>;
SamplerValues sampler_from_json(const Json& json, WrongKeys* wrong = nullptr);
std::optional<ThinkingValues> thinking_from_json(const Json& json, WrongKeys* wrong = nullptr);
ConversationSettings settings_from_json_object(const Json& json, WrongKeys* wrong = nullptr);
std::optional<Generation> generation_from_json(const Json& json, WrongKeys* wrong = nullptr);
Statistics statistics_from_json(const Json& json, WrongKeys* wrong = nullptr);

}  // namespace deepwell::app
