#include "app/base/utf8.h"

#include <unicode/utf8.h>

#include <cstdint>

namespace deepwell::app {

std::string repair_utf8(std::string_view bytes) {
    std::string out;
    const auto length = static_cast<std::int64_t>(bytes.size());
    std::int64_t good = 0;  // start of the well-formed run
    std::int64_t at = 0;
    while (at < length) {
        const auto start = at;
        UChar32 letter = 0;
        U8_NEXT(bytes.data(), at, length, letter);
        if (letter >= 0) continue;
        out.append(bytes.substr(good, start - good));
        // One mark for the whole ill-formed run.
        while (at < length) {
            auto next = at;
            U8_NEXT(bytes.data(), next, length, letter);
            if (letter >= 0) break;
            at = next;
        }
        out += "\xEF\xBF\xBD";
        good = at;
    }
    if (good == 0) return std::string(bytes);
    out.append(bytes.substr(good));
    return out;
}

std::string_view cut_utf8(std::string_view text, std::size_t bytes) {
    if (text.size() <= bytes) return text;
    while (bytes > 0 && (static_cast<unsigned char>(text[bytes]) & 0xC0) == 0x80) --bytes;
    return text.substr(0, bytes);
}

std::string collapse_blanks(std::string_view text) {
    std::string out;
    bool blank = false;
    for (const char c : text) {
        if (c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v') {
            blank = true;
            continue;
        }
        if (blank && !out.empty()) out += ' ';
        blank = false;
        out += c;
    }
    return out;
}

}  // namespace deepwell::app
