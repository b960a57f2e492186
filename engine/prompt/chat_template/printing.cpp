// str() and repr().
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>

#include "engine/prompt/chat_template/operations.h"
#include "engine/prompt/chat_template/unicode.h"

namespace deepwell::engine::chat_template {

namespace {

Text quoted(const Text& text) {
    const std::string& bytes = text.bytes();
    const bool use_double =
        bytes.find('\'') != std::string::npos && bytes.find('"') == std::string::npos;
    const char quote = use_double ? '"' : '\'';
    Text result;
    result.append(std::string_view(&quote, 1));
    std::size_t plain = 0;  // start of what goes over unchanged
    const auto flush = [&](std::size_t end) { result.append(text.slice(plain, end)); };
    for (std::size_t i = 0; i < bytes.size();) {
        const char32_t c = code_point_at(bytes, i);
        const std::size_t length = code_point_length(bytes, i);
        std::string escape;
        if (c == '\n') {
            escape = "\\n";
        } else if (c == '\r') {
            escape = "\\r";
        } else if (c == '\t') {
            escape = "\\t";
        } else if (c == '\\' || c == static_cast<char32_t>(quote)) {
            escape = {'\\', static_cast<char>(c)};
        } else if (c >= 0x7F || c < 0x20) {
            if (!is_printable(c)) {
                escape = c < 0x100     ? fmt::format("\\x{:02x}", static_cast<unsigned>(c))
                         : c < 0x10000 ? fmt::format("\\u{:04x}", static_cast<unsigned>(c))
                                       : fmt::format("\\U{:08x}", static_cast<unsigned>(c));
            }
        }
        if (!escape.empty()) {
            flush(i);
            result.append(escape, text.slice(i, i + length).from_data());
            plain = i + length;
        }
        i += length;
    }
    flush(bytes.size());
    result.append(std::string_view(&quote, 1));
    return result;
}

void append_items(Evaluator& evaluator, Text& text, const std::vector<Value>& items) {
    for (std::size_t i = 0; i < items.size(); ++i) {
        if (i > 0) text.append(", ");
        text.append(repr_of(evaluator, items[i]));
        evaluator.check_size(text.size());
    }
}

void append_entries(Evaluator& evaluator, Text& text, const MappingObject& mapping) {
    text.append("{");
    bool first = true;
    for (const auto& [key, value] : mapping.entries) {
        if (!first) text.append(", ");
        first = false;
        text.append(repr_of(evaluator, key));
        text.append(": ");
        text.append(repr_of(evaluator, value));
        evaluator.check_size(text.size());
    }
    text.append("}");
}

}  // namespace

std::string integer_text(Integer value) {
    if (value == 0) return "0";
    std::string digits;
    const bool negative = value < 0;
    // Digit by digit with the sign of the value, so that the lowest one needs no negation.
    for (; value != 0; value /= 10) {
        const int digit = static_cast<int>(value % 10);
        digits += static_cast<char>('0' + (digit < 0 ? -digit : digit));
    }
    if (negative) digits += '-';
    std::reverse(digits.begin(), digits.end());
    return digits;
}

// The shortest text that reads back, as Python lays it out.
std::string float_text(double value) {
    if (std::isnan(value)) return "nan";
    if (std::isinf(value)) return value < 0 ? "-inf" : "inf";
    char buffer[40];
    const auto end =
        std::to_chars(buffer, buffer + sizeof buffer, value, std::chars_format::scientific).ptr;
    const std::string_view text(buffer, static_cast<std::size_t>(end - buffer));
    const std::size_t mark = text.find('e');
    const bool negative = text[0] == '-';
    std::string digits;
    for (const char c : text.substr(0, mark)) {
        if (c != '-' && c != '.') digits += c;
    }
    int exponent = 0;
    const char* exponent_begin = buffer + mark + 1;
    if (*exponent_begin == '+') ++exponent_begin;
    std::from_chars(exponent_begin, end, exponent);
    std::string result = negative ? "-" : "";
    if (exponent < -4 || exponent >= 16) {
        result += digits[0];
        if (digits.size() > 1) result += "." + digits.substr(1);
        result += fmt::format("e{}{:02}", exponent < 0 ? '-' : '+', std::abs(exponent));
        return result;
    }
    if (exponent < 0) {
        return result + "0." + std::string(static_cast<std::size_t>(-exponent - 1), '0') + digits;
    }
    const auto whole = static_cast<std::size_t>(exponent) + 1;
    if (digits.size() < whole) digits.append(whole - digits.size(), '0');
    result += digits.substr(0, whole) + ".";
    return result + (digits.size() > whole ? digits.substr(whole) : "0");
}

Text text_of(Evaluator& evaluator, const Value& value) {
    if (value.is(Type::String)) return value.as_text();
    if (value.is_undefined()) return {};
    return repr_of(evaluator, value);
}

Text repr_of(Evaluator& evaluator, const Value& value) {
    const Evaluator::Nesting nesting(evaluator);
    evaluator.step();
    Text text;
    switch (value.type()) {
        case Type::Undefined:
            return Text("Undefined");
        case Type::None:
            return Text("None");
        case Type::Boolean:
            return Text(value.as_boolean() ? "True" : "False");
        case Type::Integer:
            return Text(integer_text(value.as_integer()));
        case Type::Float:
            return Text(float_text(value.as_double()));
        case Type::String:
            evaluator.work(value.as_text().size());
            if (!value.is_markup()) return quoted(value.as_text());
            text.append("Markup(");
            text.append(quoted(value.as_text()));
            text.append(")");
            return text;
        case Type::List:
            text.append("[");
            append_items(evaluator, text, value.items());
            text.append("]");
            return text;
        case Type::Tuple:
            text.append("(");
            append_items(evaluator, text, value.items());
            text.append(value.items().size() == 1 ? ",)" : ")");
            return text;
        case Type::Mapping:
            append_entries(evaluator, text, value.mapping());
            return text;
        case Type::Range: {
            const auto& range = value.as<RangeObject>();
            std::string bounds = fmt::format("range({}, {}", range.start, range.stop);
            if (range.step != 1) bounds += fmt::format(", {}", range.step);
            return Text(bounds + ")");
        }
        case Type::View:
            text.append(type_name(value));
            text.append("([");
            append_items(evaluator, text, view_items(value.as<ViewObject>()));
            text.append("])");
            return text;
        case Type::Namespace: {
            Value mapping = MappingObject::make();
            for (const auto& [name, item] : value.as<NamespaceObject>().attributes) {
                mapping.mapping().set(Value::string(name), item);
            }
            text.append("<Namespace ");
            append_entries(evaluator, text, mapping.mapping());
            text.append(">");
            return text;
        }
        case Type::Macro:
            return Text("<Macro '" + value.as<MacroObject>().code->name + "'>");
        case Type::Function:
            return Text("<function " + std::string(value.as<FunctionObject>().name) + ">");
        case Type::Loop:
            return Text("<LoopContext " +
                        integer_text(loop_attribute(evaluator, value, "index").as_integer()) + "/" +
                        std::to_string(loop_length(evaluator, value)) + ">");
        case Type::Iterator:
        case Type::Cycle:
            return Text("<" + std::string(type_name(value)) + " object>");
    }
    return text;
}

}  // namespace deepwell::engine::chat_template
