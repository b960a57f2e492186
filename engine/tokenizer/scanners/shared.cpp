#include "engine/tokenizer/scanners/scanners.h"

namespace deepwell::engine {
namespace {

// ASCII letters and the long s, in lower case; 0 for all else.
char32_t folded(const Characters& text, std::size_t at, std::size_t end) {
    constexpr char32_t kLongS = 0x17F;
    if (at >= end) return 0;
    const char32_t c = text.code_points[at];
    if (c >= 'A' && c <= 'Z') return c - 'A' + 'a';
    if (c == kLongS) return 's';
    return c >= 'a' && c <= 'z' ? c : 0;
}

}  // namespace

std::size_t scan_white_space(const Characters& text, std::size_t at, std::size_t end) {
    const std::size_t run = text.run(at, end, char_class::kSpace);
    for (std::size_t last = run; last > at; --last) {
        if ((text.classes[last - 1] & char_class::kNewline) != 0) return last;
    }
    if (run == end || run == at + 1) return run;
    return run - 1;
}

std::size_t scan_other(const Characters& text, std::size_t at, std::size_t end,
                       std::uint8_t not_other) {
    const std::size_t first = text.is_char(at, end, U' ') ? at + 1 : at;
    if (!text.is_not(first, end, not_other)) return at;
    return text.run(text.run_not(first, end, not_other), end, char_class::kNewline);
}

std::size_t scan_contraction(const Characters& text, std::size_t at, std::size_t end) {
    if (!text.is_char(at, end, U'\'')) return at;
    const char32_t first = folded(text, at + 1, end);
    if (first == 's' || first == 't' || first == 'm' || first == 'd') return at + 2;
    const char32_t second = folded(text, at + 2, end);
    const bool three = (first == 'r' && second == 'e') || (first == 'v' && second == 'e') ||
                       (first == 'l' && second == 'l');
    return three ? at + 3 : at;
}

std::size_t scan_group(const Characters& text, std::size_t at, std::size_t end, std::uint8_t bits,
                       std::size_t most) {
    const std::size_t begin = at;
    while (at - begin < most && text.is(at, end, bits)) ++at;
    return at;
}

}  // namespace deepwell::engine
