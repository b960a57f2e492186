#include <unicode/uchar.h>
#include <unicode/uscript.h>

#include "engine/tokenizer/scanners/scanners.h"

namespace deepwell::engine {
namespace {

using namespace char_class;

// What may stand in the front and in the back of a word: a change from small to capital letters
// ends it. Both have the letters without case and the marks; Han has neither.
constexpr std::uint8_t kHan = 1;
constexpr std::uint8_t kUpper = 2;  // Lu, Lt, Lm, Lo, M
constexpr std::uint8_t kLower = 4;  // Ll, Lm, Lo, M

std::uint8_t case_class(char32_t code_point) {
    const auto c = static_cast<UChar32>(code_point);
    UErrorCode status = U_ZERO_ERROR;
    if (uscript_getScript(c, &status) == USCRIPT_HAN) return kHan;
    const std::uint32_t category = U_MASK(u_charType(c));
    constexpr std::uint32_t kCaseless = U_GC_LM_MASK | U_GC_LO_MASK | U_GC_M_MASK;
    std::uint8_t bits = 0;
    if ((category & (U_GC_LU_MASK | U_GC_LT_MASK | kCaseless)) != 0) bits |= kUpper;
    if ((category & (U_GC_LL_MASK | kCaseless)) != 0) bits |= kLower;
    return bits;
}

class Scanner {
public:
    explicit Scanner(const Characters& text) : text_(text) {
        cases_.reserve(text.size());
        for (const char32_t c : text.code_points) cases_.push_back(case_class(c));
    }

    // [\p{Han}]+|LEAD?U*u+CONTRACTION?|LEAD?U+u*CONTRACTION?|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*
    // |\s*[\r\n]+|\s+(?!\S)|\s+          LEAD: [^\r\n\p{L}\p{N}]
    std::size_t next_piece(std::size_t at, std::size_t end) const {
        if (is(at, end, kHan)) return run(at, end, kHan);
        if (const std::size_t word = scan_word(at, end); word != at) {
            return scan_contraction(text_, word, end);
        }
        if (text_.is(at, end, kNumber)) return scan_group(text_, at, end, kNumber, 3);
        if (const std::size_t other = scan_other(text_, at, end, kSpace | kLetter | kNumber);
            other != at) {
            return other;
        }
        return scan_white_space(text_, at, end);
    }

private:
    bool is(std::size_t at, std::size_t end, std::uint8_t bits) const {
        return at < end && (cases_[at] & bits) != 0;
    }

    std::size_t run(std::size_t at, std::size_t end, std::uint8_t bits) const {
        while (is(at, end, bits)) ++at;
        return at;
    }

    // The two alternatives for words, each first with a leading character, then without.
    std::size_t scan_word(std::size_t at, std::size_t end) const {
        const bool may_lead = text_.is_not(at, end, kNewline | kLetter | kNumber);
        if (may_lead) {
            if (const std::size_t word = lower_word(at + 1, end); word != at + 1) return word;
        }
        if (const std::size_t word = lower_word(at, end); word != at) return word;
        if (may_lead && is(at + 1, end, kUpper)) return upper_word(at + 1, end);
        return is(at, end, kUpper) ? upper_word(at, end) : at;
    }

    // U*u+ : the front takes what it can, but leaves the back at least one character.
    std::size_t lower_word(std::size_t at, std::size_t end) const {
        const std::size_t front = run(at, end, kUpper);
        if (is(front, end, kLower)) return run(front, end, kLower);
        for (std::size_t i = front; i > at; --i) {
            if (is(i - 1, end, kLower)) return i;
        }
        return at;
    }

    // U+u*
    std::size_t upper_word(std::size_t at, std::size_t end) const {
        return run(run(at, end, kUpper), end, kLower);
    }

    const Characters& text_;
    std::vector<std::uint8_t> cases_;
};

}  // namespace

PieceEnds scan_kimi_k2(const Characters& text) {
    const Scanner scanner(text);
    return scan_all(text,
                    [&](std::size_t at, std::size_t end) { return scanner.next_piece(at, end); });
}

}  // namespace deepwell::engine
