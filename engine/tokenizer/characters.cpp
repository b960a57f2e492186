#include "engine/tokenizer/characters.h"

#include <unicode/uchar.h>

#include <array>

#include "engine/base/utf8.h"

namespace deepwell::engine {
namespace {

std::uint8_t classify_by_unicode(char32_t code_point) {
    using namespace char_class;
    const auto c = static_cast<UChar32>(code_point);
    const std::uint32_t category = U_MASK(u_charType(c));
    std::uint8_t bits = 0;
    if ((category & U_GC_L_MASK) != 0) bits |= kLetter;
    if ((category & U_GC_N_MASK) != 0) bits |= kNumber;
    if ((category & U_GC_P_MASK) != 0) bits |= kPunctuation;
    if ((category & U_GC_S_MASK) != 0) bits |= kSymbol;
    if ((category & U_GC_M_MASK) != 0) bits |= kMark;
    if (u_isUWhiteSpace(c)) bits |= kSpace;
    if (c == '\r' || c == '\n') bits |= kNewline;
    return bits;
}

constexpr std::size_t kAscii = 128;

const std::array<std::uint8_t, kAscii>& ascii_classes() {
    static const auto classes = [] {
        std::array<std::uint8_t, kAscii> all{};
        for (std::size_t c = 0; c < kAscii; ++c) {
            all[c] = classify_by_unicode(static_cast<char32_t>(c));
        }
        return all;
    }();
    return classes;
}

}  // namespace

std::uint8_t classify(char32_t code_point) {
    if (code_point < kAscii) return ascii_classes()[code_point];
    return classify_by_unicode(code_point);
}

Characters read_characters(std::string_view text) {
    Characters characters;
    characters.code_points.reserve(text.size());
    characters.classes.reserve(text.size());
    while (!text.empty()) {
        const Utf8Unit unit = read_utf8(text);
        characters.code_points.push_back(unit.code_point);
        characters.classes.push_back(classify(unit.code_point));
        text.remove_prefix(unit.length);
    }
    return characters;
}

}  // namespace deepwell::engine
