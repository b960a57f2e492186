// Calls: functions, methods, macros, recursive loops.
#include <algorithm>

#include "engine/prompt/chat_template/builtins/markup.h"
#include "engine/prompt/chat_template/evaluator.h"
#include "engine/prompt/chat_template/operations.h"

namespace deepwell::engine::chat_template {

namespace {

std::optional<Value> take_named(Arguments& arguments, std::string_view name) {
    for (auto entry = arguments.named.begin(); entry != arguments.named.end(); ++entry) {
        if (entry->first != name) continue;
        Value value = std::move(entry->second);
        arguments.named.erase(entry);
        return value;
    }
    return std::nullopt;
}

// joiner(): nothing the first time, the separator from then on.
Value call_joiner(const Value& value) {
    auto& joiner = value.as<CycleObject>();
    return joiner.place++ == 0 ? Value::string("") : joiner.items.front();
}

}  // namespace

Value Evaluator::call(const Value& callee, Arguments arguments) {
    const Nesting nesting(*this);
    switch (callee.type()) {
        case Type::Undefined:
            callee.fail_undefined();
        case Type::Cycle:
            if (!callee.as<CycleObject>().is_joiner) break;
            return call_joiner(callee);
        case Type::Function: {
            const auto& function = callee.as<FunctionObject>();
            if (!function.takes_names && !arguments.named.empty()) {
                raise(Kind::Type, std::string(function.name) + "() takes no keyword arguments");
            }
            if (function.keeps_markup) return call_on_markup(*this, function, arguments);
            return function.callable(*this, function.self, arguments);
        }
        case Type::Macro:
            return call_macro(callee.as<MacroObject>(), std::move(arguments));
        case Type::Loop:
            return call_loop(callee, arguments);
        default:
            break;
    }
    raise(Kind::Type, "'" + std::string(type_name(callee)) + "' object is not callable");
}

Value Evaluator::make_macro(const MacroCode& code, const ScopePtr& scope) {
    auto macro = std::make_shared<MacroObject>();
    macro->code = &code;
    macro->closure = scope.get();
    if (kept_scopes_.empty() || kept_scopes_.back() != scope) kept_scopes_.push_back(scope);
    return Value::object(Type::Macro, std::move(macro));
}

Value Evaluator::call_macro(const MacroObject& macro, Arguments arguments) {
    const MacroCode& code = *macro.code;
    const ScopePtr scope = scope_of(code.body, macro.closure->shared_from_this());
    const std::size_t count = code.parameters.size();
    const std::size_t given = arguments.positional.size();
    // First what was given, so that defaults see it.
    std::vector<bool> is_missing(count, false);
    for (std::size_t i = 0; i < count; ++i) {
        const auto& [symbol, name] = code.parameters[i];
        std::optional<Value> value;
        if (i < given) {
            value = arguments.positional[i];
        } else {
            value = take_named(arguments, name);
        }
        is_missing[i] = !value;
        scope->set(symbol, value ? std::move(*value)
                                 : Value::undefined("parameter '" + name + "' was not provided"));
    }
    const bool names_caller =
        std::any_of(code.parameters.begin(), code.parameters.end(),
                    [](const auto& parameter) { return parameter.second == "caller"; });
    if (code.uses_caller && !names_caller) {
        const auto caller = take_named(arguments, "caller");
        scope->set(parsed_.caller, caller ? *caller : Value::undefined("No caller defined"));
    }
    if (code.uses_kwargs) {
        Value mapping = MappingObject::make();
        for (const auto& [name, value] : arguments.named) {
            mapping.mapping().set(Value::string(name), value);
        }
        scope->set(parsed_.kwargs, std::move(mapping));
    } else if (!arguments.named.empty()) {
        raise(Kind::Type, "macro '" + code.name + "' takes no keyword argument '" +
                              arguments.named.front().first + "'");
    }
    if (code.uses_varargs) {
        std::vector<Value> rest;
        for (std::size_t i = count; i < given; ++i) rest.push_back(arguments.positional[i]);
        scope->set(parsed_.varargs, Value::tuple(std::move(rest)));
    } else if (given > count) {
        raise(Kind::Type, "macro '" + code.name + "' takes not more than " + std::to_string(count) +
                              " argument(s)");
    }
    if (calls_ >= options_.limits.depth) raise(Kind::Limit, "Macros call each other too deep.");
    ++calls_;
    for (std::size_t i = 0; i < count; ++i) {
        const std::size_t first_default = count - code.defaults.size();
        if (is_missing[i] && i >= first_default) {
            scope->set(code.parameters[i].first,
                       evaluate(*code.defaults[i - first_default], scope));
        }
    }
    Text text = capture(code.body, scope);
    --calls_;
    return string(std::move(text));
}

}  // namespace deepwell::engine::chat_template
