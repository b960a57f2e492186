// The sampler's settings: plain values, as stored with each reply.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "engine/base/token_id.h"

namespace deepwell::engine {

// Where the temperature stands among the samplers; it changes the result.
//   TemperatureFirst: logit bias, penalties, DRY, temperature, top-k, top-n-sigma, typical, top-p,
//                     min-p, XTC, draw. The order in which the models' makers measured: default.
//   TemperatureLast:  logit bias, penalties, DRY, top-k, top-n-sigma, typical, top-p, min-p, XTC,
//                     temperature, draw. llama.cpp's.
enum class SamplerOrder { TemperatureFirst, TemperatureLast };

// "temperature-first", "temperature-last".
std::string sampler_order_name(SamplerOrder order);
bool parse_sampler_order(const std::string& name, SamplerOrder& order);

struct SamplerSettings {
    SamplerOrder order = SamplerOrder::TemperatureFirst;
    double temperature = 0.6;   // 0 = greedy
    double dynatemp_range = 0;  // 0 = off
    double dynatemp_exponent = 1;
    int top_k = 0;                 // 0 = off
    double top_p = 0.95;           // 1 = off
    double min_p = 0;              // 0 = off
    double typical_p = 1;          // 1 = off
    double top_n_sigma = -1;       // below 0 = off
    double xtc_probability = 0;    // 0 = off
    double xtc_threshold = 0.1;    // over 0.5 = off
    double repeat_penalty = 1;     // 1 = off
    double frequency_penalty = 0;  // 0 = off
    double presence_penalty = 0;   // 0 = off
    int penalty_window = 64;       // tokens; 0 = off, -1 = the whole history
    double dry_multiplier = 0;     // 0 = off
    double dry_base = 1.75;        // below 1 = off
    int dry_allowed_length = 2;    // repeats up to this long are free
    int dry_window = -1;           // -1 = the whole history
    std::vector<std::vector<TokenId>> dry_breakers;
    bool mirostat = false;  // version 2; replaces top-k … XTC
    double mirostat_tau = 5;
    double mirostat_eta = 0.1;
    int min_keep = 1;  // candidates that removing samplers leave at least
    std::vector<std::pair<TokenId, double>> logit_bias;  // -inf bans
    std::uint64_t seed = 0;  // the same seed, logits and settings give the same reply
};

// Brings values out of range back (temperature 0–5, top-p, min-p, typical 0–1, top-k 0 up, repeat
// 0.1–5, frequency and presence -2–2, not-a-number to the default) and says what it changed, one
// sentence each.
std::vector<std::string> clamp_settings(SamplerSettings& settings);

}  // namespace deepwell::engine
