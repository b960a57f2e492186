#include "engine/tokenizer/special_ids.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>

namespace deepwell::engine {
namespace {

// Control tokens that end a turn in one of the families, whatever the file says: a model that
// writes a user's token has run past its turn.
constexpr std::array<std::string_view, 15> kEndsOfTurns = {
    "<｜end▁of▁sentence｜>",
    "<|im_end|>",
    "<|endoftext|>",
    "<|eot_id|>",
    "<|eom_id|>",
    "<|end_of_text|>",
    "<|EOT|>",
    "<EOT>",
    "<|end|>",
    "<end_of_turn>",
    "<｜User｜>",
    "<|im_start|>",
    "<|fim_pad|>",
    "<|repo_name|>",
    "<|file_sep|>",
};

Result<std::optional<TokenId>> read_id(const Metadata& metadata, std::string_view role,
                                       const Vocabulary& vocabulary,
                                       std::vector<std::string>& warnings) {
    const std::string key = fmt::format("tokenizer.ggml.{}_token_id", role);
    if (!metadata.contains(key)) return std::nullopt;
    const auto number = metadata.unsigned_value(key);
    if (!number) {
        // -1 is how some writers say "none".
        if (const auto signed_value = metadata.find(key)->as_signed()) return std::nullopt;
        return fail(number.error());
    }
    if (*number >= vocabulary.size()) {
        warnings.push_back(
            fmt::format("The file's {} is {}, but the vocabulary has {} tokens: left out.", key,
                        *number, vocabulary.size()));
        return std::nullopt;
    }
    return static_cast<TokenId>(*number);
}

std::vector<TokenId> ends_of_reply(const SpecialIds& ids, const Vocabulary& vocabulary) {
    std::vector<TokenId> ends;
    for (const auto& id : {ids.eos, ids.eot, ids.eom}) {
        if (id) ends.push_back(*id);
    }
    for (const std::string_view text : kEndsOfTurns) {
        const auto id = vocabulary.find_added(text);
        if (id && vocabulary.type(*id) == TokenType::control) ends.push_back(*id);
    }
    std::sort(ends.begin(), ends.end());
    ends.erase(std::unique(ends.begin(), ends.end()), ends.end());
    return ends;
}

}  // namespace

Result<SpecialIds> read_special_ids(const Metadata& metadata, const Vocabulary& vocabulary,
                                    bool add_bos_default, std::vector<std::string>& warnings) {
    SpecialIds ids;
    const std::array<std::pair<std::string_view, std::optional<TokenId>*>, 6> roles = {{
        {"bos", &ids.bos},
        {"eos", &ids.eos},
        {"eot", &ids.eot},
        {"eom", &ids.eom},
        {"padding", &ids.padding},
        {"unknown", &ids.unknown},
    }};
    for (const auto& [role, id] : roles) {
        const auto read = read_id(metadata, role, vocabulary, warnings);
        if (!read) return fail(read.error());
        *id = *read;
    }
    const auto add_bos = metadata.bool_or("tokenizer.ggml.add_bos_token", add_bos_default);
    if (!add_bos) return fail(add_bos.error());
    const auto add_eos = metadata.bool_or("tokenizer.ggml.add_eos_token", false);
    if (!add_eos) return fail(add_eos.error());
    ids.add_bos = *add_bos && ids.bos;
    ids.add_eos = *add_eos && ids.eos;
    ids.ends_of_reply = ends_of_reply(ids, vocabulary);
    return ids;
}

}  // namespace deepwell::engine
