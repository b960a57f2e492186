// The makers' advice on sampling, per model: what a reply uses unless a person chose otherwise.
// Sources: model cards and generation_config.json of the R1 family, Qwen3, QwQ, Kimi-K2.
#pragma once

#include <optional>
#include <string>

namespace deepwell::engine {

// Empty = no advice; the sampler's own default holds.
struct RecommendedSampling {
    std::string model;  // for people: "DeepSeek R1 distill", "Qwen3, thinking"; empty = unknown
    std::optional<double> temperature;
    std::optional<double> top_p;
    std::optional<int> top_k;
    std::optional<double> min_p;
    std::optional<double> presence_penalty;
    bool never_greedy = false;  // the makers warn of endless repetition at temperature 0
    bool from_file = false;     // a value of general.sampling.* in the file has won over the table
};

// general.sampling.* of the file (temp, top_p, top_k, min_p); empty where a key is absent.
struct FileSampling {
    std::optional<double> temperature, top_p, min_p;
    std::optional<int> top_k;
};

// architecture, name: of the file (general.architecture, general.name or its file name).
// thinking: Qwen3 has other advice for plain replies.
RecommendedSampling recommended_sampling(const std::string& architecture, const std::string& name,
                                         bool thinking, const FileSampling& file);

}  // namespace deepwell::engine
