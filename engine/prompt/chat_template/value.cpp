#include "engine/prompt/chat_template/value.h"

#include <algorithm>
#include <cmath>

namespace deepwell::engine::chat_template {

std::uint32_t deeper(std::uint32_t depth) {
    if (depth >= kDeepestValue) raise(Kind::Limit, "Values are nested too deep.");
    return depth + 1;
}

Value bound_method(std::string_view name, Callable callable, const Value& self) {
    auto function = std::make_shared<FunctionObject>();
    function->name = name;
    function->callable = callable;
    function->self = self;
    function->depth = deeper(self.depth());
    return Value::object(Type::Function, std::move(function));
}

Value Value::boolean(bool value) {
    Value result(Type::Boolean);
    result.integer_ = value ? 1 : 0;
    return result;
}

Value Value::integer(Integer value) {
    Value result(Type::Integer);
    result.integer_ = value;
    return result;
}

Value Value::real(double value) {
    Value result(Type::Float);
    result.real_ = value;
    return result;
}

Value Value::string(Text text) {
    Value result(Type::String);
    auto object = std::make_shared<StringObject>();
    object->text = std::move(text);
    result.object_ = std::move(object);
    return result;
}

Value Value::markup(Text text) {
    Value result = string(std::move(text));
    result.as<StringObject>().is_markup = true;
    return result;
}

Value Value::list(std::vector<Value> items, bool made_by_template) {
    Value result(Type::List);
    auto object = std::make_shared<SequenceObject>();
    object->items = std::move(items);
    object->made_by_template = made_by_template;
    object->set_depth();
    result.object_ = std::move(object);
    return result;
}

Value Value::tuple(std::vector<Value> items) {
    Value result = list(std::move(items), false);
    result.type_ = Type::Tuple;
    return result;
}

Value Value::undefined(std::string message, Kind kind) {
    auto object = std::make_shared<UndefinedObject>();
    object->message = std::move(message);
    object->kind = kind;
    return Value::object(Type::Undefined, std::move(object));
}

Value Value::object(Type type, std::shared_ptr<Object> object) {
    Value result(type);
    result.object_ = std::move(object);
    return result;
}

const Text& Value::as_text() const {
    return as<StringObject>().text;
}

bool Value::is_markup() const {
    return type_ == Type::String && as<StringObject>().is_markup;
}

const std::vector<Value>& Value::items() const {
    return as<SequenceObject>().items;
}

SequenceObject& Value::sequence() const {
    return as<SequenceObject>();
}

MappingObject& Value::mapping() const {
    return as<MappingObject>();
}

bool Value::truth() const {
    switch (type_) {
        case Type::Undefined:
        case Type::None:
            return false;
        case Type::Boolean:
        case Type::Integer:
            return integer_ != 0;
        case Type::Float:
            return real_ != 0;
        case Type::String:
            return !as_text().empty();
        case Type::List:
        case Type::Tuple:
            return !items().empty();
        case Type::Mapping:
            return !mapping().entries.empty();
        case Type::Range:
            return as<RangeObject>().size() > 0;
        case Type::View:
            return as<ViewObject>().mapping.truth();
        case Type::Iterator:
        case Type::Namespace:
        case Type::Macro:
        case Type::Function:
        case Type::Loop:
        case Type::Cycle:
            return true;
    }
    return true;
}

void Value::fail_undefined() const {
    if (!object_) raise(Kind::Undefined, "An undefined value is used.");
    const auto& info = as<UndefinedObject>();
    raise(info.kind, info.message);
}

std::string_view type_name(const Value& value) {
    switch (value.type()) {
        case Type::Undefined:
            return "Undefined";
        case Type::None:
            return "NoneType";
        case Type::Boolean:
            return "bool";
        case Type::Integer:
            return "int";
        case Type::Float:
            return "float";
        case Type::String:
            return "str";
        case Type::List:
            return "list";
        case Type::Tuple:
            return "tuple";
        case Type::Mapping:
            return "dict";
        case Type::Range:
            return "range";
        case Type::View:
            switch (value.as<ViewObject>().part) {
                case ViewObject::Part::Items:
                    return "dict_items";
                case ViewObject::Part::Keys:
                    return "dict_keys";
                case ViewObject::Part::Values:
                    return "dict_values";
            }
            return "dict_items";
        case Type::Iterator:
            return value.as<IteratorObject>().name;
        case Type::Namespace:
            return "Namespace";
        case Type::Macro:
            return "Macro";
        case Type::Function:
            return "function";
        case Type::Loop:
            return "LoopContext";
        case Type::Cycle:
            return value.as<CycleObject>().is_joiner ? "Joiner" : "Cycler";
    }
    return "object";
}

void SequenceObject::set_depth() {
    std::uint32_t deepest = 0;
    for (const Value& item : items) deepest = std::max(deepest, item.depth());
    depth = deeper(deepest);
}

Value MappingObject::make() {
    return Value::object(Type::Mapping, std::make_shared<MappingObject>());
}

const Value* MappingObject::find(std::string_view key) const {
    const auto place = by_name_.find(std::string(key));
    return place == by_name_.end() ? nullptr : &entries[place->second].second;
}

std::size_t MappingObject::index_of(const Value& key) const {
    if (key.is(Type::String)) {
        const auto place = by_name_.find(key.as_bytes());
        return place == by_name_.end() ? entries.size() : place->second;
    }
    if (!is_hashable(key)) {
        raise(Kind::Type, "unhashable type: '" + std::string(type_name(key)) + "'");
    }
    std::size_t index = 0;
    while (index < entries.size() &&
           (entries[index].first.is(Type::String) || !equal_keys(entries[index].first, key))) {
        ++index;
    }
    return index;
}

const Value* MappingObject::find(const Value& key) const {
    const std::size_t index = index_of(key);
    return index < entries.size() ? &entries[index].second : nullptr;
}

void MappingObject::set(const Value& key, Value value) {
    depth = std::max(depth, deeper(std::max(key.depth(), value.depth())));
    const std::size_t index = index_of(key);
    if (index < entries.size()) {
        entries[index].second = std::move(value);
        return;
    }
    if (key.is(Type::String)) by_name_[key.as_bytes()] = index;
    entries.emplace_back(key, std::move(value));
}

std::int64_t RangeObject::size() const {
    if (step > 0) return start < stop ? (stop - start - 1) / step + 1 : 0;
    return start > stop ? (start - stop - 1) / -step + 1 : 0;
}

const Value* NamespaceObject::find(std::string_view name) const {
    for (const auto& [key, value] : attributes) {
        if (key == name) return &value;
    }
    return nullptr;
}

void NamespaceObject::set(std::string_view name, Value value) {
    depth = std::max(depth, deeper(value.depth()));
    for (auto& [key, old] : attributes) {
        if (key != name) continue;
        old = std::move(value);
        return;
    }
    attributes.emplace_back(name, std::move(value));
}

bool is_hashable(const Value& value) {
    switch (value.type()) {
        case Type::List:
        case Type::Mapping:
        case Type::View:
            return false;
        case Type::Tuple:
            return std::all_of(value.items().begin(), value.items().end(), is_hashable);
        default:
            return true;
    }
}

bool equal_keys(const Value& a, const Value& b) {
    if (a.is_number() && b.is_number()) {
        if (a.is_integral() && b.is_integral()) return a.as_integer() == b.as_integer();
        return a.as_double() == b.as_double();
    }
    if (a.type() != b.type()) return false;
    switch (a.type()) {
        case Type::Undefined:
        case Type::None:
            return true;
        case Type::String:
            return a.as_bytes() == b.as_bytes();
        case Type::Tuple:
            return std::equal(a.items().begin(), a.items().end(), b.items().begin(),
                              b.items().end(), equal_keys);
        default:
            return a.address() == b.address();
    }
}

}  // namespace deepwell::engine::chat_template
