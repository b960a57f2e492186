#include "app/exchange/file_name.h"

#include <unicode/brkiter.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <cctype>
#include <memory>
#include <string>

#include "app/base/utf8.h"

namespace deepwell::app {
namespace {

constexpr int kLongestBytes = 120;
constexpr int kLongestUnits = 100;

icu::UnicodeString composed(std::string_view text) {
    UErrorCode status = U_ZERO_ERROR;
    const auto source = icu::UnicodeString::fromUTF8(
        icu::StringPiece(text.data(), static_cast<int32_t>(text.size())));
    const auto* form = icu::Normalizer2::getNFCInstance(status);
    if (U_FAILURE(status)) return source;
    auto result = form->normalize(source, status);
    return U_FAILURE(status) ? source : result;
}

bool becomes_blank(UChar32 letter) {
    if (letter == 0xFFFD) return true;
    switch (letter) {
        case '<':
        case '>':
        case ':':
        case '"':
        case '/':
        case '\\':
        case '|':
        case '?':
        case '*':
            return true;
        default:
            break;
    }
    if (letter == 0x200D || letter == 0x200C) return false;  // joiners are part of words and emoji
    const auto type = u_charType(letter);
    return type == U_CONTROL_CHAR || type == U_FORMAT_CHAR || type == U_LINE_SEPARATOR ||
           type == U_PARAGRAPH_SEPARATOR || type == U_SURROGATE || type == U_UNASSIGNED ||
           u_isUWhiteSpace(letter);
}

std::string utf8_of(const icu::UnicodeString& text) {
    std::string out;
    text.toUTF8String(out);
    return out;
}

// Dots and blanks at both ends off.
icu::UnicodeString bared(const icu::UnicodeString& text) {
    const auto off = [](char16_t c) { return c == u'.' || c == u' '; };
    int32_t start = 0;
    int32_t end = text.length();
    while (start < end && off(text.charAt(start))) ++start;
    while (end > start && off(text.charAt(end - 1))) --end;
    return icu::UnicodeString(text, start, end - start);
}

// Names that Windows keeps for devices, also with something behind a dot.
bool is_reserved(const icu::UnicodeString& stem) {
    auto name = utf8_of(stem);
    name = name.substr(0, name.find('.'));
    while (!name.empty() && name.back() == ' ') name.pop_back();
    std::transform(name.begin(), name.end(), name.begin(), [](unsigned char c) {
        return static_cast<char>(c < 0x80 ? std::toupper(c) : c);
    });
    for (const auto* word : {"CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"}) {
        if (name == word) return true;
    }
    if (!name.starts_with("COM") && !name.starts_with("LPT")) return false;
    const auto number = name.substr(3);
    return (number.size() == 1 && number[0] >= '0' && number[0] <= '9') || number == "¹" ||
           number == "²" || number == "³";
}

// At a grapheme, so that no letter loses its accent.
icu::UnicodeString cut(const icu::UnicodeString& text) {
    const auto fits = [&](int32_t end) {
        return end <= kLongestUnits &&
               utf8_of(icu::UnicodeString(text, 0, end)).size() <= kLongestBytes;
    };
    if (fits(text.length())) return text;
    UErrorCode status = U_ZERO_ERROR;
    const std::unique_ptr<icu::BreakIterator> graphemes(
        icu::BreakIterator::createCharacterInstance(icu::Locale::getRoot(), status));
    int32_t best = 0;
    if (U_SUCCESS(status)) {
        graphemes->setText(text);
        for (auto end = graphemes->next(); end != icu::BreakIterator::DONE && fits(end);
             end = graphemes->next()) {
            best = end;
        }
    }
    // One endless grapheme: between letters, then.
    if (best == 0) {
        for (auto end = text.moveIndex32(0, 1); fits(end) && end > best;
             end = text.moveIndex32(end, 1)) {
            best = end;
        }
    }
    return bared(icu::UnicodeString(text, 0, best));
}

std::string folded(std::string_view name) {
    auto text = composed(name);
    text.foldCase();
    return utf8_of(composed(utf8_of(text)));
}

}  // namespace

std::string file_stem(std::string_view title) {
    const auto source = composed(repair_utf8(title));
    icu::UnicodeString clean;
    for (int32_t at = 0; at < source.length(); at = source.moveIndex32(at, 1)) {
        const auto letter = source.char32At(at);
        clean.append(becomes_blank(letter) ? static_cast<UChar32>(' ') : letter);
    }
    auto stem = bared(icu::UnicodeString::fromUTF8(collapse_blanks(utf8_of(clean))));
    stem = cut(stem);
    if (stem.isEmpty()) return "Conversation";
    if (stem.charAt(0) == u'-' || stem.charAt(0) == u'~') stem.setCharAt(0, u'_');
    if (is_reserved(stem)) stem.insert(0, u'_');
    return utf8_of(stem);
}

std::string FileNames::unique(std::string_view stem, std::string_view extension) {
    std::string name = std::string(stem) + std::string(extension);
    for (int number = 2; !taken_.insert(folded(name)).second; ++number) {
        name = std::string(stem) + " (" + std::to_string(number) + ")" + std::string(extension);
    }
    return name;
}

void FileNames::taken(std::string_view name) {
    taken_.insert(folded(name));
}

}  // namespace deepwell::app
