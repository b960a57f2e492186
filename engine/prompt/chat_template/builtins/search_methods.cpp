// Methods of strings that ask something of them.
#include <unicode/uchar.h>

#include <algorithm>

#include "engine/prompt/chat_template/builtins/parameters.h"
#include "engine/prompt/chat_template/builtins/tables.h"
#include "engine/prompt/chat_template/builtins/text_tools.h"
#include "engine/prompt/chat_template/operations.h"
#include "engine/prompt/chat_template/unicode.h"

namespace deepwell::engine::chat_template {

namespace {

// The part of the text that start and end (parameters 1 and 2) leave, as byte offsets.
struct Bounds {
    std::size_t begin = 0, end = 0;
    bool possible = true;  // false: the start lies behind the end
};

Bounds bounds_of(Evaluator& e, const Value& self, const Parameters& p) {
    const std::string& bytes = self.as_bytes();
    if (!p.has(1) && !p.has(2)) return {0, bytes.size(), true};
    const Integer size = length(e, self);
    const auto clamped = [&](std::size_t index, Integer standard) {
        Integer place = p.integer(index, standard);
        if (place < 0) place = std::max<Integer>(0, place + size);
        return place;
    };
    const Integer start = clamped(1, 0);
    const Integer end = std::min(clamped(2, size), size);
    if (start > end) return {0, 0, false};
    return {code_point_offset(bytes, static_cast<std::size_t>(start)),
            code_point_offset(bytes, static_cast<std::size_t>(end)), true};
}

Value affix(Evaluator& e, const Value& self, const Arguments& arguments, bool at_start) {
    const Parameters p(at_start ? "startswith" : "endswith", arguments, {"prefix", "start", "end"},
                       1);
    const Bounds bounds = bounds_of(e, self, p);
    const std::string_view text =
        std::string_view(self.as_bytes()).substr(bounds.begin, bounds.end - bounds.begin);
    std::vector<Value> wanted{p[0]};
    if (p[0].is(Type::Tuple)) wanted = p[0].items();
    for (const Value& one : wanted) {
        if (!one.is(Type::String)) {
            raise(Kind::Type,
                  "first arg must be str or a tuple of str, not " + std::string(type_name(one)));
        }
        const std::string& part = one.as_bytes();
        if (bounds.possible && (at_start ? text.starts_with(part) : text.ends_with(part))) {
            return Value::boolean(true);
        }
    }
    return Value::boolean(false);
}
Value startswith(Evaluator& e, const Value& self, const Arguments& a) {
    return affix(e, self, a, true);
}
Value endswith(Evaluator& e, const Value& self, const Arguments& a) {
    return affix(e, self, a, false);
}

// Character offset, -1 if not found.
Integer place_of(Evaluator& e, const Value& self, const Arguments& arguments, bool from_right) {
    const Parameters p("find", arguments, {"sub", "start", "end"}, 1);
    const Bounds bounds = bounds_of(e, self, p);
    const Text wanted = p.text(0);
    if (!bounds.possible) return -1;
    e.work(self.as_text().size());
    const std::string_view all(self.as_bytes());
    const std::string_view text = all.substr(bounds.begin, bounds.end - bounds.begin);
    const std::size_t place =
        from_right ? find_last_text(text, wanted.bytes()) : find_text(text, wanted.bytes());
    if (place == std::string_view::npos) return -1;
    return static_cast<Integer>(code_point_count(all.substr(0, bounds.begin + place)));
}
Value find(Evaluator& e, const Value& self, const Arguments& a) {
    return Value::integer(place_of(e, self, a, false));
}
Value rfind(Evaluator& e, const Value& self, const Arguments& a) {
    return Value::integer(place_of(e, self, a, true));
}
Value index_or_fail(Integer place) {
    if (place < 0) raise(Kind::Value, "substring not found");
    return Value::integer(place);
}
Value index(Evaluator& e, const Value& self, const Arguments& a) {
    return index_or_fail(place_of(e, self, a, false));
}
Value rindex(Evaluator& e, const Value& self, const Arguments& a) {
    return index_or_fail(place_of(e, self, a, true));
}

Value count(Evaluator& e, const Value& self, const Arguments& arguments) {
    const Parameters p("count", arguments, {"sub", "start", "end"}, 1);
    const Bounds bounds = bounds_of(e, self, p);
    const Text wanted = p.text(0);
    if (!bounds.possible) return Value::integer(0);
    e.work(self.as_text().size());
    const std::string_view text =
        std::string_view(self.as_bytes()).substr(bounds.begin, bounds.end - bounds.begin);
    if (wanted.empty()) return Value::integer(static_cast<Integer>(code_point_count(text)) + 1);
    Integer times = 0;
    for (std::size_t place = find_text(text, wanted.bytes()); place != std::string_view::npos;
         place = find_text(text, wanted.bytes(), place + wanted.size())) {
        e.step();
        ++times;
    }
    return Value::integer(times);
}

// All characters have it, and there is one.
template <bool (*Check)(UChar32)>
Value all_are(Evaluator& e, const Value& self, const Arguments& arguments) {
    const Parameters p("is", arguments, {});
    const std::string& bytes = self.as_bytes();
    e.work(bytes.size());
    bool all = !bytes.empty();
    for (std::size_t i = 0; all && i < bytes.size(); i += code_point_length(bytes, i)) {
        all = Check(static_cast<UChar32>(code_point_at(bytes, i)));
    }
    return Value::boolean(all);
}

bool letter(UChar32 c) {
    return u_isalpha(c) != 0;
}
bool decimal(UChar32 c) {
    return u_charType(c) == U_DECIMAL_DIGIT_NUMBER;
}
bool digit(UChar32 c) {
    const auto type = u_getIntPropertyValue(c, UCHAR_NUMERIC_TYPE);
    return type == U_NT_DECIMAL || type == U_NT_DIGIT;
}
bool numeric(UChar32 c) {
    return u_getIntPropertyValue(c, UCHAR_NUMERIC_TYPE) != U_NT_NONE;
}
bool letter_or_number(UChar32 c) {
    return letter(c) || numeric(c);
}
bool space(UChar32 c) {
    return is_space(static_cast<char32_t>(c));
}

Value cased(Evaluator& e, const Value& self, const Arguments& arguments, std::string_view test) {
    return Value::boolean(find_test(test)->run(e, self, arguments));
}
Value islower(Evaluator& e, const Value& self, const Arguments& a) {
    return cased(e, self, a, "lower");
}
Value isupper(Evaluator& e, const Value& self, const Arguments& a) {
    return cased(e, self, a, "upper");
}

Value istitle(Evaluator& e, const Value& self, const Arguments& arguments) {
    const Parameters p("istitle", arguments, {});
    const Text& text = self.as_text();
    e.work(text.size());
    const bool has_letter =
        with_case(text, Case::Upper).bytes() != with_case(text, Case::Lower).bytes();
    return Value::boolean(has_letter && title_cased(text).bytes() == text.bytes());
}

Value isascii(Evaluator& e, const Value& self, const Arguments& arguments) {
    const Parameters p("isascii", arguments, {});
    e.work(self.as_text().size());
    return Value::boolean(std::all_of(self.as_bytes().begin(), self.as_bytes().end(),
                                      [](char c) { return static_cast<unsigned char>(c) < 0x80; }));
}

Value isprintable(Evaluator& e, const Value& self, const Arguments& arguments) {
    const Parameters p("isprintable", arguments, {});
    const std::string& bytes = self.as_bytes();
    e.work(bytes.size());
    for (std::size_t i = 0; i < bytes.size(); i += code_point_length(bytes, i)) {
        if (!is_printable(code_point_at(bytes, i))) return Value::boolean(false);
    }
    return Value::boolean(true);
}

Value isidentifier(Evaluator& e, const Value& self, const Arguments& arguments) {
    const Parameters p("isidentifier", arguments, {});
    const std::string& bytes = self.as_bytes();
    e.work(bytes.size());
    bool fits = !bytes.empty();
    for (std::size_t i = 0; fits && i < bytes.size(); i += code_point_length(bytes, i)) {
        const auto c = static_cast<UChar32>(code_point_at(bytes, i));
        fits = c == '_' || (i == 0 ? u_hasBinaryProperty(c, UCHAR_XID_START)
                                   : u_hasBinaryProperty(c, UCHAR_XID_CONTINUE)) != 0;
    }
    return Value::boolean(fits);
}

constexpr Method kMethods[] = {
    {"startswith", startswith},
    {"endswith", endswith},
    {"find", find},
    {"rfind", rfind},
    {"index", index},
    {"rindex", rindex},
    {"count", count},
    {"isalpha", all_are<letter>},
    {"isdigit", all_are<digit>},
    {"isdecimal", all_are<decimal>},
    {"isnumeric", all_are<numeric>},
    {"isalnum", all_are<letter_or_number>},
    {"isspace", all_are<space>},
    {"islower", islower},
    {"isupper", isupper},
    {"istitle", istitle},
    {"isascii", isascii},
    {"isprintable", isprintable},
    {"isidentifier", isidentifier},
};

}  // namespace

std::span<const Method> search_methods() {
    return kMethods;
}

}  // namespace deepwell::engine::chat_template
