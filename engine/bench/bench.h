// The benchmark: prefill and decode rates of a model, beside the read bandwidth measured in the
// same run, turn by turn. `deepwell-cli bench` is a thin shell around it.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>

#include "engine/session/loaded_model.h"

namespace deepwell::engine::bench {

struct BenchOptions {
    // A file, or a shape on made-up weights.
    std::optional<std::filesystem::path> model;
    std::string shape = "R1-Distill-Qwen-1.5B";
    std::string mix = "Q4_K_M";
    int layers = 0;  // of the shape; 0: all
    int prompt_tokens = 512;
    int decode_tokens = 128;
    int depth = 0;  // tokens in the cache before anything is measured
    int repetitions = 5;
    LoadOptions load;
};

struct BenchResult {
    std::string shape;
    std::string mix;
    std::string device;
    int threads = 0;
    int layers = 0;
    int all_layers = 0;  // of the shape: more than `layers` when it runs with a part of them
    // Medians over the repetitions.
    double bandwidth = 0;  // bytes a second
    double prefill_rate = 0;
    double decode_rate = 0;
    std::uint64_t decode_bytes = 0;  // a token reads: weights and the cache at half of the decode
    double decode_percent = 0;       // of the bandwidth, median over pieces of a few tokens
    double load_seconds = 0;
    std::uint64_t peak_memory = 0;       // of the process, the probe's memory not counted
    std::uint64_t estimated_memory = 0;  // anonymous, as laid out
    std::uint64_t anonymous_growth = 0;  // measured while loading and running
};

// Called with a word about what is going on ("loading", "prefill 2 of 5").
using BenchProgress = std::function<void(const std::string&)>;

// Errors: InvalidArgument (shape, mix), those of loading and running, Cancelled.
Result<BenchResult> run_bench(const BenchOptions& options, const BenchProgress& progress,
                              const StopFlag& stop);

// Anonymous memory of this process that is resident now, and its largest resident set ever.
std::uint64_t anonymous_resident_bytes();
std::uint64_t peak_resident_bytes();

}  // namespace deepwell::engine::bench
