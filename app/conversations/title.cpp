#include "app/conversations/title.h"

#include <unicode/brkiter.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <memory>

#include "app/base/utf8.h"

namespace deepwell::app {
namespace {

constexpr int kLongest = 60;  // graphemes
constexpr std::string_view kOpen = "<think>";
constexpr std::string_view kClose = "</think>";

// Whole think blocks with what is in them, then tags that stand alone.
std::string without_thoughts(std::string_view text) {
    std::string out;
    while (!text.empty()) {
        const auto open = text.find(kOpen);
        const auto close = text.find(kClose);
        if (close != std::string_view::npos && (open == std::string_view::npos || close < open)) {
            out += text.substr(0, close);
            text.remove_prefix(close + kClose.size());
            continue;
        }
        if (open == std::string_view::npos) {
            out += text;
            break;
        }
        out += text.substr(0, open);
        text.remove_prefix(close == std::string_view::npos ? open + kOpen.size()
                                                           : close + kClose.size());
    }
    return out;
}

bool is_hidden(UChar32 letter) {
    if (letter == 0x200D || letter == 0x200C) return false;  // joiners are part of words and emoji
    const auto type = u_charType(letter);
    return type == U_CONTROL_CHAR || type == U_FORMAT_CHAR || type == U_LINE_SEPARATOR ||
           type == U_PARAGRAPH_SEPARATOR;
}

std::string one_line(std::string_view text) {
    const auto words = icu::UnicodeString::fromUTF8(
        icu::StringPiece(text.data(), static_cast<int32_t>(text.size())));
    icu::UnicodeString clean;
    for (int32_t at = 0; at < words.length(); at = words.moveIndex32(at, 1)) {
        const auto letter = words.char32At(at);
        if (u_isUWhiteSpace(letter) || letter == 0x2028 || letter == 0x2029) {
            clean.append(static_cast<UChar32>(' '));
        } else if (!is_hidden(letter)) {
            clean.append(letter);
        } else if (u_charType(letter) == U_CONTROL_CHAR) {
            clean.append(static_cast<UChar32>(' '));
        }
    }
    std::string out;
    clean.toUTF8String(out);
    return collapse_blanks(out);
}

// Cut at a grapheme, with "…" where something went.
std::string shortened(const std::string& line) {
    auto words = icu::UnicodeString::fromUTF8(line);
    UErrorCode status = U_ZERO_ERROR;
    const std::unique_ptr<icu::BreakIterator> graphemes(
        icu::BreakIterator::createCharacterInstance(icu::Locale::getRoot(), status));
    if (U_FAILURE(status)) return std::string(cut_utf8(line, kLongest));
    graphemes->setText(words);
    int count = 0;
    int32_t cut = 0;  // end of grapheme kLongest - 1, where the dots would stand
    for (auto end = graphemes->next(); end != icu::BreakIterator::DONE; end = graphemes->next()) {
        ++count;
        if (count == kLongest - 1) cut = end;
        if (count > kLongest) break;
    }
    if (count <= kLongest) return line;
    words.truncate(cut);
    words.trim();
    std::string out;
    words.toUTF8String(out);
    return out + "…";
}

}  // namespace

std::string title_from_question(std::string_view question) {
    return shortened(one_line(without_thoughts(cut_utf8(question, 4096))));
}

std::string clean_title(std::string_view title) {
    return one_line(without_thoughts(cut_utf8(title, 4096)));
}

}  // namespace deepwell::app
