#include "engine/prompt/recommended.h"

#include <algorithm>
#include <cctype>

namespace deepwell::engine {
namespace {

std::string lower(const std::string& text) {
    std::string made = text;
    std::ranges::transform(made, made.begin(),
                           [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return made;
}

RecommendedSampling advice(std::string model, double temperature, std::optional<double> top_p = {},
                           std::optional<int> top_k = {}, std::optional<double> min_p = {}) {
    RecommendedSampling made;
    made.model = std::move(model);
    made.temperature = temperature;
    made.top_p = top_p;
    made.top_k = top_k;
    made.min_p = min_p;
    return made;
}

RecommendedSampling from_table(const std::string& architecture, const std::string& name,
                               bool thinking) {
    const auto has = [&name](const char* part) { return name.find(part) != std::string::npos; };
    if (has("r1")) {
        const bool distill = has("distill");
        return advice(distill       ? "DeepSeek R1 distill"
                      : has("0528") ? "DeepSeek R1-0528"
                                    : "DeepSeek R1",
                      0.6, 0.95, 0, 0.0);
    }
    if (has("qwq")) {
        auto made = advice("QwQ", 0.6, 0.95, 40, 0.0);
        made.never_greedy = true;
        return made;
    }
    if (has("kimi")) return advice("Kimi", 0.6);
    if (has("qwen3") || has("qwen 3") || architecture == "qwen3" || architecture == "qwen3moe") {
        auto made = thinking ? advice("Qwen3, thinking", 0.6, 0.95, 20, 0.0)
                             : advice("Qwen3, without thinking", 0.7, 0.8, 20, 0.0);
        made.never_greedy = thinking;
        if (!thinking) made.presence_penalty = 1.5;
        return made;
    }
    return {};
}

}  // namespace

RecommendedSampling recommended_sampling(const std::string& architecture, const std::string& name,
                                         bool thinking, const FileSampling& file) {
    RecommendedSampling made = from_table(architecture, lower(name), thinking);
    const auto take = [&made](auto& to, const auto& from) {
        if (!from) return;
        to = from;
        made.from_file = true;
    };
    take(made.temperature, file.temperature);
    take(made.top_p, file.top_p);
    take(made.top_k, file.top_k);
    take(made.min_p, file.min_p);
    return made;
}

}  // namespace deepwell::engine
