#include "engine/bench/bench.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <fstream>
#include <map>
#include <random>

#include "engine/bench/bandwidth.h"
#include "engine/bench/random_weights.h"
#include "engine/bench/shapes.h"
#include "engine/session/session.h"
#include "kernels/cpu/processors.h"
#include "kernels/formats/table.h"

namespace deepwell::engine::bench {
namespace {

constexpr std::size_t kProbeBytes = 512ull << 20;
constexpr int kDecodePiece = 8;  // tokens between two measurements of the bandwidth

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point begin) {
    return std::chrono::duration<double>(Clock::now() - begin).count();
}

double median(std::vector<double> values) {
    if (values.empty()) return 0;
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

std::uint64_t status_line(std::string_view name) {
    std::ifstream status("/proc/self/status");
    std::string line;
    while (std::getline(status, line)) {
        if (line.starts_with(name)) return std::strtoull(line.c_str() + name.size(), nullptr, 10);
    }
    return 0;
}

// The format that most of a file's bytes are in.
std::string main_format(const Plan& plan) {
    std::map<kernels::Format, std::uint64_t> bytes;
    for (const Weight& weight : plan.weights) bytes[weight.format] += weight_bytes(weight);
    const auto most =
        std::max_element(bytes.begin(), bytes.end(),
                         [](const auto& a, const auto& b) { return a.second < b.second; });
    return most == bytes.end() ? "" : kernels::format_info(most->first).name;
}

std::vector<TokenId> random_tokens(int count, int vocabulary) {
    std::mt19937 random(7);
    std::vector<TokenId> tokens(static_cast<std::size_t>(count));
    for (TokenId& token : tokens) {
        token = static_cast<TokenId>(random() % static_cast<unsigned>(vocabulary));
    }
    return tokens;
}

Result<std::shared_ptr<LoadedModel>> load(const BenchOptions& options, const LoadOptions& how,
                                          BenchResult& result, const StopFlag& stop) {
    if (options.model) {
        result.shape = options.model->filename().string();
        return LoadedModel::load(*options.model, how, {}, stop);
    }
    const Shape* shape = find_shape(options.shape);
    if (shape == nullptr) {
        std::string names;
        for (const Shape& known : shapes()) names += fmt::format("\n  {}", known.name);
        return fail(ErrorCode::InvalidArgument,
                    fmt::format("There is no shape \"{}\". Known are:{}", options.shape, names));
    }
    auto description = describe_shape(*shape, options.mix, options.layers);
    if (!description) return fail(description.error());
    result.shape = shape->name;
    result.mix = options.mix;
    result.all_layers = shape->layers;
    auto reader = std::make_shared<RandomWeights>(*description);
    return LoadedModel::make(std::move(*description), std::move(reader), how, {}, stop);
}

}  // namespace

std::uint64_t anonymous_resident_bytes() {
    return status_line("RssAnon:") * 1024;
}
std::uint64_t peak_resident_bytes() {
    return status_line("VmHWM:") * 1024;
}

Result<BenchResult> run_bench(const BenchOptions& options, const BenchProgress& progress,
                              const StopFlag& stop) {
    BenchResult result;
    const auto tell = [&](const std::string& what) {
        if (progress) progress(what);
    };
    const int prompt = std::max(0, options.prompt_tokens);
    const int decode = std::max(0, options.decode_tokens);
    const int depth = std::max(0, options.depth);
    LoadOptions how = options.load;
    how.context = std::max(how.context, depth + std::max(prompt, decode + 1) + 1);

    tell("loading");
    const std::uint64_t before = anonymous_resident_bytes();
    const auto begin = Clock::now();
    auto model = load(options, how, result, stop);
    if (!model) return fail(model.error());
    result.load_seconds = seconds_since(begin);
    const ModelDescription& description = (*model)->description();
    if (result.mix.empty()) result.mix = main_format((*model)->plan());
    result.device = std::string((*model)->device_name());
    result.layers = description.block_count;
    result.all_layers = std::max(result.all_layers, result.layers);
    result.estimated_memory = (*model)->layout().anonymous();

    const auto tokens = random_tokens(depth + std::max(prompt, 1) + decode, description.vocabulary);
    const std::span all(tokens);
    const auto at_depth = all.first(static_cast<std::size_t>(depth));
    const auto prompt_tokens = all.first(static_cast<std::size_t>(depth + std::max(prompt, 1)));
    Session session(*model);
    const auto fill = [&]() -> Result<void> {
        if (depth == 0) {
            session.truncate(0);
            return {};
        }
        auto filled = session.prefill(at_depth, {}, stop);
        if (!filled) return fail(filled.error());
        return {};
    };
    const auto run_prefill = [&]() -> Result<double> {
        if (auto done = fill(); !done) return fail(done.error());
        const auto start = Clock::now();
        if (auto done = session.prefill(prompt_tokens, {}, stop); !done) return fail(done.error());
        return prompt / seconds_since(start);
    };

    tell("warming up");
    if (prompt > 0) {
        if (auto done = run_prefill(); !done) return fail(done.error());
    } else if (auto done = fill(); !done) {
        return fail(done.error());
    }
    result.anonymous_growth = anonymous_resident_bytes() - before;
    result.peak_memory = peak_resident_bytes();

    result.threads = how.cpu.threads > 0
                         ? std::min(how.cpu.threads, kernels::cpu::usable_processors())
                         : kernels::cpu::usable_threads();
    BandwidthProbe probe(kProbeBytes, result.threads);
    const auto measure_bandwidth = [&] {
        const double of_card = (*model)->measure_read_bandwidth();
        return of_card > 0 ? of_card : probe.measure();
    };
    std::vector<double> bandwidths, prefills, decodes, shares;
    // In pieces, each between two looks at the bandwidth: a busy machine's changes within seconds.
    const auto run_decode = [&]() -> Result<double> {
        if (auto done = fill(); !done) return fail(done.error());
        double seconds = 0;
        bandwidths.push_back(measure_bandwidth());
        for (int i = 0; i < decode;) {
            const int piece = std::min(kDecodePiece, decode - i);
            const auto start = Clock::now();
            for (int k = 0; k < piece; ++k, ++i) {
                auto done = session.decode(all[static_cast<std::size_t>(depth + i)], stop);
                if (!done) return fail(done.error());
            }
            const double took = seconds_since(start);
            seconds += took;
            const double last = bandwidths.back();
            bandwidths.push_back(measure_bandwidth());
            const double bandwidth = (last + bandwidths.back()) / 2;
            if (bandwidth > 0) shares.push_back(piece / (took * bandwidth));
        }
        return decode / seconds;
    };
    for (int i = 0; i < std::max(1, options.repetitions); ++i) {
        bandwidths.push_back(measure_bandwidth());
        if (prompt > 0) {
            tell(fmt::format("prefill {} of {}", i + 1, options.repetitions));
            auto rate = run_prefill();
            if (!rate) return fail(rate.error());
            prefills.push_back(*rate);
        }
        if (decode > 0) {
            tell(fmt::format("decode {} of {}", i + 1, options.repetitions));
            auto rate = run_decode();
            if (!rate) return fail(rate.error());
            decodes.push_back(*rate);
        }
    }
    result.bandwidth = median(bandwidths);
    result.prefill_rate = median(prefills);
    result.decode_rate = median(decodes);
    result.decode_bytes = bytes_per_token((*model)->plan(), how.cache, depth + decode / 2);
    result.decode_percent = 100 * median(shares) * static_cast<double>(result.decode_bytes);
    return result;
}

}  // namespace deepwell::engine::bench
