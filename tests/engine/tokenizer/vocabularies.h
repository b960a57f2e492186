// Vocabularies for tests: the cut-down ones of tests/data, the whole ones of ../shared, and tiny
// ones made by code.
#pragma once

#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "engine/gguf/metadata.h"
#include "engine/tokenizer/tokenizer.h"

namespace deepwell::tests {

// tests/data/tokenizer/core.json: "vocabularies" by name.
nlohmann::json core_checks();

// The metadata of one of its vocabularies.
engine::Metadata core_metadata(const nlohmann::json& vocabulary);

// The tokenizer of facts/vocab/NAME.gguf; null, with a warning, where it does not open.
std::shared_ptr<const engine::Tokenizer> shared_tokenizer(const std::string& name);

// The 256 letters as normal tokens 0 … 255 in the order of their bytes, then `tokens` (in the
// alphabet's letters; ASCII but the space stands for itself), and `merges` ("a b").
engine::Metadata byte_metadata(const std::string& pre, const std::vector<std::string>& tokens,
                               const std::vector<std::string>& merges);

// Puts a token behind the others of `metadata`, with its type.
void add_token(engine::Metadata& metadata, const std::string& text, engine::TokenType type);

}  // namespace deepwell::tests
