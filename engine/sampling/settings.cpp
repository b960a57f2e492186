#include "engine/sampling/settings.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace deepwell::engine {

namespace {

void clamp_one(double& value, double low, double high, double fallback, const char* name,
               std::vector<std::string>& notes) {
    const double before = value;
    value = std::isnan(value) ? fallback : std::clamp(value, low, high);
    if (value == before) return;
    notes.push_back(fmt::format("{} {:g} is outside {:g} to {:g}; {:g} is used.", name, before, low,
                                high, value));
}

void clamp_one(int& value, int low, const char* name, std::vector<std::string>& notes) {
    if (value >= low) return;
    notes.push_back(fmt::format("{} {} is below {}; {} is used.", name, value, low, low));
    value = low;
}

}  // namespace

std::string sampler_order_name(SamplerOrder order) {
    return order == SamplerOrder::TemperatureFirst ? "temperature-first" : "temperature-last";
}

bool parse_sampler_order(const std::string& name, SamplerOrder& order) {
    for (const auto known : {SamplerOrder::TemperatureFirst, SamplerOrder::TemperatureLast}) {
        if (name != sampler_order_name(known)) continue;
        order = known;
        return true;
    }
    return false;
}

std::vector<std::string> clamp_settings(SamplerSettings& settings) {
    const SamplerSettings standard;
    std::vector<std::string> notes;
    clamp_one(settings.temperature, 0, 5, standard.temperature, "Temperature", notes);
    clamp_one(settings.dynatemp_range, 0, 5, 0, "The dynamic temperature's range", notes);
    clamp_one(settings.dynatemp_exponent, 0, 10, 1, "The dynamic temperature's exponent", notes);
    clamp_one(settings.top_k, 0, "Top-k", notes);
    clamp_one(settings.top_p, 0, 1, standard.top_p, "Top-p", notes);
    clamp_one(settings.min_p, 0, 1, 0, "Min-p", notes);
    clamp_one(settings.typical_p, 0, 1, 1, "Typical", notes);
    clamp_one(settings.top_n_sigma, -1, 100, -1, "Top-n-sigma", notes);
    clamp_one(settings.xtc_probability, 0, 1, 0, "XTC probability", notes);
    clamp_one(settings.xtc_threshold, 0, 1, standard.xtc_threshold, "XTC threshold", notes);
    clamp_one(settings.repeat_penalty, 0.1, 5, 1, "Repeat penalty", notes);
    clamp_one(settings.frequency_penalty, -2, 2, 0, "Frequency penalty", notes);
    clamp_one(settings.presence_penalty, -2, 2, 0, "Presence penalty", notes);
    clamp_one(settings.penalty_window, -1, "The penalties' window", notes);
    clamp_one(settings.dry_multiplier, 0, 100, 0, "DRY multiplier", notes);
    clamp_one(settings.dry_base, 0, 100, standard.dry_base, "DRY base", notes);
    clamp_one(settings.dry_allowed_length, 0, "DRY's allowed length", notes);
    clamp_one(settings.dry_window, -1, "DRY's window", notes);
    clamp_one(settings.mirostat_tau, 0, 20, standard.mirostat_tau, "Mirostat's tau", notes);
    clamp_one(settings.mirostat_eta, 0, 1, standard.mirostat_eta, "Mirostat's eta", notes);
    clamp_one(settings.min_keep, 1, "The least number of candidates", notes);
    const auto no_number = [](const auto& entry) { return std::isnan(entry.second); };
    if (std::erase_if(settings.logit_bias, no_number) > 0) {
        notes.push_back("A logit bias that is not a number is left out.");
    }
    return notes;
}

}  // namespace deepwell::engine
