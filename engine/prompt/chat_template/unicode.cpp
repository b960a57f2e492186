#include "engine/prompt/chat_template/unicode.h"

#include <fmt/format.h>
#include <unicode/locid.h>
#include <unicode/stringoptions.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

namespace deepwell::engine::chat_template {

std::size_t code_point_length(std::string_view text, std::size_t place) {
    const auto byte = static_cast<unsigned char>(text[place]);
    const std::size_t length = byte < 0x80   ? 1
                               : byte < 0xC0 ? 1
                               : byte < 0xE0 ? 2
                               : byte < 0xF0 ? 3
                                             : 4;
    if (place + length > text.size()) return 1;
    for (std::size_t i = 1; i < length; ++i) {
        if ((static_cast<unsigned char>(text[place + i]) & 0xC0) != 0x80) return 1;
    }
    return length;
}

char32_t code_point_at(std::string_view text, std::size_t place) {
    const std::size_t length = code_point_length(text, place);
    const auto byte = static_cast<unsigned char>(text[place]);
    if (length == 1) return byte < 0x80 ? byte : 0xFFFD;
    char32_t result = byte & (0xFF >> (length + 1));
    for (std::size_t i = 1; i < length; ++i) {
        result = result << 6 | (static_cast<unsigned char>(text[place + i]) & 0x3F);
    }
    return result;
}

std::size_t code_point_count(std::string_view text) {
    std::size_t count = 0;
    for (const char byte : text) count += (static_cast<unsigned char>(byte) & 0xC0) != 0x80 ? 1 : 0;
    return count;
}

std::size_t code_point_offset(std::string_view text, std::size_t n) {
    std::size_t place = 0;
    while (place < text.size()) {
        if ((static_cast<unsigned char>(text[place]) & 0xC0) != 0x80 && n-- == 0) return place;
        ++place;
    }
    return place;
}

void append_code_point(std::string& text, char32_t c) {
    const auto put = [&text](char32_t value) { text += static_cast<char>(value); };
    if (c < 0x80) {
        put(c);
    } else if (c < 0x800) {
        put(0xC0 | c >> 6);
        put(0x80 | (c & 0x3F));
    } else if (c < 0x10000) {
        put(0xE0 | c >> 12);
        put(0x80 | (c >> 6 & 0x3F));
        put(0x80 | (c & 0x3F));
    } else {
        put(0xF0 | c >> 18);
        put(0x80 | (c >> 12 & 0x3F));
        put(0x80 | (c >> 6 & 0x3F));
        put(0x80 | (c & 0x3F));
    }
}

bool is_valid_utf8(std::string_view text) {
    for (std::size_t i = 0; i < text.size();) {
        const std::size_t length = code_point_length(text, i);
        const char32_t c = code_point_at(text, i);
        if (length == 1 && c >= 0x80) return false;
        const char32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
        if (c < least[length] || c > 0x10FFFF || (c >= 0xD800 && c < 0xE000)) return false;
        i += length;
    }
    return true;
}

bool is_space(char32_t c) {
    if (c < 0x80) return c == ' ' || (c >= 9 && c <= 13) || (c >= 0x1C && c <= 0x1F);
    return c == 0x85 || c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) || c == 0x2028 ||
           c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x3000;
}

bool is_printable(char32_t c) {
    if (c == ' ') return true;
    switch (u_charType(static_cast<UChar32>(c))) {
        case U_CONTROL_CHAR:
        case U_FORMAT_CHAR:
        case U_SURROGATE:
        case U_PRIVATE_USE_CHAR:
        case U_UNASSIGNED:
        case U_LINE_SEPARATOR:
        case U_PARAGRAPH_SEPARATOR:
        case U_SPACE_SEPARATOR:
            return false;
        default:
            return true;
    }
}

std::size_t leading_space(std::string_view text) {
    std::size_t place = 0;
    while (place < text.size() && is_space(code_point_at(text, place))) {
        place += code_point_length(text, place);
    }
    return place;
}

std::size_t trailing_space(std::string_view text) {
    std::size_t end = text.size();
    while (end > 0) {
        std::size_t start = end - 1;
        while (start > 0 && (static_cast<unsigned char>(text[start]) & 0xC0) == 0x80) --start;
        if (!is_space(code_point_at(text, start))) break;
        end = start;
    }
    return text.size() - end;
}

namespace {

icu::UnicodeString to_icu(std::string_view text) {
    return icu::UnicodeString::fromUTF8(
        icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())));
}

std::string changed_case(std::string_view text, Case wanted) {
    bool ascii = true;
    for (const char byte : text) ascii = ascii && static_cast<unsigned char>(byte) < 0x80;
    std::string result;
    if (ascii) {
        result.reserve(text.size());
        for (const char byte : text) {
            const bool changes =
                wanted == Case::Upper ? byte >= 'a' && byte <= 'z' : byte >= 'A' && byte <= 'Z';
            result += changes ? static_cast<char>(byte ^ 0x20) : byte;
        }
        return result;
    }
    icu::UnicodeString units = to_icu(text);
    if (wanted == Case::Upper) {
        units.toUpper(icu::Locale::getRoot());
    } else if (wanted == Case::Folded) {
        units.foldCase();
    } else {
        units.toLower(icu::Locale::getRoot());
    }
    units.toUTF8String(result);
    return result;
}

std::string title_of(char32_t c) {
    if (c < 0x80) return changed_case(std::string(1, static_cast<char>(c)), Case::Upper);
    icu::UnicodeString letter(static_cast<UChar32>(c));
    letter.toTitle(nullptr, icu::Locale::getRoot(),
                   U_TITLECASE_WHOLE_STRING | U_TITLECASE_NO_BREAK_ADJUSTMENT);
    std::string result;
    letter.toUTF8String(result);
    return result;
}

}  // namespace

Text ascii_only(const Text& text) {
    Text result;
    const std::string& bytes = text.bytes();
    for (std::size_t i = 0; i < bytes.size();) {
        const std::size_t length = code_point_length(bytes, i);
        const Text piece = text.slice(i, i + length);
        const auto c = static_cast<std::uint32_t>(code_point_at(bytes, i));
        if (c < 0x80) {
            result.append(piece);
        } else {
            result.append(c < 0x100     ? fmt::format("\\x{:02x}", c)
                          : c < 0x10000 ? fmt::format("\\u{:04x}", c)
                                        : fmt::format("\\U{:08x}", c),
                          piece.from_data());
        }
        i += length;
    }
    return result;
}

Text with_case(const Text& text, Case wanted) {
    Text result;
    std::size_t begin = 0;
    for (const Text::Run& run : text.runs()) {
        const auto piece = std::string_view(text.bytes()).substr(begin, run.end - begin);
        result.append(changed_case(piece, wanted), run.from_data);
        begin = run.end;
    }
    return result;
}

Text capitalized(const Text& text) {
    if (text.empty()) return text;
    const std::size_t first = code_point_length(text.bytes(), 0);
    const Text head = text.slice(0, first);
    Text result;
    result.append(title_of(code_point_at(text.bytes(), 0)), head.from_data());
    result.append(with_case(text.slice(first, text.size()), Case::Lower));
    return result;
}

Text title_cased(const Text& text) {
    Text result;
    const Text lower = with_case(text, Case::Lower);
    bool after_cased = false;
    const std::string& bytes = lower.bytes();
    for (std::size_t i = 0; i < bytes.size();) {
        const std::size_t length = code_point_length(bytes, i);
        const char32_t c = code_point_at(bytes, i);
        const Text piece = lower.slice(i, i + length);
        if (after_cased) {
            result.append(piece);
        } else {
            result.append(title_of(c), piece.from_data());
        }
        after_cased = u_hasBinaryProperty(static_cast<UChar32>(c), UCHAR_CASED) != 0;
        i += length;
    }
    return result;
}

}  // namespace deepwell::engine::chat_template
