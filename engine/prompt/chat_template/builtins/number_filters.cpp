// Filters on numbers.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "engine/prompt/chat_template/builtins/number_text.h"
#include "engine/prompt/chat_template/builtins/parameters.h"
#include "engine/prompt/chat_template/builtins/tables.h"
#include "engine/prompt/chat_template/operations.h"

namespace deepwell::engine::chat_template {

namespace {

// int(float): nothing for what is no finite number of our range.
std::optional<Integer> whole_part(double value) {
    if (!(std::abs(value) < 1e38)) return std::nullopt;
    return static_cast<Integer>(value);
}

Value to_int(Evaluator&, const Value& self, const Arguments& arguments) {
    const Parameters p("int", arguments, {"default", "base"});
    const Value standard = p.has(0) ? p[0] : Value::integer(0);
    if (self.is_integral()) return Value::integer(self.as_integer());
    if (self.is(Type::String)) {
        const Integer base = p.integer(1, 10);
        if (auto value = parse_integer(self.as_bytes(), static_cast<int>(base))) {
            return Value::integer(*value);
        }
        if (auto value = parse_float(self.as_bytes())) {
            if (auto whole = whole_part(*value)) return Value::integer(*whole);
        }
        return standard;
    }
    if (self.is(Type::Float)) {
        if (auto whole = whole_part(self.as_double())) return Value::integer(*whole);
    }
    if (self.is_undefined()) self.fail_undefined();
    return standard;
}

Value to_float(Evaluator&, const Value& self, const Arguments& arguments) {
    const Parameters p("float", arguments, {"default"});
    if (self.is_number()) return Value::real(self.as_double());
    if (self.is_undefined()) self.fail_undefined();
    if (self.is(Type::String)) {
        if (auto value = parse_float(self.as_bytes())) return Value::real(*value);
    }
    return p.has(0) ? p[0] : Value::real(0);
}

Value abs_of(Evaluator&, const Value& self, const Arguments& arguments) {
    const Parameters p("abs", arguments, {});
    if (!self.is_number()) {
        raise(Kind::Type, "bad operand type for abs(): '" + std::string(type_name(self)) + "'");
    }
    if (self.is(Type::Float)) return Value::real(std::abs(self.as_double()));
    return negated(Value::integer(self.as_integer()), self.as_integer() < 0);
}

// To the nearest decimal, ties to even, by the exact value of the number.
double rounded(double value, Integer digits) {
    if (!std::isfinite(value) || digits > 300) return value;
    if (digits >= 0) {
        return std::strtod(fmt::format("{:.{}f}", value, static_cast<int>(digits)).c_str(),
                           nullptr);
    }
    const double power = std::pow(10.0, static_cast<double>(-std::max<Integer>(digits, -308)));
    return std::nearbyint(value / power) * power;
}

Value round_of(Evaluator& e, const Value& self, const Arguments& arguments) {
    const Parameters p("round", arguments, {"precision", "method"});
    const std::string method = p.has(1) ? text_of(e, p[1]).bytes() : "common";
    if (method != "common" && method != "ceil" && method != "floor") {
        raise(Kind::Runtime, "method must be common, ceil or floor");
    }
    if (self.is_undefined() && method != "common") self.fail_undefined();
    if (!self.is_number()) {
        raise(Kind::Type, "type " + std::string(type_name(self)) + " doesn't define __round__");
    }
    const Integer digits = p.integer(0, 0);
    if (method == "common") {
        if (!self.is_integral()) return Value::real(rounded(self.as_double(), digits));
        if (digits >= 0) return Value::integer(self.as_integer());
        return Value::integer(
            static_cast<Integer>(rounded(static_cast<double>(self.as_integer()), digits)));
    }
    const double power = std::pow(10.0, static_cast<double>(digits));
    const double scaled = self.as_double() * power;
    return Value::real((method == "ceil" ? std::ceil(scaled) : std::floor(scaled)) / power);
}

Value filesizeformat(Evaluator& e, const Value& self, const Arguments& arguments) {
    const Parameters p("filesizeformat", arguments, {"binary"});
    if (self.is_undefined()) self.fail_undefined();
    std::optional<double> bytes;
    if (self.is_number()) bytes = self.as_double();
    if (self.is(Type::String)) bytes = parse_float(self.as_bytes());
    if (!bytes && self.is(Type::String)) {
        raise(Kind::Value, "could not convert string to float: " + repr_of(e, self).bytes());
    }
    if (!bytes) raise(Kind::Type, "filesizeformat needs a number");
    const bool binary = p.flag(0);
    const double base = binary ? 1024 : 1000;
    if (*bytes == 1) return Value::string("1 Byte");
    if (*bytes < base) return Value::string(fmt::format("{} Bytes", static_cast<long>(*bytes)));
    const char* units = "kMGTPEZY";
    double unit = base;
    int place = 0;
    while (place < 7 && *bytes >= unit * base) {
        unit *= base;
        ++place;
    }
    const char letter = binary && place == 0 ? 'K' : units[place];
    return Value::string(fmt::format("{:.1f} {}{}", *bytes / unit, letter, binary ? "iB" : "B"));
}

constexpr Filter kFilters[] = {
    {"int", to_int},
    {"float", to_float},
    {"abs", abs_of},
    {"round", round_of},
    {"filesizeformat", filesizeformat},
};

}  // namespace

std::span<const Filter> number_filters() {
    return kFilters;
}

}  // namespace deepwell::engine::chat_template
