// The tokens with a role: begin, end, padding, and those that end a reply.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/base/result.h"
#include "engine/base/token_id.h"
#include "engine/gguf/metadata.h"
#include "engine/tokenizer/vocabulary.h"

namespace deepwell::engine {

struct SpecialIds {
    std::optional<TokenId> bos;
    std::optional<TokenId> eos;
    std::optional<TokenId> eot;
    std::optional<TokenId> eom;
    std::optional<TokenId> padding;
    std::optional<TokenId> unknown;
    std::vector<TokenId> ends_of_reply;  // ascending
    bool add_bos = false;
    bool add_eos = false;
};

// Ids that do not exist are left out with a sentence in `warnings`.
// Errors: FileDamaged (a key of another type).
Result<SpecialIds> read_special_ids(const Metadata& metadata, const Vocabulary& vocabulary,
                                    bool add_bos_default, std::vector<std::string>& warnings);

}  // namespace deepwell::engine
