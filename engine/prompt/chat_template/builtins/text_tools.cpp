#include "engine/prompt/chat_template/builtins/text_tools.h"

#include <unicode/uchar.h>

#include <algorithm>

#include "engine/prompt/chat_template/operations.h"
#include "engine/prompt/chat_template/unicode.h"

namespace deepwell::engine::chat_template {

namespace {

std::size_t previous(std::string_view text, std::size_t end) {
    std::size_t start = end - 1;
    while (start > 0 && (static_cast<unsigned char>(text[start]) & 0xC0) == 0x80) --start;
    return start;
}

bool is_line_end(char32_t c) {
    return (c >= 0x0A && c <= 0x0D) || (c >= 0x1C && c <= 0x1E) || c == 0x85 || c == 0x2028 ||
           c == 0x2029;
}

}  // namespace

Text stripped(const Text& text, const Value& characters, bool left, bool right) {
    const std::string& bytes = text.bytes();
    std::size_t begin = 0;
    std::size_t end = bytes.size();
    if (characters.is(Type::None)) {
        if (left) begin = leading_space(bytes);
        if (right && begin < end) end -= trailing_space(bytes);
        return text.slice(begin, std::max(begin, end));
    }
    if (!characters.is(Type::String)) {
        raise(Kind::Type, "strip arg must be None or str");
    }
    std::u32string set;
    for (std::size_t i = 0; i < characters.as_bytes().size();
         i += code_point_length(characters.as_bytes(), i)) {
        set += code_point_at(characters.as_bytes(), i);
    }
    const auto in_set = [&](std::size_t place) {
        return set.find(code_point_at(bytes, place)) != std::u32string::npos;
    };
    while (left && begin < end && in_set(begin)) begin += code_point_length(bytes, begin);
    while (right && begin < end && in_set(previous(bytes, end))) end = previous(bytes, end);
    return text.slice(begin, end);
}

Text replaced(Evaluator& evaluator, const Text& text, const Text& old, const Text& by,
              Integer count) {
    const std::string& bytes = text.bytes();
    evaluator.work(bytes.size());
    Text result;
    std::size_t start = 0;
    if (old.empty()) {  // between all characters, and at both ends
        for (std::size_t i = 0; count != 0; --count) {
            result.append(by);
            if (i >= bytes.size()) return result;
            const std::size_t end = i + code_point_length(bytes, i);
            result.append(text.slice(i, end));
            evaluator.check_size(result.size());
            start = i = end;
        }
        result.append(text.slice(start, bytes.size()));
        return result;
    }
    for (; count != 0; --count) {
        const std::size_t place = find_text(bytes, old.bytes(), start);
        if (place == std::string::npos) break;
        result.append(text.slice(start, place));
        result.append(by);
        evaluator.check_size(result.size());
        start = place + old.size();
    }
    if (start == 0) return text;
    result.append(text.slice(start, bytes.size()));
    return result;
}

std::vector<Text> lines_of(const Text& text, bool keep_ends) {
    const std::string& bytes = text.bytes();
    std::vector<Text> lines;
    std::size_t start = 0;
    for (std::size_t i = 0; i < bytes.size();) {
        const char32_t c = code_point_at(bytes, i);
        const std::size_t end = i;
        i += code_point_length(bytes, i);
        if (!is_line_end(c)) continue;
        if (c == '\r' && i < bytes.size() && bytes[i] == '\n') ++i;
        lines.push_back(text.slice(start, keep_ends ? i : end));
        start = i;
    }
    if (start < bytes.size()) lines.push_back(text.slice(start, bytes.size()));
    return lines;
}

std::vector<Text> words_of(const Text& text, Integer most) {
    const std::string& bytes = text.bytes();
    std::vector<Text> words;
    std::size_t place = leading_space(bytes);
    while (place < bytes.size()) {
        if (most-- == 0) {
            words.push_back(text.slice(place, bytes.size()));
            break;
        }
        std::size_t end = place;
        while (end < bytes.size() && !is_space(code_point_at(bytes, end))) {
            end += code_point_length(bytes, end);
        }
        words.push_back(text.slice(place, end));
        place = end + leading_space(std::string_view(bytes).substr(end));
    }
    return words;
}

std::vector<Text> words_from_right(const Text& text, Integer most) {
    const std::string& bytes = text.bytes();
    std::vector<Text> words;
    std::size_t end = bytes.size() - trailing_space(bytes);
    while (end > 0) {
        if (most-- == 0) {
            words.push_back(text.slice(0, end));
            break;
        }
        std::size_t start = end;
        while (start > 0 && !is_space(code_point_at(bytes, previous(bytes, start)))) {
            start = previous(bytes, start);
        }
        words.push_back(text.slice(start, end));
        end = start - trailing_space(std::string_view(bytes).substr(0, start));
    }
    std::reverse(words.begin(), words.end());
    return words;
}

std::vector<Text> parts_of(Evaluator& evaluator, const Text& text, const Text& separator,
                           Integer most) {
    if (separator.empty()) raise(Kind::Value, "empty separator");
    evaluator.work(text.size());
    std::vector<Text> parts;
    std::size_t start = 0;
    for (; most != 0; --most) {
        const std::size_t place = find_text(text.bytes(), separator.bytes(), start);
        if (place == std::string::npos) break;
        evaluator.step();
        parts.push_back(text.slice(start, place));
        start = place + separator.size();
    }
    parts.push_back(text.slice(start, text.size()));
    return parts;
}

std::vector<Text> parts_from_right(Evaluator& evaluator, const Text& text, const Text& separator,
                                   Integer most) {
    if (separator.empty()) raise(Kind::Value, "empty separator");
    std::vector<Text> parts;
    std::size_t end = text.size();
    for (; most != 0; --most) {
        evaluator.work(end);
        const std::size_t place =
            find_last_text(std::string_view(text.bytes()).substr(0, end), separator.bytes());
        if (place == std::string::npos) break;
        evaluator.step();
        parts.push_back(text.slice(place + separator.size(), end));
        end = place;
    }
    parts.push_back(text.slice(0, end));
    std::reverse(parts.begin(), parts.end());
    return parts;
}

std::string spaces(Evaluator& evaluator, Integer count) {
    if (count <= 0) return {};
    evaluator.check_size(static_cast<std::size_t>(std::min(count, Integer(1) << 40)));
    return std::string(static_cast<std::size_t>(count), ' ');
}

Text padded(Evaluator& evaluator, const Text& text, Integer width, const Text& fill, Side side) {
    if (code_point_count(fill.bytes()) != 1) {
        raise(Kind::Type, "The fill character must be exactly one character long");
    }
    const auto count = static_cast<Integer>(code_point_count(text.bytes()));
    if (width <= count) return text;
    evaluator.check_size(static_cast<std::size_t>(std::min(width, Integer(1) << 40)));
    const Integer missing = width - count;
    Integer left = missing;
    if (side == Side::Right) left = 0;
    if (side == Side::Both) left = missing / 2 + (missing & width & 1);
    Text result;
    for (Integer i = 0; i < left; ++i) result.append(fill);
    result.append(text);
    for (Integer i = left; i < missing; ++i) result.append(fill);
    return result;
}

bool is_word_character(char32_t c) {
    return c == '_' || u_isalnum(static_cast<UChar32>(c)) != 0;
}

Value list_of(Evaluator& evaluator, const std::vector<Text>& texts) {
    std::vector<Value> items;
    items.reserve(texts.size());
    evaluator.step(texts.size());
    for (const Text& text : texts) items.push_back(Value::string(text));
    return Value::list(std::move(items));
}

}  // namespace deepwell::engine::chat_template
