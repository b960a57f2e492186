#include "engine/prompt/chat_template/builtins/markup.h"

#include "engine/prompt/chat_template/operations.h"

namespace deepwell::engine::chat_template {

namespace {

std::string_view entity_of(char byte) {
    switch (byte) {
        case '&':
            return "&amp;";
        case '<':
            return "&lt;";
        case '>':
            return "&gt;";
        case '"':
            return "&#34;";
        case '\'':
            return "&#39;";
        default:
            return {};
    }
}

Value marked(const Value& value) {
    if (value.is(Type::String)) return Value::markup(value.as_text());
    if (!value.is(Type::List) && !value.is(Type::Tuple)) return value;
    std::vector<Value> items;
    for (const Value& item : value.items()) items.push_back(marked(item));
    return value.is(Type::List) ? Value::list(std::move(items)) : Value::tuple(std::move(items));
}

// Those that take a place to cut, or escape what they join by themselves.
bool escapes_arguments(std::string_view method) {
    return method != "split" && method != "rsplit" && method != "partition" &&
           method != "rpartition" && method != "join" && method != "format";
}

}  // namespace

Text escaped_text(const Text& text) {
    Text result;
    std::size_t plain = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const std::string_view entity = entity_of(text.bytes()[i]);
        if (entity.empty()) continue;
        result.append(text.slice(plain, i));
        result.append(entity);
        plain = i + 1;
    }
    result.append(text.slice(plain, text.size()));
    return result;
}

Text as_markup(Evaluator& evaluator, const Value& value) {
    return value.is_markup() ? value.as_text() : escaped_text(text_of(evaluator, value));
}

Value string_like(Evaluator& evaluator, const Value& like, Text text) {
    Value result = evaluator.string(std::move(text));
    return like.is_markup() ? marked(result) : result;
}

Value call_on_markup(Evaluator& evaluator, const FunctionObject& method,
                     const Arguments& arguments) {
    Arguments given = arguments;
    if (escapes_arguments(method.name)) {
        const auto escape = [&](Value& value) {
            if (value.is(Type::String)) value = Value::markup(as_markup(evaluator, value));
        };
        for (Value& value : given.positional) escape(value);
        for (auto& entry : given.named) escape(entry.second);
    }
    return marked(method.callable(evaluator, method.self, given));
}

}  // namespace deepwell::engine::chat_template
