// Tests: what may stand behind `is`.
#include <unicode/uchar.h>

#include <unordered_map>

#include "engine/prompt/chat_template/builtins/parameters.h"
#include "engine/prompt/chat_template/builtins/tables.h"
#include "engine/prompt/chat_template/builtins/text_tools.h"
#include "engine/prompt/chat_template/operations.h"
#include "engine/prompt/chat_template/unicode.h"

namespace deepwell::engine::chat_template {

namespace {

using Run = bool (*)(Evaluator&, const Value&, const Arguments&);

void none_but_value(std::string_view name, const Arguments& arguments) {
    const Parameters p(name, arguments, {});
}

// A test of the value alone.
template <bool (*Check)(Evaluator&, const Value&)>
bool plain(Evaluator& e, const Value& value, const Arguments& arguments) {
    none_but_value("test", arguments);
    return Check(e, value);
}

bool is_defined(Evaluator&, const Value& v) {
    return !v.is_undefined();
}
bool is_undefined(Evaluator&, const Value& v) {
    return v.is_undefined();
}
bool is_none(Evaluator&, const Value& v) {
    return v.is(Type::None);
}
bool is_string(Evaluator&, const Value& v) {
    return v.is(Type::String);
}
bool is_number(Evaluator&, const Value& v) {
    return v.is_number();
}
bool is_integer(Evaluator&, const Value& v) {
    return v.is(Type::Integer);
}
bool is_float(Evaluator&, const Value& v) {
    return v.is(Type::Float);
}
bool is_boolean(Evaluator&, const Value& v) {
    return v.is(Type::Boolean);
}
bool is_true(Evaluator&, const Value& v) {
    return v.is(Type::Boolean) && v.as_boolean();
}
bool is_false(Evaluator&, const Value& v) {
    return v.is(Type::Boolean) && !v.as_boolean();
}
bool is_mapping(Evaluator&, const Value& v) {
    return v.is(Type::Mapping);
}
bool is_sequence(Evaluator&, const Value& v) {
    return v.is_undefined() || v.is(Type::String) || v.is(Type::List) || v.is(Type::Tuple) ||
           v.is(Type::Mapping) || v.is(Type::Range);
}
bool is_iterable_value(Evaluator&, const Value& v) {
    return is_iterable(v);
}
bool is_callable(Evaluator&, const Value& v) {
    return v.is_undefined() || v.is(Type::Function) || v.is(Type::Macro) || v.is(Type::Loop) ||
           (v.is(Type::Cycle) && v.as<CycleObject>().is_joiner);
}
bool is_escaped(Evaluator&, const Value& v) {
    return v.is_markup();
}

bool has_remainder(Evaluator& e, const Value& value, Integer divisor, Integer rest) {
    return equal(e, apply(e, BinaryOperator::Modulo, value, Value::integer(divisor)),
                 Value::integer(rest));
}
bool is_odd(Evaluator& e, const Value& v) {
    return has_remainder(e, v, 2, 1);
}
bool is_even(Evaluator& e, const Value& v) {
    return has_remainder(e, v, 2, 0);
}

bool all_cased(const Text& text, UProperty wanted, UProperty other) {
    bool cased = false;
    for (std::size_t i = 0; i < text.size(); i += code_point_length(text.bytes(), i)) {
        const auto c = static_cast<UChar32>(code_point_at(text.bytes(), i));
        if (u_hasBinaryProperty(c, other) != 0 || u_charType(c) == U_TITLECASE_LETTER) return false;
        cased = cased || u_hasBinaryProperty(c, wanted) != 0;
    }
    return cased;
}
bool is_lower(Evaluator& e, const Value& v) {
    return all_cased(text_of(e, v), UCHAR_LOWERCASE, UCHAR_UPPERCASE);
}
bool is_upper(Evaluator& e, const Value& v) {
    return all_cased(text_of(e, v), UCHAR_UPPERCASE, UCHAR_LOWERCASE);
}
// Whether there is a filter or test of this name. Anything else is none, if it can be a key.
void need_hashable(const Value& v) {
    if (!is_hashable(v)) {
        raise(Kind::Type, "unhashable type: '" + std::string(type_name(v)) + "'");
    }
}
bool is_filter(Evaluator&, const Value& v) {
    need_hashable(v);
    return v.is(Type::String) && find_filter(v.as_bytes()) != nullptr;
}
bool is_test(Evaluator&, const Value& v) {
    need_hashable(v);
    return v.is(Type::String) && find_test(v.as_bytes()) != nullptr;
}

bool divisible_by(Evaluator& e, const Value& value, const Arguments& arguments) {
    const Parameters p("divisibleby", arguments, {"num"}, 1);
    return equal(e, apply(e, BinaryOperator::Modulo, value, p[0]), Value::integer(0));
}

bool same_as(Evaluator&, const Value& value, const Arguments& arguments) {
    const Parameters p("sameas", arguments, {"other"}, 1);
    const Value other = p[0];
    if (value.type() != other.type()) return false;
    if (value.address() != nullptr && value.address() == other.address()) return true;
    const bool plain_value = value.is_number() || value.is(Type::None) || value.is(Type::String);
    return plain_value && equal_keys(value, other);
}

template <ComparisonOperator Sign>
bool compared(Evaluator& e, const Value& value, const Arguments& arguments) {
    const Parameters p("comparison", arguments, {"other"}, 1);
    return compare(e, Sign, value, p[0]);
}

}  // namespace

const Test* find_test(std::string_view name) {
    static constexpr Test kTests[] = {
        {"defined", plain<is_defined>},
        {"undefined", plain<is_undefined>},
        {"none", plain<is_none>},
        {"string", plain<is_string>},
        {"number", plain<is_number>},
        {"integer", plain<is_integer>},
        {"float", plain<is_float>},
        {"boolean", plain<is_boolean>},
        {"true", plain<is_true>},
        {"false", plain<is_false>},
        {"mapping", plain<is_mapping>},
        {"sequence", plain<is_sequence>},
        {"iterable", plain<is_iterable_value>},
        {"callable", plain<is_callable>},
        {"escaped", plain<is_escaped>},
        {"odd", plain<is_odd>},
        {"even", plain<is_even>},
        {"lower", plain<is_lower>},
        {"upper", plain<is_upper>},
        {"filter", plain<is_filter>},
        {"test", plain<is_test>},
        {"divisibleby", divisible_by},
        {"sameas", same_as},
        {"in", compared<ComparisonOperator::In>},
        {"==", compared<ComparisonOperator::Equal>},
        {"eq", compared<ComparisonOperator::Equal>},
        {"equalto", compared<ComparisonOperator::Equal>},
        {"!=", compared<ComparisonOperator::NotEqual>},
        {"ne", compared<ComparisonOperator::NotEqual>},
        {"<", compared<ComparisonOperator::Less>},
        {"lt", compared<ComparisonOperator::Less>},
        {"lessthan", compared<ComparisonOperator::Less>},
        {"<=", compared<ComparisonOperator::LessEqual>},
        {"le", compared<ComparisonOperator::LessEqual>},
        {">", compared<ComparisonOperator::Greater>},
        {"gt", compared<ComparisonOperator::Greater>},
        {"greaterthan", compared<ComparisonOperator::Greater>},
        {">=", compared<ComparisonOperator::GreaterEqual>},
        {"ge", compared<ComparisonOperator::GreaterEqual>},
    };
    for (const Test& test : kTests) {
        if (test.name == name) return &test;
    }
    return nullptr;
}

}  // namespace deepwell::engine::chat_template
