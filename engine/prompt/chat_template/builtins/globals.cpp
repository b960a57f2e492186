// Functions that every template can call.
#include <algorithm>

#include "engine/prompt/chat_template/builtins/local_time.h"
#include "engine/prompt/chat_template/builtins/parameters.h"
#include "engine/prompt/chat_template/builtins/tables.h"
#include "engine/prompt/chat_template/operations.h"

namespace deepwell::engine::chat_template {

namespace {

Value range(Evaluator& e, const Value&, const Arguments& arguments) {
    if (!arguments.named.empty()) raise(Kind::Type, "range() takes no keyword arguments");
    const Parameters p("range", arguments, {"start", "stop", "step"}, 1);
    for (std::size_t i = 0; i < arguments.positional.size(); ++i) {
        const Value& bound = arguments.positional[i];
        if (bound.is_undefined()) bound.fail_undefined();
        if (!bound.is_integral()) {
            raise(Kind::Type, "'" + std::string(type_name(bound)) +
                                  "' object cannot be interpreted as an integer");
        }
    }
    auto object = std::make_shared<RangeObject>();
    if (p.has(1)) {
        object->start = to_index(p[0]);
        object->stop = to_index(p[1]);
        if (p.has(2)) object->step = to_index(p[2]);
    } else {
        object->stop = to_index(p[0]);
    }
    if (object->step == 0) raise(Kind::Value, "range() arg 3 must not be zero");
    const auto most = static_cast<std::int64_t>(e.options().limits.range);
    if (object->size() > most) {
        raise(Kind::Overflow,
              "Range too big. The sandbox blocks ranges larger than " + std::to_string(most) + ".");
    }
    return Value::object(Type::Range, std::move(object));
}

// dict(mapping or pairs, **names)
Value dict(Evaluator& e, const Value&, const Arguments& arguments) {
    if (arguments.positional.size() > 1) {
        raise(Kind::Type, "dict expected at most 1 argument, got " +
                              std::to_string(arguments.positional.size()));
    }
    Value result = MappingObject::make();
    if (!arguments.positional.empty()) {
        const Value& source = arguments.positional[0];
        if (source.is_undefined()) source.fail_undefined();
        if (source.is(Type::Mapping)) {
            for (const auto& [key, value] : source.mapping().entries) {
                e.step();
                result.mapping().set(key, value);
            }
        } else {
            for (const Value& pair : to_vector(e, source)) {
                const std::vector<Value> parts = to_vector(e, pair);
                if (parts.size() != 2) {
                    raise(Kind::Value, "dictionary update sequence element has length " +
                                           std::to_string(parts.size()) + "; 2 is required");
                }
                result.mapping().set(parts[0], parts[1]);
            }
        }
    }
    for (const auto& [name, value] : arguments.named) {
        result.mapping().set(Value::string(name), value);
    }
    return result;
}

Value make_namespace(Evaluator& e, const Value& self, const Arguments& arguments) {
    const Value values = dict(e, self, arguments);
    auto object = std::make_shared<NamespaceObject>();
    for (const auto& [key, value] : values.mapping().entries) {
        object->set(text_of(e, key).bytes(), value);
    }
    e.keep(object);
    return Value::object(Type::Namespace, std::move(object));
}

Value raise_exception(Evaluator& e, const Value&, const Arguments& arguments) {
    const Parameters p("raise_exception", arguments, {"message"}, 1);
    raise(Kind::RaiseException, text_of(e, p[0]).bytes());
}

Value strftime_now(Evaluator& e, const Value&, const Arguments& arguments) {
    const Parameters p("strftime_now", arguments, {"format"}, 1);
    return e.string(formatted_time(p.text(0).bytes(), e.options().now));
}

Value cycler(Evaluator&, const Value&, const Arguments& arguments) {
    if (!arguments.named.empty()) raise(Kind::Type, "cycler() takes no keyword arguments");
    if (arguments.positional.empty()) raise(Kind::Runtime, "at least one item has to be provided");
    auto object = std::make_shared<CycleObject>();
    object->items = arguments.positional;
    for (const Value& item : object->items) object->depth = std::max(object->depth, item.depth());
    object->depth = deeper(object->depth);
    return Value::object(Type::Cycle, std::move(object));
}

Value joiner(Evaluator&, const Value&, const Arguments& arguments) {
    const Parameters p("joiner", arguments, {"sep"});
    auto object = std::make_shared<CycleObject>();
    object->items = {p.has(0) ? p[0] : Value::string(", ")};
    object->depth = deeper(object->items.front().depth());
    object->is_joiner = true;
    return Value::object(Type::Cycle, std::move(object));
}

Value lipsum(Evaluator&, const Value&, const Arguments&) {
    raise(Kind::Runtime, "lipsum() makes random text and has no place in a chat template");
}

constexpr Method kGlobals[] = {
    {"range", range},
    {"dict", dict},
    {"namespace", make_namespace},
    {"raise_exception", raise_exception},
    {"strftime_now", strftime_now},
    {"cycler", cycler},
    {"joiner", joiner},
    {"lipsum", lipsum},
};

}  // namespace

std::optional<Value> find_global(std::string_view name) {
    for (const Method& global : kGlobals) {
        if (global.name == name) return bound_method(global.name, global.run, Value::none());
    }
    return std::nullopt;
}

}  // namespace deepwell::engine::chat_template
