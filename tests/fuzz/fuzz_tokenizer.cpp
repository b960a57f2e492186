// Any bytes as a text, with every pre-tokenizer: what comes out stands for the repaired (and, for
// some, normalized) text, whatever is trusted.
#include <array>
#include <cstdlib>
#include <memory>

#include "engine/base/utf8.h"
#include "engine/gguf/metadata.h"
#include "engine/tokenizer/byte_alphabet.h"
#include "engine/tokenizer/normalization.h"
#include "engine/tokenizer/tokenizer.h"
#include "engine/tokenizer/utf8_stream.h"
#include "tests/fuzz/corpus.h"

using namespace deepwell::engine;

namespace {

using Tokenizers = std::vector<std::shared_ptr<const Tokenizer>>;

Metadata vocabulary(const char* pre) {
    std::vector<std::string> tokens;
    for (int byte = 0; byte < 256; ++byte) {
        append_utf8(tokens.emplace_back(), byte_letter(static_cast<std::uint8_t>(byte)));
    }
    std::vector<std::string> merges;
    for (const char* merge : {"a a", "aa aa", "Ġ Ġ", "t h", "th e", "Ġ the", "ä ¸", "Ċ Ċ"}) {
        const std::string line = merge;
        merges.push_back(line);
        const std::size_t space = line.find(' ');
        tokens.push_back(line.substr(0, space) + line.substr(space + 1));
    }
    std::vector<std::int32_t> types(tokens.size(), 1);
    for (const char* added : {"<think>", "</think>", "<|im_end|>", "<|im", "中文中"}) {
        tokens.emplace_back(added);
        types.push_back(added[1] == '|' ? 3 : 4);
    }
    Metadata metadata;
    metadata.set("tokenizer.ggml.model", Value::of_string("gpt2"));
    metadata.set("tokenizer.ggml.pre", Value::of_string(pre));
    metadata.set("tokenizer.ggml.tokens", Value::of_strings(tokens));
    metadata.set("tokenizer.ggml.token_type", Value::of_i32s(types));
    metadata.set("tokenizer.ggml.merges", Value::of_strings(merges));
    return metadata;
}

Tokenizers make_tokenizers() {
    Tokenizers all;
    for (const char* pre : {"qwen2", "llama-bpe", "gpt-2", "deepseek-v3", "deepseek-coder",
                            "deepseek-llm", "kimi-k2", "qwen35"}) {
        auto tokenizer = Tokenizer::from_metadata(vocabulary(pre));
        if (!tokenizer) std::abort();
        all.push_back(*tokenizer);
    }
    return all;
}

void require(bool holds) {
    if (!holds) std::abort();
}

void check(const Tokenizer& tokenizer, std::string_view text) {
    const std::string repaired = repair_utf8(text);
    const std::string expected =
        tokenizer.pre_tokenizer_name() == "qwen2" ? normalize_nfc(repaired) : repaired;
    const auto literal = tokenizer.encode(text);
    require(tokenizer.decode(literal) == expected);
    for (const TokenId id : literal) require(tokenizer.token_type(id) == TokenType::normal);

    const ByteSpan everything{0, text.size()};
    require(tokenizer.encode_prompt(text, {&everything, 1}) == literal);
    require(tokenizer.encode_prompt(text, {}) == tokenizer.encode(text, Match::all));
    const ByteSpan half{text.size() / 4, text.size() / 2};
    tokenizer.encode_prompt(text, {&half, 1});

    Utf8Stream stream;
    std::string streamed;
    for (const TokenId id : literal) streamed += stream.push(tokenizer.token_bytes(id));
    require(streamed + stream.flush() == expected);
}

}  // namespace

std::vector<std::string> deepwell::tests::fuzz_corpus() {
    return {
        "The theme, then: aaaaaaaaa aa a's IT'S '' don't",
        "<think>\n\n</think>\n\n<|im_end|><|im<|im_en <think",
        "  \n \n\n   x \t\r\n\v  1234567 ½ ٣",
        "中文中文中 かナ 한국어 ไทย क्षि 🇮🇩 👨‍👩‍👧",
        "e\u0301\u0327a\u0327\u0301 \u1100\u1161\u11A8 \u212B",
        "camelCase HTTPServer ʰA ǅa ſ",
        std::string("\0\x01\x7F\xC2\x85", 5) + "\xE2\x80\xA8\xEE\x80\x80",
        "\xFF\xE4\xB8 \xED\xA0\x80 \xF4\x90\x80\x80 \xF0\x9F\x98",
        std::string(300, 'a') + std::string(300, ' '),
    };
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const Tokenizers tokenizers = make_tokenizers();
    // The first byte chooses one, so that an input stays quick.
    if (size == 0) return 0;
    const std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
    check(*tokenizers[data[0] % tokenizers.size()], text);
    return 0;
}
