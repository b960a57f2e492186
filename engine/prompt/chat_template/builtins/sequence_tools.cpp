#include "engine/prompt/chat_template/builtins/sequence_tools.h"

#include <algorithm>
#include <numeric>

#include "engine/prompt/chat_template/operations.h"
#include "engine/prompt/chat_template/unicode.h"

namespace deepwell::engine::chat_template {

namespace {

struct LazyIterator : IteratorObject {
    std::function<std::optional<Value>(Evaluator&)> function;

    std::optional<Value> next(Evaluator& evaluator) override {
        const Evaluator::Nesting nesting(evaluator);
        evaluator.step();
        return function(evaluator);
    }
};

bool is_number(std::string_view text) {
    return !text.empty() && text.size() < 10 &&
           std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

Value lazy(std::uint32_t depth, std::function<std::optional<Value>(Evaluator&)> next) {
    auto iterator = std::make_shared<LazyIterator>();
    iterator->function = std::move(next);
    iterator->depth = deeper(depth);
    return Value::object(Type::Iterator, std::move(iterator));
}

Value attribute_of(Evaluator& evaluator, const Value& item, const Value& path,
                   const std::optional<Value>& fallback) {
    if (path.is(Type::None)) return item;
    Value value = item;
    const auto follow = [&](const Value& key) {
        value = get_item(evaluator, value, key);
        if (fallback && value.is_undefined()) value = *fallback;
    };
    if (!path.is(Type::String)) {
        follow(path);
        return value;
    }
    const std::string& text = path.as_bytes();
    std::size_t start = 0;
    while (true) {
        const std::size_t dot = text.find('.', start);
        const std::string part = text.substr(start, dot - start);
        follow(is_number(part) ? Value::integer(std::stoi(part)) : Value::string(part));
        if (dot == std::string::npos) return value;
        start = dot + 1;
    }
}

Value folded(Evaluator& evaluator, const Value& value, bool case_sensitive) {
    if (case_sensitive || !value.is(Type::String)) return value;
    return evaluator.string(with_case(value.as_text(), Case::Lower));
}

std::vector<Value> sorted_by(Evaluator& evaluator, std::vector<Value> items,
                             const std::vector<Value>& keys, bool reverse) {
    std::vector<std::size_t> order(items.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    // Python sorts backwards by turning the list around before and after, so that equal items keep
    // their order.
    if (reverse) std::reverse(order.begin(), order.end());
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        return less(evaluator, keys[a], keys[b]);
    });
    if (reverse) std::reverse(order.begin(), order.end());
    std::vector<Value> result;
    result.reserve(items.size());
    for (const std::size_t index : order) result.push_back(std::move(items[index]));
    return result;
}

}  // namespace deepwell::engine::chat_template
