// Finds the added tokens (<think>, <|im_end|>) of a text: the leftmost first, and of those that
// begin at one place the longest; exact bytes.
//
// The automaton (Aho, Corasick 1975) reads the text from its end, over reversed tokens: its state
// then tells the longest token that *begins* at each byte, and one walk forward picks. Linear in
// the text, whatever the tokens.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "engine/base/token_id.h"

namespace deepwell::engine {

class AddedTokens {
public:
    struct Token {
        std::string_view text;  // not empty; only read by the constructor
        TokenId id = 0;
    };
    struct Hit {
        std::size_t begin = 0;
        std::size_t end = 0;
        TokenId id = 0;
    };

    AddedTokens() : AddedTokens(std::vector<Token>()) {}
    explicit AddedTokens(const std::vector<Token>& tokens);

    // Ascending, not overlapping.
    std::vector<Hit> find(std::string_view text) const;

private:
    // A state; `child` and `sibling` are the trie's edges as lists, 0 = none (the root is no
    // child).
    struct Node {
        std::uint32_t child = 0;
        std::uint32_t sibling = 0;
        std::uint32_t fail = 0;
        std::uint32_t length = 0;  // of the longest token that is a suffix of this state; 0 = none
        TokenId id = 0;            // that token
        std::uint8_t byte = 0;
    };

    std::uint32_t child_of(std::uint32_t node, std::uint8_t byte) const;
    std::uint32_t step(std::uint32_t node, std::uint8_t byte) const;
    void insert(const Token& token);
    void link_failures();

    std::vector<Node> nodes_;
    std::array<std::uint32_t, 256> first_{};  // the root's children, directly
};

}  // namespace deepwell::engine
