// The search index's tokenizer, `deepwell`: words in small letters without accents; each letter of
// a script that is written without spaces (Han, kana, Thai, Lao, Khmer, Myanmar) a token of its
// own, so that a word of two letters is found as a phrase.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

struct sqlite3;

namespace deepwell::app {

struct Token {
    std::string text;       // folded
    std::size_t start = 0;  // bytes of the source
    std::size_t end = 0;
};

// Calls `take` for each token; stops when it returns false.
void tokenize(std::string_view text, const std::function<bool(const Token&)>& take);

// Makes it known to a connection. Throws where FTS5 is not there.
void register_tokenizer(sqlite3* connection);

}  // namespace deepwell::app
