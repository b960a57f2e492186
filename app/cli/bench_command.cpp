// deepwell-cli bench: rates of reading and writing, beside the memory bandwidth of the same run.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <iostream>
#include <nlohmann/json.hpp>

#include "app/cli/commands.h"
#include "app/cli/engine_options.h"
#include "engine/bench/bench.h"
#include "engine/bench/random_weights.h"
#include "engine/bench/shapes.h"
#include "engine/bench/write_model.h"

namespace deepwell::app::cli {
namespace {

namespace bench = engine::bench;

struct Options {
    std::string model;
    std::string write;
    std::string compare;
    bool json = false;
    bench::BenchOptions bench;
    std::string device = "auto";
    std::string cache = "f16";
    std::string isa;
    int threads = 0;
};

nlohmann::ordered_json to_json(const bench::BenchResult& result) {
    nlohmann::ordered_json json;
    json["shape"] = result.shape;
    json["mix"] = result.mix;
    json["device"] = result.device;
    json["threads"] = result.threads;
    json["bandwidth_gbs"] = result.bandwidth / 1e9;
    json["prefill_tokens_per_second"] = result.prefill_rate;
    json["decode_tokens_per_second"] = result.decode_rate;
    json["decode_bytes_per_token"] = result.decode_bytes;
    json["decode_bandwidth_percent"] = result.decode_percent;
    json["load_seconds"] = result.load_seconds;
    json["peak_memory_bytes"] = result.peak_memory;
    return json;
}

void print(const bench::BenchResult& result, const Options& options) {
    const double gb = 1e9;
    std::cout << fmt::format("{} {}, {}, {} threads\n", result.shape, result.mix, result.device,
                             result.threads);
    if (result.layers < result.all_layers) {
        std::cout << fmt::format("  {} of {} layers: rates are not those of the whole model\n",
                                 result.layers, result.all_layers);
    }
    std::cout << fmt::format("  read bandwidth   {:8.1f} GB/s\n", result.bandwidth / gb);
    if (options.bench.prompt_tokens > 0) {
        std::cout << fmt::format("  prefill          {:8.1f} tokens/s ({} tokens at depth {})\n",
                                 result.prefill_rate, options.bench.prompt_tokens,
                                 options.bench.depth);
    }
    if (options.bench.decode_tokens > 0) {
        std::cout << fmt::format("  decode           {:8.1f} tokens/s ({} tokens at depth {})\n",
                                 result.decode_rate, options.bench.decode_tokens,
                                 options.bench.depth);
        std::cout << fmt::format("  read per token   {:8.3f} GB: {:.1f} % of the bandwidth\n",
                                 static_cast<double>(result.decode_bytes) / gb,
                                 result.decode_percent);
    }
    std::cout << fmt::format("  loading          {:8.2f} s\n", result.load_seconds);
    std::cout << fmt::format(
        "  memory           {:8.2f} GB at most; laid out {:.3f} GB, measured growth {:.3f} GB\n",
        static_cast<double>(result.peak_memory) / gb,
        static_cast<double>(result.estimated_memory) / gb,
        static_cast<double>(result.anonymous_growth) / gb);
}

// A stored run beside this one, with the ratio.
engine::Result<void> print_comparison(const std::string& path, const nlohmann::ordered_json& now) {
    auto text = read_input(path);
    if (!text) return engine::fail(text.error());
    // The last line of a stored run is its JSON.
    const auto line = text->find_last_of('{');
    const auto before = nlohmann::json::parse(
        line == std::string::npos ? *text : text->substr(line), nullptr, false);
    if (!before.is_object()) {
        return engine::fail(engine::ErrorCode::InvalidArgument,
                            "The file to compare with is no result of bench --json.", path);
    }
    std::cout << fmt::format("{:28} {:>14} {:>14} {:>8}\n", "", "stored", "now", "ratio");
    for (const auto& [key, value] : now.items()) {
        if (!value.is_number() || key == "threads") continue;
        const auto stored = before.find(key);
        if (stored == before.end() || !stored->is_number()) continue;
        const double a = stored->get<double>(), b = value.get<double>();
        std::cout << fmt::format("{:28} {:14.6g} {:14.6g} {:8.3f}\n", key, a, b,
                                 a != 0 ? b / a : 0.0);
    }
    return {};
}

engine::Result<void> write(const Options& options) {
    const bench::Shape* shape = bench::find_shape(options.bench.shape);
    if (shape == nullptr) {
        return engine::fail(engine::ErrorCode::InvalidArgument,
                            "There is no shape \"" + options.bench.shape + "\".");
    }
    auto model = bench::describe_shape(*shape, options.bench.mix, options.bench.layers);
    if (!model) return engine::fail(model.error());
    const bench::RandomWeights weights(*model);
    const engine::StopFlag stop;
    auto written = bench::write_model(*model, weights, options.write, {}, stop);
    if (written) std::cerr << "written: " << options.write << '\n';
    return written;
}

engine::Result<void> run(Options options, const Shell& shell) {
    if (!options.write.empty()) return write(options);
    if (!options.model.empty()) {
        auto file = shell.find_model(options.model);
        if (!file) return engine::fail(file.error());
        options.bench.model = *file;
    }
    ModelOptions how;
    how.device = options.device;
    how.cache = options.cache;
    how.isa = options.isa;
    how.threads = options.threads;
    const int batch = options.bench.load.batch;
    options.bench.load = engine_options(how);
    options.bench.load.batch = batch;
    const engine::StopFlag stop;
    auto result = bench::run_bench(
        options.bench,
        [&](const std::string& what) {
            if (!options.json) std::cerr << what << '\n';
        },
        stop);
    if (!result) return engine::fail(result.error());
    const auto json = to_json(*result);
    if (!options.json || !options.compare.empty()) print(*result, options);
    if (!options.compare.empty()) {
        if (auto done = print_comparison(options.compare, json); !done) return done;
    }
    if (options.json) std::cout << json.dump() << '\n';
    return {};
}

}  // namespace

void add_bench(CLI::App& program, Shell& shell) {
    auto options = std::make_shared<Options>();
    CLI::App* command = program.add_subcommand(
        "bench",
        "Measure how fast a model reads and writes\n\n"
        "  deepwell-cli bench MODEL\n"
        "  deepwell-cli bench --shape R1-Distill-Qwen-7B --quant Q4_K_M -p 512 -n 128\n\n"
        "Decoding is limited by memory: its rate is given as per cent of the read bandwidth\n"
        "measured in the same run. A shape runs on made-up weights, and needs no file.");
    command->add_option("model", options->model, "Path or name of a model file");
    command->add_option("--shape", options->bench.shape, "Shape of a released model")
        ->capture_default_str();
    command->add_option("--quant", options->bench.mix, "Q4_K_M, Q5_K_M, Q8_0 or another format")
        ->capture_default_str();
    command->add_option("-p,--prompt", options->bench.prompt_tokens, "Tokens to read")
        ->check(CLI::NonNegativeNumber)
        ->capture_default_str();
    command->add_option("-n,--tokens", options->bench.decode_tokens, "Tokens to write")
        ->check(CLI::NonNegativeNumber)
        ->capture_default_str();
    command->add_option("-r,--repetitions", options->bench.repetitions, "Runs; medians are given")
        ->check(CLI::PositiveNumber)
        ->capture_default_str();
    command->add_option("-d,--depth", options->bench.depth, "Tokens before those measured")
        ->check(CLI::NonNegativeNumber)
        ->capture_default_str();
    command->add_option("-t,--threads", options->threads, "Threads (0: one a core)")
        ->check(CLI::NonNegativeNumber);
    command->add_option("--layers", options->bench.layers, "Run only N layers of the shape")
        ->check(CLI::NonNegativeNumber);
    command->add_option("--device", options->device, "auto, cpu, cuda, cuda:N or emulation")
        ->capture_default_str();
    command->add_option("--kv", options->cache, "Precision of the cache: f32, f16 or q8_0")
        ->check(CLI::IsMember({"f32", "f16", "q8_0"}))
        ->capture_default_str();
    command->add_option("--isa", options->isa, "scalar, avx2 or avx512")
        ->check(CLI::IsMember({"scalar", "avx2", "avx512"}));
    command->add_option("--batch", options->bench.load.batch, "Tokens of a prompt read at a time")
        ->check(CLI::PositiveNumber)
        ->capture_default_str();
    command->add_flag("--json", options->json, "The result as JSON on the last line");
    command->add_option("--compare", options->compare, "A stored result of --json to hold against");
    command->add_option("--write-gguf", options->write,
                        "Write the shape's model to a file instead, for other engines");
    command->callback([options, &shell] {
        auto done = run(*options, shell);
        if (!done) shell.exit_code = shell.report(done.error());
    });
}

}  // namespace deepwell::app::cli
