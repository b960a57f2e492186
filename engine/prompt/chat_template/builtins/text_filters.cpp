// Filters on text.
#include <fmt/format.h>

#include "engine/prompt/chat_template/builtins/format.h"
#include "engine/prompt/chat_template/builtins/markup.h"
#include "engine/prompt/chat_template/builtins/parameters.h"
#include "engine/prompt/chat_template/builtins/tables.h"
#include "engine/prompt/chat_template/builtins/text_tools.h"
#include "engine/prompt/chat_template/operations.h"
#include "engine/prompt/chat_template/unicode.h"

namespace deepwell::engine::chat_template {

namespace {

Value upper(Evaluator& e, const Value& self, const Arguments& arguments) {
    const Parameters p("upper", arguments, {});
    return string_like(e, self, with_case(text_of(e, self), Case::Upper));
}

Value lower(Evaluator& e, const Value& self, const Arguments& arguments) {
    const Parameters p("lower", arguments, {});
    return string_like(e, self, with_case(text_of(e, self), Case::Lower));
}

Value capitalize(Evaluator& e, const Value& self, const Arguments& arguments) {
    const Parameters p("capitalize", arguments, {});
    return string_like(e, self, capitalized(text_of(e, self)));
}

// A letter behind white space, '-' or an opening bracket is upper; not behind an apostrophe.
Value title(Evaluator& e, const Value& self, const Arguments& arguments) {
    const Parameters p("title", arguments, {});
    const Text text = text_of(e, self);
    const std::string& bytes = text.bytes();
    Text result;
    std::size_t start = 0;
    while (start < text.size()) {
        const auto separates = [&](std::size_t i) {
            const char32_t c = code_point_at(bytes, i);
            return c == '-' || c == '(' || c == '{' || c == '[' || c == '<' || is_space(c);
        };
        std::size_t end = start;
        const bool is_separator = separates(start);
        while (end < text.size() && separates(end) == is_separator) {
            end += code_point_length(bytes, end);
        }
        if (is_separator) {
            result.append(text.slice(start, end));
        } else {
            const std::size_t first = start + code_point_length(bytes, start);
            result.append(with_case(text.slice(start, first), Case::Upper));
            result.append(with_case(text.slice(first, end), Case::Lower));
        }
        start = end;
    }
    return e.string(std::move(result));
}

Value trim(Evaluator& e, const Value& self, const Arguments& arguments) {
    const Parameters p("trim", arguments, {"chars"});
    return string_like(e, self, stripped(text_of(e, self), p[0], true, true));
}

Value to_string(Evaluator& e, const Value& self, const Arguments& arguments) {
    const Parameters p("string", arguments, {});
    return self.is(Type::String) ? self : e.string(text_of(e, self));
}

Value replace(Evaluator& e, const Value& self, const Arguments& arguments) {
    const Parameters p("replace", arguments, {"old", "new", "count"}, 2);
    return e.string(
        replaced(e, text_of(e, self), text_of(e, p[0]), text_of(e, p[1]), p.integer(2, -1)));
}

Value indent(Evaluator& e, const Value& self, const Arguments& arguments) {
    const Parameters p("indent", arguments, {"width", "first", "blank"});
    if (self.is_undefined()) self.fail_undefined();
    if (!self.is(Type::String)) {
        raise(Kind::Type, "can only indent str, not " + std::string(type_name(self)));
    }
    const Text step = p[0].is(Type::String) ? p[0].as_text() : Text(spaces(e, p.integer(0, 4)));
    const bool first = p.flag(1);
    const bool blank = p.flag(2);
    Text source = self.as_text();
    source.append("\n");
    Text result;
    bool is_first = true;
    for (const Text& line : lines_of(source, false)) {
        if (!is_first) result.append("\n");
        if (is_first ? first : blank || !line.empty()) result.append(step);
        result.append(line);
        is_first = false;
        e.check_size(result.size());
    }
    return string_like(e, self, std::move(result));
}

Value escape(Evaluator& e, const Value& self, const Arguments& arguments) {
    const Parameters p("escape", arguments, {});
    return Value::markup(e.string(as_markup(e, self)).as_text());
}

Value forceescape(Evaluator& e, const Value& self, const Arguments& arguments) {
    const Parameters p("forceescape", arguments, {});
    return Value::markup(e.string(escaped_text(text_of(e, self))).as_text());
}

Value safe(Evaluator& e, const Value& self, const Arguments& arguments) {
    const Parameters p("safe", arguments, {});
    return Value::markup(e.string(text_of(e, self)).as_text());
}

Value striptags(Evaluator& e, const Value& self, const Arguments& arguments) {
    const Parameters p("striptags", arguments, {});
    const Text text = text_of(e, self);
    Text without;
    std::size_t start = 0;
    for (std::size_t open = text.bytes().find('<'); open != std::string::npos;
         open = text.bytes().find('<', start)) {
        const std::size_t close = text.bytes().find('>', open);
        if (close == std::string::npos) break;
        without.append(text.slice(start, open));
        start = close + 1;
    }
    without.append(text.slice(start, text.size()));
    Text result;
    for (const Text& word : words_of(without, -1)) {
        if (!result.empty()) result.append(" ");
        result.append(word);
    }
    return e.string(std::move(result));
}

Value wordcount(Evaluator& e, const Value& self, const Arguments& arguments) {
    const Parameters p("wordcount", arguments, {});
    const Text text = text_of(e, self);
    Integer count = 0;
    bool in_word = false;
    for (std::size_t i = 0; i < text.size(); i += code_point_length(text.bytes(), i)) {
        const bool is_word = is_word_character(code_point_at(text.bytes(), i));
        count += is_word && !in_word ? 1 : 0;
        in_word = is_word;
    }
    return Value::integer(count);
}

Value truncate(Evaluator& e, const Value& self, const Arguments& arguments) {
    const Parameters p("truncate", arguments, {"length", "killwords", "end", "leeway"});
    const auto count = static_cast<Integer>(length(e, self));
    const Integer wanted = p.integer(0, 255);
    const Text end = p.has(2) ? text_of(e, p[2]) : Text("...");
    const auto end_count = static_cast<Integer>(code_point_count(end.bytes()));
    if (wanted < end_count) raise(Kind::Value, "truncate: length is shorter than its end");
    if (count <= wanted + p.integer(3, 5)) return self;
    if (!self.is(Type::String)) {
        raise(Kind::Type, "cannot truncate '" + std::string(type_name(self)) + "'");
    }
    const Text& text = self.as_text();
    std::size_t cut = code_point_offset(text.bytes(), static_cast<std::size_t>(wanted - end_count));
    if (!p.flag(1)) {
        const std::size_t blank = std::string_view(text.bytes()).substr(0, cut).rfind(' ');
        if (blank != std::string_view::npos) cut = blank;
    }
    Text result = text.slice(0, cut);
    result.append(self.is_markup() && p.has(2) ? as_markup(e, p[2]) : end);
    return string_like(e, self, std::move(result));
}

Value center(Evaluator& e, const Value& self, const Arguments& arguments) {
    const Parameters p("center", arguments, {"width"});
    return string_like(e, self,
                       padded(e, text_of(e, self), p.integer(0, 80), Text(" "), Side::Both));
}

Value urlencode(Evaluator& e, const Value& self, const Arguments& arguments) {
    const Parameters p("urlencode", arguments, {});
    const auto quoted = [&e](const Value& value, bool is_query) {
        const Text text = text_of(e, value);
        Text result;
        for (std::size_t i = 0; i < text.size(); ++i) {
            const char byte = text.bytes()[i];
            const bool plain = (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z') ||
                               (byte >= 'A' && byte <= 'Z') || byte == '_' || byte == '.' ||
                               byte == '-' || byte == '~' || (byte == '/' && !is_query);
            if (plain) {
                result.append(text.slice(i, i + 1));
            } else if (is_query && byte == ' ') {
                result.append("+");
            } else {
                result.append(fmt::format("%{:02X}", static_cast<unsigned char>(byte)));
            }
        }
        return result;
    };
    if (self.is(Type::String) || !is_iterable(self)) return e.string(quoted(self, false));
    std::vector<Value> pairs;
    if (self.is(Type::Mapping)) {
        for (const auto& [key, value] : self.mapping().entries) {
            pairs.push_back(Value::tuple({key, value}));
        }
    } else {
        pairs = to_vector(e, self);
    }
    Text result;
    for (const Value& pair : pairs) {
        const std::vector<Value> parts = to_vector(e, pair);
        if (parts.size() != 2) raise(Kind::Value, "urlencode needs pairs");
        if (!result.empty()) result.append("&");
        result.append(quoted(parts[0], true));
        result.append("=");
        result.append(quoted(parts[1], true));
    }
    return e.string(std::move(result));
}

Value format(Evaluator& e, const Value& self, const Arguments& arguments) {
    if (!arguments.positional.empty() && !arguments.named.empty()) {
        raise(Kind::Runtime, "can't handle positional and keyword arguments at the same time");
    }
    const Value text = self.is(Type::String) ? self : Value::string(text_of(e, self));
    if (arguments.named.empty()) return percent_format(e, text, Value::tuple(arguments.positional));
    Value mapping = MappingObject::make();
    for (const auto& [name, value] : arguments.named) {
        mapping.mapping().set(Value::string(name), value);
    }
    return percent_format(e, text, mapping);
}

Value to_json(Evaluator& e, const Value& self, const Arguments& arguments) {
    const Parameters p("tojson", arguments, {"ensure_ascii", "indent", "separators", "sort_keys"});
    JsonFormat json;
    json.ensure_ascii = p.flag(0);
    json.sort_keys = p.flag(3);
    if (p.has(1) && !p[1].is(Type::None)) {
        json.has_indent = true;
        json.item_separator = Text(",");
        json.indent = p[1].is(Type::String) ? p[1].as_text() : Text(spaces(e, p.integer(1, 0)));
    }
    if (p.has(2) && !p[2].is(Type::None)) {
        const std::vector<Value> separators = to_vector(e, p[2]);
        if (separators.size() != 2) raise(Kind::Value, "tojson needs two separators");
        json.item_separator = text_of(e, separators[0]);
        json.key_separator = text_of(e, separators[1]);
    }
    return e.string(json_text(e, self, json));
}

Value pprint(Evaluator& e, const Value& self, const Arguments& arguments) {
    const Parameters p("pprint", arguments, {});
    return e.string(repr_of(e, self));
}

constexpr Filter kFilters[] = {
    {"upper", upper},
    {"lower", lower},
    {"capitalize", capitalize},
    {"title", title},
    {"trim", trim},
    {"string", to_string},
    {"replace", replace},
    {"indent", indent},
    {"escape", escape},
    {"e", escape},
    {"forceescape", forceescape},
    {"safe", safe},
    {"striptags", striptags},
    {"wordcount", wordcount},
    {"truncate", truncate},
    {"center", center},
    {"urlencode", urlencode},
    {"format", format},
    {"tojson", to_json},
    {"pprint", pprint},
};

}  // namespace

std::span<const Filter> text_filters() {
    return kFilters;
}

}  // namespace deepwell::engine::chat_template
