// Tiny models on made-up weights, for what must hold whatever the numbers say.
#pragma once

#include "engine/bench/random_weights.h"
#include "engine/bench/shapes.h"
#include "engine/session/session.h"

namespace deepwell::tests {

// One of each architecture, and both kinds of deepseek2's queries: 256 wide, so that every format
// fits, a few layers.
std::span<const engine::bench::Shape> tiny_shapes();

// A loaded model of the shape. context 200, batch 48, all logits, cache as given.
engine::Result<std::shared_ptr<engine::LoadedModel>> load_tiny(const engine::bench::Shape& shape,
                                                               std::string_view mix,
                                                               engine::LoadOptions options = {});

// Ids that a vocabulary of that size has, always the same.
std::vector<engine::TokenId> some_tokens(int count, int vocabulary);

// The logits of all tokens from an empty cache in batches of 48.
std::vector<float> all_logits(engine::Session& session, std::span<const engine::TokenId> tokens);

}  // namespace deepwell::tests
