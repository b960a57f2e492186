#include <cmath>

#include "engine/prompt/chat_template/builtins/format.h"
#include "engine/prompt/chat_template/builtins/markup.h"
#include "engine/prompt/chat_template/operations.h"

namespace deepwell::engine::chat_template {

namespace {

const char* sign_text(BinaryOperator sign) {
    switch (sign) {
        case BinaryOperator::Add:
            return "+";
        case BinaryOperator::Subtract:
            return "-";
        case BinaryOperator::Multiply:
            return "*";
        case BinaryOperator::Divide:
            return "/";
        case BinaryOperator::FloorDivide:
            return "//";
        case BinaryOperator::Modulo:
            return "%";
        case BinaryOperator::Power:
            return "** or pow()";
    }
    return "";
}

[[noreturn]] void fail_types(BinaryOperator sign, const Value& a, const Value& b) {
    raise(Kind::Type, std::string("unsupported operand type(s) for ") + sign_text(sign) + ": '" +
                          std::string(type_name(a)) + "' and '" + std::string(type_name(b)) + "'");
}

[[noreturn]] void fail_overflow() {
    raise(Kind::Overflow, "The number is too large.");
}

Value power(Integer base, Integer exponent) {
    if (exponent < 0) {
        if (base == 0) raise(Kind::ZeroDivision, "0.0 cannot be raised to a negative power");
        return Value::real(std::pow(static_cast<double>(base), static_cast<double>(exponent)));
    }
    if (base == 0 || base == 1) return Value::integer(exponent == 0 ? 1 : base);
    if (base == -1) return Value::integer(exponent % 2 == 0 ? 1 : -1);
    if (exponent > 127) fail_overflow();
    Integer result = 1;
    for (Integer i = 0; i < exponent; ++i) {
        if (__builtin_mul_overflow(result, base, &result)) fail_overflow();
    }
    return Value::integer(result);
}

Value integers(BinaryOperator sign, Integer a, Integer b) {
    Integer result = 0;
    bool overflow = false;
    switch (sign) {
        case BinaryOperator::Add:
            overflow = __builtin_add_overflow(a, b, &result);
            break;
        case BinaryOperator::Subtract:
            overflow = __builtin_sub_overflow(a, b, &result);
            break;
        case BinaryOperator::Multiply:
            overflow = __builtin_mul_overflow(a, b, &result);
            break;
        case BinaryOperator::Divide:
            if (b == 0) raise(Kind::ZeroDivision, "division by zero");
            return Value::real(static_cast<double>(a) / static_cast<double>(b));
        case BinaryOperator::FloorDivide:
        case BinaryOperator::Modulo: {
            if (b == 0) raise(Kind::ZeroDivision, "integer division or modulo by zero");
            if (b == -1) {  // the one quotient that may leave the range
                if (sign == BinaryOperator::Modulo) return Value::integer(0);
                overflow = __builtin_sub_overflow(Integer(0), a, &result);
                break;
            }
            const Integer rest = a % b;
            const bool down = rest != 0 && (rest < 0) != (b < 0);
            result = sign == BinaryOperator::Modulo ? (down ? rest + b : rest)
                                                    : (down ? a / b - 1 : a / b);
            break;
        }
        case BinaryOperator::Power:
            return power(a, b);
    }
    if (overflow) fail_overflow();
    return Value::integer(result);
}

// From the remainder, as Python does: 2 // 0.1 is 19, though 2 / 0.1 rounds to 20.
double floor_quotient(double a, double b) {
    const double rest = std::fmod(a, b);
    double quotient = (a - rest) / b;
    if (rest != 0 && (rest < 0) != (b < 0)) quotient -= 1;
    if (quotient == 0) return std::copysign(0.0, a / b);
    const double whole = std::floor(quotient);
    return quotient - whole > 0.5 ? whole + 1 : whole;
}

Value doubles(BinaryOperator sign, double a, double b) {
    switch (sign) {
        case BinaryOperator::Add:
            return Value::real(a + b);
        case BinaryOperator::Subtract:
            return Value::real(a - b);
        case BinaryOperator::Multiply:
            return Value::real(a * b);
        case BinaryOperator::Divide:
            if (b == 0) raise(Kind::ZeroDivision, "float division by zero");
            return Value::real(a / b);
        case BinaryOperator::FloorDivide:
            if (b == 0) raise(Kind::ZeroDivision, "float floor division by zero");
            return Value::real(floor_quotient(a, b));
        case BinaryOperator::Modulo: {
            if (b == 0) raise(Kind::ZeroDivision, "float modulo");
            double rest = std::fmod(a, b);
            if (rest != 0 && (rest < 0) != (b < 0)) rest += b;
            return Value::real(rest == 0 ? std::copysign(0.0, b) : rest);
        }
        case BinaryOperator::Power:
            if (a == 0 && b < 0) {
                raise(Kind::ZeroDivision, "0.0 cannot be raised to a negative power");
            }
            return Value::real(std::pow(a, b));
    }
    return {};
}

bool is_sequence(const Value& value) {
    return value.is(Type::String) || value.is(Type::List) || value.is(Type::Tuple);
}

Value joined(Evaluator& evaluator, const Value& a, const Value& b) {
    if (a.is(Type::String)) {
        const bool markup = a.is_markup() || b.is_markup();
        Text text = markup ? as_markup(evaluator, a) : a.as_text();
        evaluator.check_size(text.size() + b.as_text().size());
        text.append(markup ? as_markup(evaluator, b) : b.as_text());
        return string_like(evaluator, a.is_markup() ? a : b, std::move(text));
    }
    std::vector<Value> items = a.items();
    items.insert(items.end(), b.items().begin(), b.items().end());
    evaluator.step(items.size());
    return a.is(Type::List) ? Value::list(std::move(items)) : Value::tuple(std::move(items));
}

}  // namespace

Value repeated(Evaluator& evaluator, const Value& sequence, Integer times) {
    if (times < 0) times = 0;
    if (sequence.is(Type::String)) {
        const Text& text = sequence.as_text();
        if (text.empty()) return sequence;
        const Integer size = times * static_cast<Integer>(text.size());
        evaluator.check_size(size > Integer(1) << 40 ? std::size_t(1) << 40
                                                     : static_cast<std::size_t>(size));
        Text result;
        for (Integer i = 0; i < times; ++i) result.append(text);
        return string_like(evaluator, sequence, std::move(result));
    }
    std::vector<Value> items;
    if (!sequence.items().empty()) {
        for (Integer i = 0; i < times; ++i) {
            evaluator.step(sequence.items().size());
            items.insert(items.end(), sequence.items().begin(), sequence.items().end());
        }
    }
    return sequence.is(Type::List) ? Value::list(std::move(items)) : Value::tuple(std::move(items));
}

Value negated(const Value& value, bool negative) {
    if (value.is_undefined()) value.fail_undefined();
    if (value.is(Type::Float))
        return Value::real(negative ? -value.as_double() : value.as_double());
    if (!value.is_integral()) {
        raise(Kind::Type, std::string("bad operand type for unary ") + (negative ? "-" : "+") +
                              ": '" + std::string(type_name(value)) + "'");
    }
    return integers(negative ? BinaryOperator::Subtract : BinaryOperator::Add, 0,
                    value.as_integer());
}

Value apply(Evaluator& evaluator, BinaryOperator sign, const Value& a, const Value& b) {
    if (a.is(Type::String) && sign == BinaryOperator::Modulo) {
        return percent_format(evaluator, a, b);
    }
    if (a.is_undefined()) a.fail_undefined();
    if (b.is_undefined()) b.fail_undefined();
    if (a.is_integral() && b.is_integral()) return integers(sign, a.as_integer(), b.as_integer());
    if (a.is_number() && b.is_number()) return doubles(sign, a.as_double(), b.as_double());
    if (sign == BinaryOperator::Add && is_sequence(a)) {
        if (a.type() == b.type()) return joined(evaluator, a, b);
        raise(Kind::Type, "can only concatenate " + std::string(type_name(a)) + " (not \"" +
                              std::string(type_name(b)) + "\") to " + std::string(type_name(a)));
    }
    if (sign == BinaryOperator::Multiply) {
        if (is_sequence(a) && b.is_integral()) return repeated(evaluator, a, b.as_integer());
        if (is_sequence(b) && a.is_integral()) return repeated(evaluator, b, a.as_integer());
    }
    fail_types(sign, a, b);
}

}  // namespace deepwell::engine::chat_template
