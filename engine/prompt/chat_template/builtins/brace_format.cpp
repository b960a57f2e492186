// 'text {}'.format(values)
#include <algorithm>

#include "engine/prompt/chat_template/builtins/format.h"
#include "engine/prompt/chat_template/builtins/markup.h"
#include "engine/prompt/chat_template/builtins/number_format.h"
#include "engine/prompt/chat_template/builtins/number_text.h"
#include "engine/prompt/chat_template/operations.h"
#include "engine/prompt/chat_template/unicode.h"

namespace deepwell::engine::chat_template {

namespace {

class Formatter {
public:
    Formatter(Evaluator& evaluator, const Arguments& arguments, bool escapes)
        : evaluator_(evaluator), arguments_(arguments), escapes_(escapes) {}

    Text run(const Text& format, int depth) {
        if (depth > 2) raise(Kind::Value, "Max string recursion exceeded");
        const std::string& bytes = format.bytes();
        Text result;
        std::size_t plain = 0;
        std::size_t place = 0;
        while (place < bytes.size()) {
            const char c = bytes[place];
            if (c != '{' && c != '}') {
                ++place;
                continue;
            }
            evaluator_.step();
            if (place + 1 < bytes.size() && bytes[place + 1] == c) {  // doubled: itself
                result.append(format.slice(plain, place + 1));
                place += 2;
            } else if (c == '}') {
                raise(Kind::Value, "Single '}' encountered in format string");
            } else {
                result.append(format.slice(plain, place));
                const std::size_t end = field_end(bytes, place);
                result.append(field(format.slice(place + 1, end), depth));
                place = end + 1;
            }
            plain = place;
            evaluator_.check_size(result.size());
        }
        result.append(format.slice(plain, bytes.size()));
        return result;
    }

private:
    static std::size_t field_end(const std::string& bytes, std::size_t open) {
        int depth = 0;
        for (std::size_t i = open; i < bytes.size(); ++i) {
            if (bytes[i] == '{') ++depth;
            if (bytes[i] == '}' && --depth == 0) return i;
        }
        raise(Kind::Value, "expected '}' before end of string");
    }

    Text field(const Text& text, int depth) {
        const std::string& bytes = text.bytes();
        const std::size_t name_end = std::min(bytes.find_first_of("!:"), bytes.size());
        Value value = named(bytes.substr(0, name_end));
        std::size_t place = name_end;
        if (place < bytes.size() && bytes[place] == '!') {
            const char conversion = place + 1 < bytes.size() ? bytes[place + 1] : '\0';
            if (conversion == 'r') {
                value = Value::string(repr_of(evaluator_, value));
            } else if (conversion == 'a') {
                value = Value::string(ascii_only(repr_of(evaluator_, value)));
            } else if (conversion == 's') {
                value = Value::string(text_of(evaluator_, value));
            } else {
                raise(Kind::Value, "Unknown conversion specifier");
            }
            place += 2;
        }
        FormatSpec spec;
        if (place < bytes.size()) {
            if (bytes[place] != ':') raise(Kind::Value, "expected ':' after conversion specifier");
            const Text layout = run(text.slice(place + 1, bytes.size()), depth + 1);
            if (!layout.empty() && !value.is_number() && !value.is(Type::String)) {
                raise(Kind::Type, "unsupported format string passed to " +
                                      std::string(type_name(value)) + ".__format__");
            }
            spec = parse_format_spec(layout);
        }
        if (escapes_ && value.is_markup()) return value.as_text();
        const Text result = formatted(evaluator_, value, spec);
        return escapes_ ? escaped_text(result) : result;
    }

    // name, 0, or nothing (the next one), then .attribute and [item] parts.
    Value named(const std::string& path) {
        std::size_t place = std::min(path.find_first_of(".["), path.size());
        const std::string first = path.substr(0, place);
        Value value;
        const auto index = parse_integer(first, 10);
        if (first.empty() || index) {
            const bool automatic = first.empty();
            if (automatic_numbers_.value_or(automatic) != automatic) {
                raise(Kind::Value, "cannot switch between manual and automatic field numbering");
            }
            automatic_numbers_ = automatic;
        }
        if (first.empty()) {
            value = positional(automatic_++);
        } else if (index) {
            value = positional(static_cast<std::size_t>(std::max<Integer>(0, *index)));
        } else {
            const auto entry = std::find_if(arguments_.named.begin(), arguments_.named.end(),
                                            [&](const auto& item) { return item.first == first; });
            if (entry == arguments_.named.end()) raise(Kind::Value, "missing key '" + first + "'");
            value = entry->second;
        }
        while (place < path.size()) {
            if (path[place] == '.') {
                const std::size_t end = std::min(path.find_first_of(".[", place + 1), path.size());
                value = get_attribute(evaluator_, value, path.substr(place + 1, end - place - 1));
                place = end;
            } else {
                const std::size_t end = path.find(']', place);
                if (path[place] != '[' || end == std::string::npos) {
                    raise(Kind::Value, "Missing ']' in format string");
                }
                const std::string key = path.substr(place + 1, end - place - 1);
                const auto place_in_list = parse_integer(key, 10);
                value =
                    get_item(evaluator_, value,
                             place_in_list ? Value::integer(*place_in_list) : Value::string(key));
                place = end + 1;
            }
        }
        return value;
    }

    Value positional(std::size_t index) {
        if (index >= arguments_.positional.size()) {
            raise(Kind::Value, "Replacement index " + std::to_string(index) +
                                   " out of range for positional args tuple");
        }
        return arguments_.positional[index];
    }

    Evaluator& evaluator_;
    const Arguments& arguments_;
    const bool escapes_;  // into markup
    std::size_t automatic_ = 0;
    std::optional<bool> automatic_numbers_;  // whether {} or {0} is used
};

}  // namespace

Value brace_format(Evaluator& evaluator, const Value& format, const Arguments& arguments) {
    return evaluator.string(
        Formatter(evaluator, arguments, format.is_markup()).run(format.as_text(), 0));
}

}  // namespace deepwell::engine::chat_template
