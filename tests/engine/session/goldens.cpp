#include "tests/engine/session/goldens.h"

#include <algorithm>
#include <fstream>

namespace deepwell::tests {
namespace {

std::vector<float> read_floats(const std::filesystem::path& path) {
    std::vector<float> values(std::filesystem::file_size(path) / sizeof(float));
    std::ifstream file(path, std::ios::binary);
    file.read(reinterpret_cast<char*>(values.data()),
              static_cast<std::streamsize>(values.size() * sizeof(float)));
    return values;
}

}  // namespace

std::vector<Golden> load_goldens(const std::filesystem::path& folder) {
    std::ifstream file(folder / "manifest.json");
    const auto manifest = nlohmann::json::parse(file);
    std::vector<Golden> goldens;
    for (const auto& entry : manifest.at("files")) {
        Golden golden;
        golden.name = entry.at("name");
        golden.path = folder / golden.name;
        golden.architecture = entry.at("architecture");
        golden.quantization = entry.at("quantization");
        golden.tokens = entry.at("tokens").get<std::vector<engine::TokenId>>();
        golden.vocabulary = entry.at("vocab");
        golden.logits = read_floats(folder / entry.at("logits").get<std::string>());
        golden.peer_nmse = entry.at("peer_nmse");
        golden.peer_top1 = entry.at("peer_top1");
        golden.logits_std = entry.at("logits_std");
        golden.greedy = entry.at("greedy").get<std::vector<engine::TokenId>>();
        golden.greedy_margins = entry.at("greedy_margins").get<std::vector<double>>();
        if (entry.contains("greedy_router_margins")) {
            golden.greedy_router_margins =
                entry.at("greedy_router_margins").get<std::vector<double>>();
        }
        goldens.push_back(std::move(golden));
    }
    return goldens;
}

double nmse(std::span<const float> actual, std::span<const float> expected) {
    double mean = 0;
    for (float b : expected) mean += b;
    mean /= static_cast<double>(expected.size());
    double error = 0, spread = 0;
    for (std::size_t i = 0; i < expected.size(); ++i) {
        const double difference = static_cast<double>(actual[i]) - expected[i];
        error += difference * difference;
        spread += (expected[i] - mean) * (expected[i] - mean);
    }
    return error / spread;
}

engine::TokenId largest(std::span<const float> logits) {
    return static_cast<engine::TokenId>(std::max_element(logits.begin(), logits.end()) -
                                        logits.begin());
}

double top1_agreement(std::span<const float> actual, std::span<const float> expected,
                      int vocabulary) {
    const auto width = static_cast<std::size_t>(vocabulary);
    const std::size_t positions = expected.size() / width;
    std::size_t equal = 0;
    for (std::size_t p = 0; p < positions; ++p) {
        equal += largest(actual.subspan(p * width, width)) ==
                 largest(expected.subspan(p * width, width));
    }
    return static_cast<double>(equal) / static_cast<double>(positions);
}

engine::Result<std::vector<float>> run_all(engine::Session& session,
                                           std::span<const engine::TokenId> tokens,
                                           std::span<const int> batches) {
    session.truncate(0);
    std::vector<float> all;
    const engine::StopFlag stop;
    std::size_t done = 0;
    for (std::size_t i = 0; done < tokens.size(); ++i) {
        const auto count =
            std::min(static_cast<std::size_t>(batches[i % batches.size()]), tokens.size() - done);
        auto fed = session.logits_of_all(
            tokens.subspan(done, count), static_cast<int>(count),
            [&](int, std::span<const float> logits) -> engine::Result<void> {
                all.insert(all.end(), logits.begin(), logits.end());
                return {};
            },
            stop);
        if (!fed) return engine::fail(fed.error());
        done += count;
    }
    return all;
}

engine::Result<std::shared_ptr<engine::LoadedModel>> load_golden(const Golden& golden,
                                                                 engine::LoadOptions options) {
    options.context = 256;
    options.batch = 256;
    options.max_logits = 256;
    return engine::LoadedModel::load(golden.path, options, {}, engine::StopFlag());
}

}  // namespace deepwell::tests
