// a.name, a[key], a[from:to:step]
#include <algorithm>
#include <limits>

#include "engine/prompt/chat_template/builtins/markup.h"
#include "engine/prompt/chat_template/builtins/tables.h"
#include "engine/prompt/chat_template/operations.h"
#include "engine/prompt/chat_template/unicode.h"

namespace deepwell::engine::chat_template {

namespace {

std::string described(const Value& value) {
    if (value.is(Type::None)) return "'None'";
    return "'" + std::string(type_name(value)) + " object'";
}

// Attributes that are no items: methods, and what macros, loops, namespaces and named tuples have.
std::optional<Value> find_attribute(Evaluator& evaluator, const Value& value,
                                    std::string_view name) {
    if (name.starts_with("__") && name.ends_with("__")) {
        return Value::undefined("access to attribute '" + std::string(name) + "' of '" +
                                    std::string(type_name(value)) + "' object is unsafe.",
                                Kind::Security);
    }
    switch (value.type()) {
        case Type::Namespace:
            if (const Value* found = value.as<NamespaceObject>().find(name)) return *found;
            return std::nullopt;
        case Type::Loop:
            return loop_attribute(evaluator, value, name);
        case Type::Macro: {
            const auto& code = *value.as<MacroObject>().code;
            if (name == "name") return Value::string(code.name);
            if (name == "catch_kwargs") return Value::boolean(code.uses_kwargs);
            if (name == "catch_varargs") return Value::boolean(code.uses_varargs);
            if (name == "caller") return Value::boolean(code.uses_caller);
            if (name != "arguments") return std::nullopt;
            std::vector<Value> names;
            for (const auto& parameter : code.parameters) {
                names.push_back(Value::string(parameter.second));
            }
            return Value::tuple(std::move(names));
        }
        case Type::Tuple: {
            const auto& sequence = value.sequence();
            for (std::size_t i = 0; i < sequence.attributes.size(); ++i) {
                if (sequence.attributes[i] == name) return sequence.items[i];
            }
            break;
        }
        case Type::Cycle: {
            const auto& cycle = value.as<CycleObject>();
            if (cycle.is_joiner || name != "current") break;
            return cycle.items[cycle.place % cycle.items.size()];
        }
        case Type::Range:
            if (name == "start") return Value::integer(value.as<RangeObject>().start);
            if (name == "stop") return Value::integer(value.as<RangeObject>().stop);
            if (name == "step") return Value::integer(value.as<RangeObject>().step);
            break;
        case Type::Boolean:
        case Type::Integer:
            if (name == "real" || name == "numerator") return value;
            if (name == "imag") return Value::integer(0);
            if (name == "denominator") return Value::integer(1);
            break;
        default:
            break;
    }
    return find_method(evaluator, value, name);
}

Value missing(Evaluator& evaluator, const Value& value, const Value& key) {
    if (key.is(Type::String)) {
        return Value::undefined(described(value) + " has no attribute '" + key.as_bytes() + "'");
    }
    return Value::undefined(std::string(type_name(value)) + " object has no element " +
                            repr_of(evaluator, key).bytes());
}

// Where an index points to in a sequence of this size; nothing if outside.
std::optional<std::size_t> place_of(const Value& key, std::int64_t size) {
    const std::int64_t index = to_index(key);
    const std::int64_t place = index < 0 ? index + size : index;
    if (place < 0 || place >= size) return std::nullopt;
    return static_cast<std::size_t>(place);
}

std::optional<Value> find_item(Evaluator& evaluator, const Value& value, const Value& key) {
    if (value.is(Type::Mapping)) {
        if (!is_hashable(key)) return std::nullopt;
        const Value* found = value.mapping().find(key);
        return found != nullptr ? std::optional(*found) : std::nullopt;
    }
    if (!key.is_integral()) return std::nullopt;
    switch (value.type()) {
        case Type::List:
        case Type::Tuple: {
            const auto& items = value.items();
            const auto place = place_of(key, static_cast<std::int64_t>(items.size()));
            return place ? std::optional(items[*place]) : std::nullopt;
        }
        case Type::String: {
            const Text& text = value.as_text();
            const auto place = place_of(key, length(evaluator, value));
            if (!place) return std::nullopt;
            const std::size_t begin = code_point_offset(text.bytes(), *place);
            return string_like(evaluator, value,
                               text.slice(begin, begin + code_point_length(text.bytes(), begin)));
        }
        case Type::Range: {
            const auto& range = value.as<RangeObject>();
            const auto place = place_of(key, range.size());
            if (!place) return std::nullopt;
            return Value::integer(range.at(static_cast<std::int64_t>(*place)));
        }
        default:
            return std::nullopt;
    }
}

// Python's slice arithmetic.
struct Slice {
    std::int64_t from = 0, to = 0, step = 1;
};

Slice resolved(const Value& from, const Value& to, const Value& step, std::int64_t size) {
    for (const Value* bound : {&from, &to, &step}) {
        if (!bound->is(Type::None) && !bound->is_integral()) {
            raise(Kind::Type, "slice indices must be integers or None");
        }
    }
    Slice slice;
    slice.step = step.is(Type::None) ? 1 : to_index(step);
    if (slice.step == 0) raise(Kind::Value, "slice step cannot be zero");
    const bool backward = slice.step < 0;
    const std::int64_t lowest = backward ? -1 : 0;
    const std::int64_t highest = backward ? size - 1 : size;
    const auto clamped = [&](const Value& bound, std::int64_t standard) {
        if (bound.is(Type::None)) return standard;
        const std::int64_t place = to_index(bound);
        return std::clamp(place < 0 ? place + size : place, lowest, highest);
    };
    slice.from = clamped(from, backward ? highest : lowest);
    slice.to = clamped(to, backward ? lowest : highest);
    return slice;
}

template <class Visit>
void walk(const Slice& slice, std::int64_t size, Visit visit) {
    // A step over the size reaches one place at most; this keeps the sum in range.
    const std::int64_t step = std::clamp(slice.step, -size - 1, size + 1);
    for (std::int64_t i = slice.from; step > 0 ? i < slice.to : i > slice.to; i += step) {
        visit(static_cast<std::size_t>(i));
    }
}

}  // namespace

std::int64_t to_index(const Value& value) {
    constexpr std::int64_t kLimit = std::numeric_limits<std::int64_t>::max() / 4;
    return static_cast<std::int64_t>(
        std::clamp<Integer>(value.as_integer(), -Integer(kLimit), Integer(kLimit)));
}

Value get_attribute(Evaluator& evaluator, const Value& value, std::string_view name) {
    if (value.is_undefined()) {
        if (name.starts_with("__") && value.address() != nullptr &&
            value.as<UndefinedObject>().kind != Kind::Security) {
            return Value::undefined("access to attribute '" + std::string(name) + "' is unsafe.",
                                    Kind::Security);
        }
        value.fail_undefined();
    }
    if (auto found = find_attribute(evaluator, value, name)) return *found;
    if (value.is(Type::Mapping)) {
        if (const Value* item = value.mapping().find(name)) return *item;
    }
    return missing(evaluator, value, Value::string(name));
}

Value get_item(Evaluator& evaluator, const Value& value, const Value& key) {
    if (value.is_undefined()) value.fail_undefined();
    if (auto found = find_item(evaluator, value, key)) return *found;
    if (key.is(Type::String)) {
        if (auto found = find_attribute(evaluator, value, key.as_bytes())) return *found;
    }
    return missing(evaluator, value, key);
}

Value get_slice(Evaluator& evaluator, const Value& value, const Value& from, const Value& to,
                const Value& step) {
    switch (value.type()) {
        case Type::Undefined:
            value.fail_undefined();
        case Type::List:
        case Type::Tuple: {
            const auto& items = value.items();
            const auto size = static_cast<std::int64_t>(items.size());
            std::vector<Value> result;
            walk(resolved(from, to, step, size), size,
                 [&](std::size_t i) { result.push_back(items[i]); });
            evaluator.step(result.size() / 8);
            return value.is(Type::List) ? Value::list(std::move(result))
                                        : Value::tuple(std::move(result));
        }
        case Type::String: {
            const Text& text = value.as_text();
            const std::int64_t size = length(evaluator, value);
            const Slice slice = resolved(from, to, step, size);
            if (slice.step == 1) {
                if (slice.from >= slice.to) return Value::string("");
                return string_like(
                    evaluator, value,
                    text.slice(
                        code_point_offset(text.bytes(), static_cast<std::size_t>(slice.from)),
                        code_point_offset(text.bytes(), static_cast<std::size_t>(slice.to))));
            }
            std::vector<std::size_t> starts;
            for (std::size_t i = 0; i < text.size(); i += code_point_length(text.bytes(), i)) {
                starts.push_back(i);
            }
            starts.push_back(text.size());
            Text result;
            walk(slice, static_cast<std::int64_t>(starts.size()) - 1, [&](std::size_t i) {
                evaluator.work(16);
                result.append(text.slice(starts[i], starts[i + 1]));
            });
            return string_like(evaluator, value, std::move(result));
        }
        case Type::Range: {
            const auto& range = value.as<RangeObject>();
            const Slice slice = resolved(from, to, step, range.size());
            auto part = std::make_shared<RangeObject>();
            part->start = range.at(slice.from);
            part->stop = range.at(slice.to);
            if (__builtin_mul_overflow(range.step, slice.step, &part->step)) {
                raise(Kind::Overflow, "The step of the range is too large.");
            }
            return Value::object(Type::Range, std::move(part));
        }
        default:
            raise(Kind::Type, "'" + std::string(type_name(value)) + "' object has no slices");
    }
}

}  // namespace deepwell::engine::chat_template
