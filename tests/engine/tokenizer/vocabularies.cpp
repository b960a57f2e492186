#include "tests/engine/tokenizer/vocabularies.h"

#include <QtCore/QDebug>
#include <fstream>

#include "engine/base/utf8.h"
#include "engine/gguf/file.h"
#include "engine/tokenizer/byte_alphabet.h"
#include "tests/support/test_paths.h"

namespace deepwell::tests {

using engine::Metadata;
using engine::Value;

nlohmann::json core_checks() {
    std::ifstream in(data_dir() / "tokenizer/core.json");
    return nlohmann::json::parse(in)["vocabularies"];
}

Metadata core_metadata(const nlohmann::json& vocabulary) {
    Metadata metadata;
    metadata.set("tokenizer.ggml.model", Value::of_string("gpt2"));
    metadata.set("tokenizer.ggml.pre", Value::of_string(vocabulary["pre"].get<std::string>()));
    metadata.set("tokenizer.ggml.tokens",
                 Value::of_strings(vocabulary["tokens"].get<std::vector<std::string>>()));
    metadata.set("tokenizer.ggml.token_type",
                 Value::of_i32s(vocabulary["token_type"].get<std::vector<std::int32_t>>()));
    metadata.set("tokenizer.ggml.merges",
                 Value::of_strings(vocabulary["merges"].get<std::vector<std::string>>()));
    return metadata;
}

std::shared_ptr<const engine::Tokenizer> shared_tokenizer(const std::string& name) {
    const auto file = engine::GgufFile::open(shared_dir() / "facts/vocab" / (name + ".gguf"));
    if (!file) {
        qWarning("%s", engine::describe(file.error()).c_str());
        return nullptr;
    }
    auto tokenizer = engine::Tokenizer::from_metadata(file->metadata());
    if (!tokenizer) {
        qWarning("%s", engine::describe(tokenizer.error()).c_str());
        return nullptr;
    }
    return *tokenizer;
}

Metadata byte_metadata(const std::string& pre, const std::vector<std::string>& tokens,
                       const std::vector<std::string>& merges) {
    std::vector<std::string> all;
    for (int byte = 0; byte < 256; ++byte) {
        engine::append_utf8(all.emplace_back(),
                            engine::byte_letter(static_cast<std::uint8_t>(byte)));
    }
    all.insert(all.end(), tokens.begin(), tokens.end());
    Metadata metadata;
    metadata.set("general.architecture", Value::of_string("llama"));
    metadata.set("tokenizer.ggml.model", Value::of_string("gpt2"));
    metadata.set("tokenizer.ggml.pre", Value::of_string(pre));
    metadata.set("tokenizer.ggml.tokens", Value::of_strings(all));
    metadata.set("tokenizer.ggml.token_type",
                 Value::of_i32s(std::vector<std::int32_t>(all.size(), 1)));
    metadata.set("tokenizer.ggml.merges", Value::of_strings(merges));
    return metadata;
}

void add_token(Metadata& metadata, const std::string& text, engine::TokenType type) {
    std::vector<std::string> tokens;
    for (const std::string_view token : metadata.find("tokenizer.ggml.tokens")->strings()) {
        tokens.emplace_back(token);
    }
    std::vector<std::int32_t> types;
    const auto numbers = metadata.find("tokenizer.ggml.token_type")->as_signeds();
    for (const auto number : *numbers) {
        types.push_back(static_cast<std::int32_t>(number));
    }
    tokens.push_back(text);
    types.push_back(static_cast<std::int32_t>(type));
    metadata.set("tokenizer.ggml.tokens", Value::of_strings(tokens));
    metadata.set("tokenizer.ggml.token_type", Value::of_i32s(types));
}

}  // namespace deepwell::tests
