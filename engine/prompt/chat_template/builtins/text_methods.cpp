// Methods of strings that make other strings.
#include "engine/prompt/chat_template/builtins/format.h"
#include "engine/prompt/chat_template/builtins/markup.h"
#include "engine/prompt/chat_template/builtins/parameters.h"
#include "engine/prompt/chat_template/builtins/tables.h"
#include "engine/prompt/chat_template/builtins/text_tools.h"
#include "engine/prompt/chat_template/operations.h"
#include "engine/prompt/chat_template/unicode.h"

namespace deepwell::engine::chat_template {

namespace {

Value strip_ends(Evaluator& e, const Value& self, const Arguments& arguments, bool left,
                 bool right) {
    const Parameters p("strip", arguments, {"chars"});
    return e.string(stripped(self.as_text(), p[0], left, right));
}
Value strip(Evaluator& e, const Value& self, const Arguments& a) {
    return strip_ends(e, self, a, true, true);
}
Value lstrip(Evaluator& e, const Value& self, const Arguments& a) {
    return strip_ends(e, self, a, true, false);
}
Value rstrip(Evaluator& e, const Value& self, const Arguments& a) {
    return strip_ends(e, self, a, false, true);
}

Value split(Evaluator& e, const Value& self, const Arguments& arguments) {
    const Parameters p("split", arguments, {"sep", "maxsplit"});
    const Integer most = p.integer(1, -1);
    if (p[0].is(Type::None)) return list_of(e, words_of(self.as_text(), most));
    return list_of(e, parts_of(e, self.as_text(), p.text(0), most));
}

Value rsplit(Evaluator& e, const Value& self, const Arguments& arguments) {
    const Parameters p("rsplit", arguments, {"sep", "maxsplit"});
    const Integer most = p.integer(1, -1);
    if (p[0].is(Type::None)) return list_of(e, words_from_right(self.as_text(), most));
    return list_of(e, parts_from_right(e, self.as_text(), p.text(0), most));
}

Value splitlines(Evaluator& e, const Value& self, const Arguments& arguments) {
    const Parameters p("splitlines", arguments, {"keepends"});
    return list_of(e, lines_of(self.as_text(), p.flag(0)));
}

Value parted(Evaluator& e, const Value& self, const Arguments& arguments, bool from_right) {
    const Parameters p("partition", arguments, {"sep"}, 1);
    const Text& text = self.as_text();
    const Text separator = p.text(0);
    if (separator.empty()) raise(Kind::Value, "empty separator");
    e.work(text.size());
    const std::size_t place = from_right ? find_last_text(text.bytes(), separator.bytes())
                                         : find_text(text.bytes(), separator.bytes());
    if (place == std::string::npos) {
        const Value empty = Value::string("");
        return from_right ? Value::tuple({empty, empty, self}) : Value::tuple({self, empty, empty});
    }
    return Value::tuple({Value::string(text.slice(0, place)), Value::string(separator),
                         Value::string(text.slice(place + separator.size(), text.size()))});
}
Value partition(Evaluator& e, const Value& self, const Arguments& a) {
    return parted(e, self, a, false);
}
Value rpartition(Evaluator& e, const Value& self, const Arguments& a) {
    return parted(e, self, a, true);
}

Value replace(Evaluator& e, const Value& self, const Arguments& arguments) {
    const Parameters p("replace", arguments, {"old", "new", "count"}, 2);
    return e.string(replaced(e, self.as_text(), p.text(0), p.text(1), p.integer(2, -1)));
}

Value join(Evaluator& e, const Value& self, const Arguments& arguments) {
    const Parameters p("join", arguments, {"iterable"}, 1);
    Text result;
    std::size_t index = 0;
    for (const Value& item : to_vector(e, p[0])) {
        if (!item.is(Type::String) && !self.is_markup()) {
            raise(Kind::Type, "sequence item " + std::to_string(index) +
                                  ": expected str instance, " + std::string(type_name(item)) +
                                  " found");
        }
        if (index++ > 0) result.append(self.as_text());
        result.append(self.is_markup() ? as_markup(e, item) : item.as_text());
        e.check_size(result.size());
    }
    return e.string(std::move(result));
}

Value upper(Evaluator& e, const Value& self, const Arguments& arguments) {
    const Parameters p("upper", arguments, {});
    return e.string(with_case(self.as_text(), Case::Upper));
}
Value lower(Evaluator& e, const Value& self, const Arguments& arguments) {
    const Parameters p("lower", arguments, {});
    return e.string(with_case(self.as_text(), Case::Lower));
}
Value casefold(Evaluator& e, const Value& self, const Arguments& arguments) {
    const Parameters p("casefold", arguments, {});
    return e.string(with_case(self.as_text(), Case::Folded));
}
Value title(Evaluator& e, const Value& self, const Arguments& arguments) {
    const Parameters p("title", arguments, {});
    return e.string(title_cased(self.as_text()));
}
Value capitalize(Evaluator& e, const Value& self, const Arguments& arguments) {
    const Parameters p("capitalize", arguments, {});
    return e.string(capitalized(self.as_text()));
}

Value swapcase(Evaluator& e, const Value& self, const Arguments& arguments) {
    const Parameters p("swapcase", arguments, {});
    const Text& text = self.as_text();
    Text result;
    for (std::size_t i = 0; i < text.size();) {
        const std::size_t end = i + code_point_length(text.bytes(), i);
        const Text letter = text.slice(i, end);
        const Text lower_letter = with_case(letter, Case::Lower);
        result.append(lower_letter.bytes() == letter.bytes() ? with_case(letter, Case::Upper)
                                                             : lower_letter);
        i = end;
    }
    return e.string(std::move(result));
}

Value without_prefix(Evaluator& e, const Value& self, const Arguments& arguments) {
    const Parameters p("removeprefix", arguments, {"prefix"}, 1);
    const Text& text = self.as_text();
    const Text prefix = p.text(0);
    if (!text.bytes().starts_with(prefix.bytes())) return self;
    return e.string(text.slice(prefix.size(), text.size()));
}
Value without_suffix(Evaluator& e, const Value& self, const Arguments& arguments) {
    const Parameters p("removesuffix", arguments, {"suffix"}, 1);
    const Text& text = self.as_text();
    const Text suffix = p.text(0);
    if (suffix.empty() || !text.bytes().ends_with(suffix.bytes())) return self;
    return e.string(text.slice(0, text.size() - suffix.size()));
}

Value fill(Evaluator& e, const Value& self, const Arguments& arguments, Side side) {
    const Parameters p("just", arguments, {"width", "fillchar"}, 1);
    const Text filler = p.has(1) ? p.text(1) : Text(" ");
    return e.string(padded(e, self.as_text(), p.integer(0, 0), filler, side));
}
Value center(Evaluator& e, const Value& self, const Arguments& a) {
    return fill(e, self, a, Side::Both);
}
Value ljust(Evaluator& e, const Value& self, const Arguments& a) {
    return fill(e, self, a, Side::Right);
}
Value rjust(Evaluator& e, const Value& self, const Arguments& a) {
    return fill(e, self, a, Side::Left);
}

Value zfill(Evaluator& e, const Value& self, const Arguments& arguments) {
    const Parameters p("zfill", arguments, {"width"}, 1);
    const Text& text = self.as_text();
    const bool has_sign = !text.empty() && (text.bytes()[0] == '-' || text.bytes()[0] == '+');
    const std::size_t sign = has_sign ? 1 : 0;
    Text result = text.slice(0, sign);
    result.append(padded(e, text.slice(sign, text.size()),
                         p.integer(0, 0) - static_cast<Integer>(sign), Text("0"), Side::Left));
    return e.string(std::move(result));
}

Value expandtabs(Evaluator& e, const Value& self, const Arguments& arguments) {
    const Parameters p("expandtabs", arguments, {"tabsize"});
    const Integer size = p.integer(0, 8);
    const Text& text = self.as_text();
    Text result;
    Integer column = 0;
    for (std::size_t i = 0; i < text.size();) {
        const std::size_t end = i + code_point_length(text.bytes(), i);
        const char byte = text.bytes()[i];
        if (byte == '\t') {
            const Integer blanks = size > 0 ? size - column % size : 0;
            result.append(spaces(e, blanks));
            e.check_size(result.size());
            column += blanks;
        } else {
            result.append(text.slice(i, end));
            column = byte == '\n' || byte == '\r' ? 0 : column + 1;
        }
        i = end;
    }
    return e.string(std::move(result));
}

Value format(Evaluator& e, const Value& self, const Arguments& arguments) {
    return brace_format(e, self, arguments);
}

// 'text {name}'.format_map(mapping)
Value format_map(Evaluator& e, const Value& self, const Arguments& arguments) {
    const Parameters p("format_map", arguments, {"mapping"}, 1);
    if (!p[0].is(Type::Mapping)) raise(Kind::Type, "format_map() takes a mapping");
    Arguments named;
    for (const auto& [key, value] : p[0].mapping().entries) {
        if (key.is(Type::String)) named.named.emplace_back(key.as_bytes(), value);
    }
    return brace_format(e, self, named);
}

constexpr Method kMethods[] = {
    {"strip", strip},
    {"lstrip", lstrip},
    {"rstrip", rstrip},
    {"split", split, true},
    {"rsplit", rsplit, true},
    {"splitlines", splitlines, true},
    {"partition", partition},
    {"rpartition", rpartition},
    {"replace", replace, true},  // its count, since Python 3.13
    {"join", join},
    {"upper", upper},
    {"lower", lower},
    {"casefold", casefold},
    {"title", title},
    {"capitalize", capitalize},
    {"swapcase", swapcase},
    {"removeprefix", without_prefix},
    {"removesuffix", without_suffix},
    {"center", center},
    {"ljust", ljust},
    {"rjust", rjust},
    {"zfill", zfill},
    {"expandtabs", expandtabs, true},
    {"format", format, true},
    {"format_map", format_map},
};

}  // namespace

std::span<const Method> text_methods() {
    return kMethods;
}

}  // namespace deepwell::engine::chat_template
