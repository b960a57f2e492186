// Bytes come token by token, text goes out in whole characters.
//
//   Utf8Stream stream;
//   for (TokenId id : reply) show(stream.push(tokenizer.token_bytes(id)));
//   show(stream.flush());
//
// A trailing, so far valid part of a character (at most 3 bytes) is held back; a maximal ill-formed
// subpart becomes one U+FFFD at once. So what goes out is always valid UTF-8.
#pragma once

#include <string>
#include <string_view>

namespace deepwell::engine {

class Utf8Stream {
public:
    // The text that is complete now.
    std::string push(std::string_view bytes);

    // The end of the text, or a control token interrupts: a held-back part becomes one U+FFFD.
    std::string flush();

    // The bytes that are held back: to be stored with a reply that may be continued.
    std::string_view held_back() const { return tail_; }

    // Forgets the held-back bytes.
    void reset() { tail_.clear(); }

private:
    std::string tail_;
};

}  // namespace deepwell::engine
