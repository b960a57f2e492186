#include "engine/base/utf8.h"

namespace deepwell::engine {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

// How many bytes a lead byte asks for, and in which range the first of them must lie.
struct Lead {
    int following = 0;
    unsigned char low = 0x80;
    unsigned char high = 0xBF;
};

Lead lead_of(unsigned char byte) {
    if (byte >= 0xC2 && byte <= 0xDF) return {1};
    if (byte == 0xE0) return {2, 0xA0, 0xBF};
    if (byte == 0xED) return {2, 0x80, 0x9F};
    if (byte >= 0xE1 && byte <= 0xEF) return {2};
    if (byte == 0xF0) return {3, 0x90, 0xBF};
    if (byte >= 0xF1 && byte <= 0xF3) return {3};
    if (byte == 0xF4) return {3, 0x80, 0x8F};
    return {};
}

}  // namespace

Utf8Unit read_utf8(std::string_view text) {
    const auto first = static_cast<unsigned char>(text[0]);
    if (first < 0x80) return {first, 1, Utf8Unit::State::complete};
    const Lead lead = lead_of(first);
    if (lead.following == 0) return {U'\uFFFD', 1, Utf8Unit::State::ill_formed};
    char32_t code_point = first & (0x3Fu >> lead.following);
    for (int i = 1; i <= lead.following; ++i) {
        const auto length = static_cast<std::size_t>(i);
        if (length == text.size()) return {U'\uFFFD', length, Utf8Unit::State::incomplete};
        const auto byte = static_cast<unsigned char>(text[length]);
        const unsigned char low = i == 1 ? lead.low : 0x80;
        const unsigned char high = i == 1 ? lead.high : 0xBF;
        if (byte < low || byte > high) return {U'\uFFFD', length, Utf8Unit::State::ill_formed};
        code_point = (code_point << 6) | (byte & 0x3Fu);
    }
    return {code_point, static_cast<std::size_t>(lead.following) + 1, Utf8Unit::State::complete};
}

bool is_valid_utf8(std::string_view text) {
    while (!text.empty()) {
        const Utf8Unit unit = read_utf8(text);
        if (unit.state != Utf8Unit::State::complete) return false;
        text.remove_prefix(unit.length);
    }
    return true;
}

std::string repair_utf8(std::string_view text) {
    std::string repaired;
    repaired.reserve(text.size());
    while (!text.empty()) {
        const Utf8Unit unit = read_utf8(text);
        const bool whole = unit.state == Utf8Unit::State::complete;
        repaired.append(whole ? text.substr(0, unit.length) : kReplacement);
        text.remove_prefix(unit.length);
    }
    return repaired;
}

void append_utf8(std::string& text, char32_t code_point) {
    const auto byte = [](char32_t value) { return static_cast<char>(value); };
    if (code_point < 0x80) {
        text += byte(code_point);
    } else if (code_point < 0x800) {
        text += byte(0xC0 | (code_point >> 6));
        text += byte(0x80 | (code_point & 0x3F));
    } else if (code_point < 0x10000) {
        text += byte(0xE0 | (code_point >> 12));
        text += byte(0x80 | ((code_point >> 6) & 0x3F));
        text += byte(0x80 | (code_point & 0x3F));
    } else {
        text += byte(0xF0 | (code_point >> 18));
        text += byte(0x80 | ((code_point >> 12) & 0x3F));
        text += byte(0x80 | ((code_point >> 6) & 0x3F));
        text += byte(0x80 | (code_point & 0x3F));
    }
}

}  // namespace deepwell::engine
