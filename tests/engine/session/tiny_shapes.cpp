#include "tests/engine/session/tiny_shapes.h"

#include <random>

namespace deepwell::tests {
namespace {

constexpr engine::bench::Shape kShapes[] = {
    {"tiny-qwen2", "qwen2", 3, 256, 512, 4, 2, 64, 300, 1e4, 1e-6, 1024},
    {"tiny-llama", "llama", 2, 256, 768, 8, 2, 32, 300, 5e5, 1e-5, 1024},
    {"tiny-qwen3", "qwen3", 2, 256, 512, 3, 3, 128, 300, 1e6, 1e-6, 1024},
    {"tiny-qwen3moe", "qwen3moe", 2, 256, 512, 4, 1, 64, 300, 1e6, 1e-6, 1024, 8, 3, 256},
    {"tiny-lite", "deepseek2", 3, 256, 512, 2, 1, 192, 300, 1e4, 1e-6, 1024, 8, 3, 256, 2, 1, 0},
    {"tiny-r1", "deepseek2", 3, 256, 512, 2, 1, 192, 300, 1e4, 1e-6, 1024, 16, 4, 256, 1, 1, 256},
};

}  // namespace

std::span<const engine::bench::Shape> tiny_shapes() {
    return kShapes;
}

engine::Result<std::shared_ptr<engine::LoadedModel>> load_tiny(const engine::bench::Shape& shape,
                                                               std::string_view mix,
                                                               engine::LoadOptions options) {
    auto description = engine::bench::describe_shape(shape, mix, 0);
    if (!description) return engine::fail(description.error());
    auto weights = std::make_shared<engine::bench::RandomWeights>(*description);
    options.device = "cpu";
    options.context = 200;
    options.batch = 48;
    options.max_logits = 48;
    return engine::LoadedModel::make(std::move(*description), std::move(weights), options, {},
                                     engine::StopFlag());
}

std::vector<engine::TokenId> some_tokens(int count, int vocabulary) {
    std::mt19937 random(11);
    std::vector<engine::TokenId> tokens(static_cast<std::size_t>(count));
    for (engine::TokenId& token : tokens) {
        token = static_cast<engine::TokenId>(random() % static_cast<unsigned>(vocabulary));
    }
    return tokens;
}

std::vector<float> all_logits(engine::Session& session, std::span<const engine::TokenId> tokens) {
    session.truncate(0);
    std::vector<float> all;
    auto done = session.logits_of_all(
        tokens, 0,
        [&](int, std::span<const float> logits) -> engine::Result<void> {
            all.insert(all.end(), logits.begin(), logits.end());
            return {};
        },
        engine::StopFlag());
    if (!done) all.clear();
    return all;
}

}  // namespace deepwell::tests
