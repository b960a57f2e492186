#include "engine/prompt/chat_template/loop.h"
#include "engine/prompt/chat_template/operations.h"
#include "engine/prompt/chat_template/unicode.h"

namespace deepwell::engine::chat_template {

namespace {

// Over a list as it is when an item is asked for: it may grow while it is walked.
struct SequenceIterator : IteratorObject {
    Value sequence;
    std::size_t place = 0;

    std::optional<Value> next(Evaluator&) override {
        const auto& items = sequence.items();
        if (place >= items.size()) return std::nullopt;
        return items[place++];
    }
};

struct VectorIterator : IteratorObject {
    std::vector<Value> items;
    std::size_t place = 0;

    std::optional<Value> next(Evaluator&) override {
        if (place >= items.size()) return std::nullopt;
        return items[place++];
    }
};

struct CharacterIterator : IteratorObject {
    Value string;
    std::size_t place = 0;

    std::optional<Value> next(Evaluator&) override {
        const Text& text = string.as_text();
        if (place >= text.size()) return std::nullopt;
        const std::size_t end = place + code_point_length(text.bytes(), place);
        Value result = Value::string(text.slice(place, end));
        place = end;
        return result;
    }
};

struct RangeIterator : IteratorObject {
    std::shared_ptr<Object> range;
    std::int64_t place = 0;

    std::optional<Value> next(Evaluator&) override {
        const auto& bounds = static_cast<const RangeObject&>(*range);
        if (place >= bounds.size()) return std::nullopt;
        return Value::integer(bounds.at(place++));
    }
};

}  // namespace

std::vector<Value> view_items(const ViewObject& view) {
    std::vector<Value> items;
    for (const auto& [key, value] : view.mapping.mapping().entries) {
        switch (view.part) {
            case ViewObject::Part::Items:
                items.push_back(Value::tuple({key, value}));
                break;
            case ViewObject::Part::Keys:
                items.push_back(key);
                break;
            case ViewObject::Part::Values:
                items.push_back(value);
                break;
        }
    }
    return items;
}

bool is_iterable(const Value& value) {
    switch (value.type()) {
        case Type::Undefined:
        case Type::String:
        case Type::List:
        case Type::Tuple:
        case Type::Mapping:
        case Type::Range:
        case Type::View:
        case Type::Iterator:
        case Type::Loop:
            return true;
        default:
            return false;
    }
}

Value iterator_over(std::vector<Value> items, std::string_view name) {
    auto iterator = std::make_shared<VectorIterator>();
    for (const Value& item : items) iterator->depth = std::max(iterator->depth, item.depth());
    iterator->depth = deeper(iterator->depth);
    iterator->items = std::move(items);
    iterator->name = name;
    return Value::object(Type::Iterator, std::move(iterator));
}

IteratorPtr iterate(Evaluator& evaluator, const Value& value) {
    switch (value.type()) {
        case Type::Undefined:
            if (value.address() != nullptr && value.as<UndefinedObject>().kind == Kind::Security) {
                value.fail_undefined();
            }
            return std::make_shared<VectorIterator>();
        case Type::List:
        case Type::Tuple: {
            auto iterator = std::make_shared<SequenceIterator>();
            iterator->sequence = value;
            return iterator;
        }
        case Type::String: {
            auto iterator = std::make_shared<CharacterIterator>();
            iterator->string = value;
            return iterator;
        }
        case Type::Mapping: {
            auto iterator = std::make_shared<VectorIterator>();
            evaluator.step(value.mapping().entries.size());
            for (const auto& entry : value.mapping().entries) {
                iterator->items.push_back(entry.first);
            }
            return iterator;
        }
        case Type::Range: {
            auto iterator = std::make_shared<RangeIterator>();
            iterator->range = value.shared();
            return iterator;
        }
        case Type::View: {
            auto iterator = std::make_shared<VectorIterator>();
            const auto& view = value.as<ViewObject>();
            evaluator.step(view.mapping.mapping().entries.size());
            iterator->items = view_items(view);
            return iterator;
        }
        case Type::Iterator:
            return std::static_pointer_cast<IteratorObject>(value.shared());
        default:
            raise(Kind::Type, "'" + std::string(type_name(value)) + "' object is not iterable");
    }
}

std::vector<Value> to_vector(Evaluator& evaluator, const Value& value) {
    const IteratorPtr iterator = iterate(evaluator, value);
    std::vector<Value> items;
    while (auto item = iterator->next(evaluator)) {
        evaluator.step();
        items.push_back(std::move(*item));
    }
    return items;
}

std::int64_t length(Evaluator& evaluator, const Value& value) {
    switch (value.type()) {
        case Type::Undefined:
            return 0;
        case Type::String:
            evaluator.work(value.as_text().size());
            return static_cast<std::int64_t>(code_point_count(value.as_bytes()));
        case Type::List:
        case Type::Tuple:
            return static_cast<std::int64_t>(value.items().size());
        case Type::Mapping:
            return static_cast<std::int64_t>(value.mapping().entries.size());
        case Type::Range:
            return value.as<RangeObject>().size();
        case Type::View:
            return static_cast<std::int64_t>(
                value.as<ViewObject>().mapping.mapping().entries.size());
        case Type::Loop:
            return loop_length(evaluator, value);
        default:
            raise(Kind::Type,
                  "object of type '" + std::string(type_name(value)) + "' has no len()");
    }
}

}  // namespace deepwell::engine::chat_template
