#include "engine/prompt/chat_template/builtins/tables.h"

#include <array>
#include <unordered_map>

namespace deepwell::engine::chat_template {

namespace {

// What Python has, but would change the value it is called on: the sandbox refuses it.
bool changes_value(Type type, std::string_view name) {
    constexpr std::array<std::string_view, 8> kList = {"append", "clear", "pop",    "reverse",
                                                       "insert", "sort",  "extend", "remove"};
    constexpr std::array<std::string_view, 5> kMapping = {"clear", "pop", "popitem", "setdefault",
                                                          "update"};
    const auto in = [name](const auto& names) {
        for (const auto known : names) {
            if (known == name) return true;
        }
        return false;
    };
    return (type == Type::List && in(kList)) || (type == Type::Mapping && in(kMapping));
}

const Method* find_in(std::span<const Method> methods, std::string_view name) {
    for (const Method& method : methods) {
        if (method.name == name) return &method;
    }
    return nullptr;
}

}  // namespace

const Filter* find_filter(std::string_view name) {
    static const auto table = [] {
        std::unordered_map<std::string_view, const Filter*> result;
        for (const auto filters : {text_filters(), sequence_filters(), selecting_filters(),
                                   number_filters(), web_filters()}) {
            for (const Filter& filter : filters) result.emplace(filter.name, &filter);
        }
        return result;
    }();
    const auto place = table.find(name);
    return place == table.end() ? nullptr : place->second;
}

std::optional<Value> find_method(Evaluator& evaluator, const Value& value, std::string_view name) {
    const Method* method = nullptr;
    bool keeps_markup = false;
    switch (value.type()) {
        case Type::String:
            method = find_in(text_methods(), name);
            keeps_markup = method != nullptr && value.is_markup();
            if (method == nullptr) method = find_in(search_methods(), name);
            break;
        case Type::List:
        case Type::Tuple:
        case Type::Range:
        case Type::Cycle:
        case Type::Float:
            method = list_method(evaluator, value, name);
            break;
        case Type::Mapping:
            method = find_in(mapping_methods(), name);
            break;
        default:
            break;
    }
    if (method != nullptr) {
        Value bound = bound_method(method->name, method->run, value);
        bound.as<FunctionObject>().keeps_markup = keeps_markup;
        bound.as<FunctionObject>().takes_names = method->takes_names;
        return bound;
    }
    if (changes_value(value.type(), name)) {
        return Value::undefined("access to attribute '" + std::string(name) + "' of '" +
                                    std::string(type_name(value)) + "' object is unsafe.",
                                Kind::Security);
    }
    return std::nullopt;
}

}  // namespace deepwell::engine::chat_template
