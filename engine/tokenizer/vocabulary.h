// The tokens of a model: the bytes of each, its type, and the way back from bytes to id.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/result.h"
#include "engine/base/token.h"
#include "engine/gguf/metadata.h"

namespace deepwell::engine {

// tokenizer.ggml.token_type
enum class TokenType : std::uint8_t {
    normal = 1,        // a piece of text, found by merging
    unknown = 2,       // stands for what has no token
    control = 3,       // <|im_end|>: text only of templates
    user_defined = 4,  // <think>: an added token that is printed like text
    unused = 5,        // fills the vocabulary up
    byte = 6,          // not in vocabularies of this kind
};

class Vocabulary {
public:
    // Reads tokenizer.ggml.tokens and .token_type.
    // Errors: FileDamaged (missing, empty, too many, not strings, types of another length or
    // unknown, a text twice).
    static Result<Vocabulary> from_metadata(const Metadata& metadata);

    std::size_t size() const { return types_.size(); }

    // What the token stands for: the bytes of text for a normal token, the token's own text for
    // control and user-defined ones, nothing for unused ones and ids that do not exist. A normal
    // token may begin or end in the middle of a character. The view lives as long as this object.
    std::string_view bytes(TokenId id) const;

    // The token as the file writes it (normal tokens in the 256-letter alphabet).
    std::string_view text(TokenId id) const;

    // unused for ids that do not exist.
    TokenType type(TokenId id) const;

    // The normal token with these bytes.
    std::optional<TokenId> find_normal(std::string_view bytes) const;

    // The control or user-defined token with this text.
    std::optional<TokenId> find_added(std::string_view text) const;

    // Bytes of the longest normal token.
    std::size_t longest_normal() const { return longest_normal_; }

private:
    // Open addressing over ids; the key is the token's bytes.
    class Index {
    public:
        void reserve(std::size_t count);
        void insert(const Vocabulary& vocabulary, TokenId id);
        std::optional<TokenId> find(const Vocabulary& vocabulary, std::string_view bytes) const;

    private:
        std::vector<TokenId> slots_;
    };

    std::string_view blob(const std::string& storage, const std::vector<std::uint32_t>& ends,
                          TokenId id) const;

    std::string texts_;
    std::vector<std::uint32_t> text_ends_;
    std::string bytes_;
    std::vector<std::uint32_t> byte_ends_;
    std::vector<TokenType> types_;
    Index normal_;
    Index added_;
    std::size_t longest_normal_ = 0;
};

}  // namespace deepwell::engine
