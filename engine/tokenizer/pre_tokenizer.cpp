#include "engine/tokenizer/pre_tokenizer.h"

#include <algorithm>
#include <array>

#include "engine/tokenizer/scanners/scanners.h"

namespace deepwell::engine {
namespace {

using Style = PreTokenizerStyle;

PreTokenizer qwen(std::string_view name) {
    return {.name = name, .style = Style::qwen2};
}

// The vocabularies that are declared with NFC.
PreTokenizer qwen_nfc(std::string_view name) {
    return {.name = name, .style = Style::qwen2, .normalize_nfc = true};
}

PreTokenizer llama3(std::string_view name) {
    return {
        .name = name, .style = Style::llama_bpe, .ignore_merges = true, .add_bos_default = true};
}

// The pattern of Llama 3 without its flags.
PreTokenizer llama_pattern(std::string_view name) {
    return {.name = name, .style = Style::llama_bpe};
}

PreTokenizer gpt2(std::string_view name) {
    return {.name = name, .style = Style::gpt2};
}

const auto& table() {
    static const std::array kTable = {
        qwen_nfc("qwen2"),
        qwen_nfc("deepseek-r1-qwen"),
        qwen("kormo"),
        qwen("openpangu"),
        qwen("f2llmv2"),
        PreTokenizer{.name = "qwen35", .style = Style::qwen35},
        llama3("llama-bpe"),
        llama3("llama3"),
        llama3("llama-v3"),
        llama3("falcon3"),
        llama3("falcon-h1"),
        llama3("pixtral"),
        llama3("midm-2.0"),
        llama3("lfm2"),
        llama3("jina-v5-nano"),
        llama3("laguna"),
        llama_pattern("dbrx"),
        llama_pattern("smaug-bpe"),
        llama_pattern("chatglm-bpe"),
        llama_pattern("glm4"),
        gpt2("gpt-2"),
        gpt2("phi-2"),
        gpt2("jina-es"),
        gpt2("jina-de"),
        gpt2("jina-v1-en"),
        gpt2("jina-v2-es"),
        gpt2("jina-v2-de"),
        gpt2("jina-v2-code"),
        gpt2("roberta-bpe"),
        gpt2("gigachat"),
        PreTokenizer{.name = "deepseek-v3", .style = Style::deepseek_v3},
        PreTokenizer{.name = "deepseek-coder", .style = Style::deepseek_coder},
        PreTokenizer{.name = "deepseek-llm", .style = Style::deepseek_llm},
        PreTokenizer{.name = "kimi-k2", .style = Style::kimi_k2, .ranks_are_ids = true},
    };
    return kTable;
}

}  // namespace

std::optional<PreTokenizer> find_pre_tokenizer(std::string_view name) {
    const auto& all = table();
    const auto at =
        std::find_if(all.begin(), all.end(), [name](const auto& row) { return row.name == name; });
    if (at == all.end()) return std::nullopt;
    return *at;
}

PieceEnds cut_into_pieces(PreTokenizerStyle style, const Characters& text) {
    if (text.size() == 0) return {};
    switch (style) {
        case Style::qwen2:
            return scan_qwen2(text);
        case Style::llama_bpe:
            return scan_llama_bpe(text);
        case Style::gpt2:
            return scan_gpt2(text);
        case Style::deepseek_v3:
            return scan_deepseek_v3(text);
        case Style::deepseek_coder:
            return scan_deepseek_coder(text);
        case Style::deepseek_llm:
            return scan_deepseek_llm(text);
        case Style::kimi_k2:
            return scan_kimi_k2(text);
        case Style::qwen35:
            return scan_qwen35(text);
    }
    return {text.size()};
}

}  // namespace deepwell::engine
