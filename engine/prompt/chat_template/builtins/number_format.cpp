#include "engine/prompt/chat_template/builtins/number_format.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "engine/prompt/chat_template/operations.h"
#include "engine/prompt/chat_template/unicode.h"

namespace deepwell::engine::chat_template {

namespace {

bool is_align(char c) {
    return c == '<' || c == '>' || c == '^' || c == '=';
}

// Reads digits at `place`; -1 if there are none.
Integer read_number(std::string_view text, std::size_t& place) {
    Integer value = -1;
    while (place < text.size() && text[place] >= '0' && text[place] <= '9') {
        value = std::max<Integer>(value, 0) * 10 + (text[place++] - '0');
        if (value > 100'000'000) raise(Kind::Value, "Too many decimal digits in format string");
    }
    return value;
}

std::string grouped(const std::string& digits, char group, std::size_t size) {
    std::string result;
    for (std::size_t i = 0; i < digits.size(); ++i) {
        if (i > 0 && (digits.size() - i) % size == 0) result += group;
        result += digits[i];
    }
    return result;
}

std::string in_base(Integer value, int base, bool upper) {
    if (value == 0) return "0";
    std::string digits;
    for (; value > 0; value /= base) {
        const int digit = static_cast<int>(value % base);
        digits += static_cast<char>(digit < 10 ? '0' + digit : (upper ? 'A' : 'a') + digit - 10);
    }
    std::reverse(digits.begin(), digits.end());
    return digits;
}

// Pads `text`, whose first `head` bytes are its sign and prefix.
Text laid_out(Evaluator& evaluator, const Text& text, std::size_t head, const FormatSpec& spec,
              char standard_align) {
    const auto count = static_cast<Integer>(code_point_count(text.bytes()));
    if (spec.width <= count) return text;
    evaluator.check_size(static_cast<std::size_t>(spec.width));
    const Integer missing = spec.width - count;
    const char align = spec.align == 0 ? standard_align : spec.align;
    const Integer left = align == '<' ? 0 : align == '^' ? missing / 2 : missing;
    Text result;
    if (align == '=') result.append(text.slice(0, head));
    for (Integer i = 0; i < left; ++i) result.append(spec.fill);
    result.append(align == '=' ? text.slice(head, text.size()) : text);
    for (Integer i = left; i < missing; ++i) result.append(spec.fill);
    return result;
}

std::string sign_of(bool negative, const FormatSpec& spec) {
    if (negative) return "-";
    return spec.sign == '+' ? "+" : spec.sign == ' ' ? " " : "";
}

Text formatted_integer(Evaluator& evaluator, Integer value, const FormatSpec& spec) {
    const bool negative = value < 0;
    std::string head = sign_of(negative, spec);
    std::string digits;
    const char type = spec.type == 0 || spec.type == 'n' ? 'd' : spec.type;
    if (type == 'c') {
        if (value < 0 || value > 0x10FFFF) raise(Kind::Overflow, "%c arg not in range(0x110000)");
        std::string letter;
        append_code_point(letter, static_cast<char32_t>(value));
        return laid_out(evaluator, Text(letter), 0, spec, '<');
    }
    if (type == 'd') {
        digits = integer_text(value);
        if (negative) digits.erase(0, 1);
    } else {
        const int base = type == 'b' ? 2 : type == 'o' ? 8 : 16;
        digits = in_base(negative ? -value : value, base, type == 'X');
        if (spec.alternative) head += std::string("0") + type;
    }
    if (spec.precision > static_cast<Integer>(digits.size())) {  // only '%' has it
        evaluator.check_size(static_cast<std::size_t>(spec.precision));
        digits.insert(0, static_cast<std::size_t>(spec.precision) - digits.size(), '0');
    }
    if (spec.group != 0) digits = grouped(digits, spec.group, type == 'd' ? 3 : 4);
    const std::size_t head_size = head.size();
    return laid_out(evaluator, Text(head + digits), head_size, spec, '>');
}

// 'g': Python's general form with a given number of significant digits.
std::string general(double value, int precision, bool upper) {
    return upper ? fmt::format("{:.{}G}", value, precision)
                 : fmt::format("{:.{}g}", value, precision);
}

Text formatted_float(Evaluator& evaluator, double value, const FormatSpec& spec) {
    if (spec.precision > 10'000) raise(Kind::Value, "precision too big");
    const bool negative = std::signbit(value) && !std::isnan(value);
    const std::string head = sign_of(negative, spec);
    const double size = std::abs(value);
    const int precision = spec.precision < 0 ? 6 : static_cast<int>(spec.precision);
    std::string digits;
    switch (spec.type) {
        case 'f':
        case 'F':
            digits = fmt::format("{:.{}f}", size, precision);
            break;
        case 'e':
            digits = fmt::format("{:.{}e}", size, precision);
            break;
        case 'E':
            digits = fmt::format("{:.{}E}", size, precision);
            break;
        case '%':
            digits = fmt::format("{:.{}f}%", size * 100, precision);
            break;
        case 0:
            digits = spec.precision < 0 ? float_text(size)
                                        : general(size, std::max(precision, 1), false);
            break;
        default:
            digits = general(size, std::max(precision, 1), spec.type == 'G');
            break;
    }
    if (spec.group != 0) {
        const std::size_t whole = std::min(digits.find_first_not_of("0123456789"), digits.size());
        digits = grouped(digits.substr(0, whole), spec.group, 3) + digits.substr(whole);
    }
    return laid_out(evaluator, Text(head + digits), head.size(), spec, '>');
}

}  // namespace

FormatSpec parse_format_spec(const Text& text) {
    FormatSpec spec;
    const std::string& bytes = text.bytes();
    spec.given = !bytes.empty();
    std::size_t place = 0;
    if (!bytes.empty()) {
        const std::size_t first = code_point_length(bytes, 0);
        if (first < bytes.size() && is_align(bytes[first])) {
            spec.fill = text.slice(0, first);
            spec.align = bytes[first];
            place = first + 1;
        } else if (is_align(bytes[0])) {
            spec.align = bytes[0];
            place = 1;
        }
    }
    const bool fill_given = place > 1;
    const auto at = [&](char c) { return place < bytes.size() && bytes[place] == c; };
    if (at('+') || at('-') || at(' ')) {
        spec.sign_given = true;
        spec.sign = bytes[place++];
    }
    if (at('#')) {
        spec.alternative = true;
        ++place;
    }
    if (at('0') && !fill_given) {
        spec.fill = Text("0");
        spec.zero = spec.align == 0;
        if (spec.zero) spec.align = '=';
        ++place;
    }
    spec.width = std::max<Integer>(0, read_number(bytes, place));
    if (at(',') || at('_')) spec.group = bytes[place++];
    if (at('.')) {
        ++place;
        spec.precision = read_number(bytes, place);
        if (spec.precision < 0) raise(Kind::Value, "Format specifier missing precision");
    }
    if (place < bytes.size()) spec.type = bytes[place++];
    if (place < bytes.size()) raise(Kind::Value, "Invalid format specifier");
    return spec;
}

Text formatted(Evaluator& evaluator, const Value& value, const FormatSpec& spec) {
    constexpr std::string_view kIntegers = "bcdoxXn";
    constexpr std::string_view kFloats = "eEfFgG%";
    const bool integer_type = spec.type != 0 && kIntegers.find(spec.type) != std::string_view::npos;
    const bool float_type = spec.type != 0 && kFloats.find(spec.type) != std::string_view::npos;
    const bool plain_boolean = value.is(Type::Boolean) && spec.type == 0 && !spec.given;
    if (value.is_integral() && !float_type && spec.given && spec.precision >= 0) {
        raise(Kind::Value, "Precision not allowed in integer format specifier");
    }
    if (value.is_integral() && !plain_boolean && (integer_type || spec.type == 0)) {
        return formatted_integer(evaluator, value.as_integer(), spec);
    }
    if (value.is_number() && !plain_boolean && (float_type || spec.type == 0)) {
        return formatted_float(evaluator, value.as_double(), spec);
    }
    if (spec.given && !value.is_number() && !value.is(Type::String)) {
        raise(Kind::Type, "unsupported format string passed to " + std::string(type_name(value)) +
                              ".__format__");
    }
    if (spec.type != 0 && (spec.type != 's' || value.is_number())) {
        raise(Kind::Value, std::string("Unknown format code '") + spec.type +
                               "' for object of type '" + std::string(type_name(value)) + "'");
    }
    if (spec.group != 0) raise(Kind::Value, "Cannot specify ',' with 's'.");
    if (spec.sign_given || (spec.alternative && spec.given)) {
        raise(Kind::Value, "Sign or '#' not allowed in string format specifier");
    }
    if (spec.align == '=' && !spec.zero)
        raise(Kind::Value, "'=' alignment not allowed in string format specifier");
    Text text = text_of(evaluator, value);
    if (spec.precision >= 0) {
        const auto most = static_cast<std::size_t>(spec.precision);
        text = text.slice(0, code_point_offset(text.bytes(), most));
    }
    if (!spec.zero) return laid_out(evaluator, text, 0, spec, '<');
    FormatSpec filled = spec;  // a leading 0 fills texts, but does not align them
    filled.align = '<';
    return laid_out(evaluator, text, 0, filled, '<');
}

}  // namespace deepwell::engine::chat_template
