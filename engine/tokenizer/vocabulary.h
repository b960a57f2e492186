// The tokens of a model: the bytes of each, its type, and the way back from bytes to id.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/result.h"
#include "engine/base/token_id.h"
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
    // Texts back to back in one block of memory.
    class Texts {
    public:
        void add(std::string_view text) {
            storage_ += text;
            ends_.push_back(static_cast<std::uint32_t>(storage_.size()));
        }
        std::string_view at(std::size_t index) const {
            const std::size_t begin = index == 0 ? 0 : ends_[index - 1];
            return std::string_view(storage_).substr(begin, ends_[index] - begin);
        }
        std::size_t size() const { return ends_.size(); }

    private:
        std::string storage_;
        std::vector<std::uint32_t> ends_;
    };

    // From text to id: open addressing, the texts stay where they are.
    class Index {
    public:
        void reserve(std::size_t count);
        // False where the text is there already.
        bool insert(const Texts& texts, TokenId id);
        std::optional<TokenId> find(const Texts& texts, std::string_view text) const;

    private:
        std::vector<TokenId> slots_;
    };

    bool exists(TokenId id) const {
        return id >= 0 && static_cast<std::size_t>(id) < types_.size();
    }
    void index_bytes();

    Texts texts_;
    Texts bytes_;
    std::vector<TokenType> types_;
    Index normal_;
    Index added_;
    std::size_t longest_normal_ = 0;
};

}  // namespace deepwell::engine
