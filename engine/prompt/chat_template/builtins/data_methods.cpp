// Methods of mappings, lists, tuples and numbers.
#include <cmath>

#include "engine/prompt/chat_template/builtins/parameters.h"
#include "engine/prompt/chat_template/builtins/tables.h"
#include "engine/prompt/chat_template/operations.h"

namespace deepwell::engine::chat_template {

namespace {

Value view(const Value& self, const Arguments& arguments, ViewObject::Part part,
           std::string_view name) {
    const Parameters p(name, arguments, {});
    auto object = std::make_shared<ViewObject>();
    object->mapping = self;
    object->part = part;
    object->depth = deeper(self.depth());
    return Value::object(Type::View, std::move(object));
}
Value items(Evaluator&, const Value& self, const Arguments& a) {
    return view(self, a, ViewObject::Part::Items, "items");
}
Value keys(Evaluator&, const Value& self, const Arguments& a) {
    return view(self, a, ViewObject::Part::Keys, "keys");
}
Value values(Evaluator&, const Value& self, const Arguments& a) {
    return view(self, a, ViewObject::Part::Values, "values");
}

Value get(Evaluator&, const Value& self, const Arguments& arguments) {
    const Parameters p("get", arguments, {"key", "default"}, 1);
    const Value* found = self.mapping().find(p[0]);
    return found != nullptr ? *found : p[1];
}

Value copy_mapping(Evaluator& e, const Value& self, const Arguments& arguments) {
    const Parameters p("copy", arguments, {});
    e.step(self.mapping().entries.size());
    return Value::object(Type::Mapping, std::make_shared<MappingObject>(self.mapping()));
}

constexpr Method kMappingMethods[] = {
    {"items", items}, {"keys", keys}, {"values", values}, {"get", get}, {"copy", copy_mapping},
};

Value index(Evaluator& e, const Value& self, const Arguments& arguments) {
    const Parameters p("index", arguments, {"value", "start", "stop"}, 1);
    const std::vector<Value> all = to_vector(e, self);
    const auto size = static_cast<Integer>(all.size());
    const auto bound = [&](std::size_t parameter, Integer standard) {
        const Integer place = p.integer(parameter, standard);
        return place < 0 ? std::max<Integer>(0, place + size) : std::min(place, size);
    };
    for (Integer i = bound(1, 0); i < bound(2, size); ++i) {
        if (equal(e, all[static_cast<std::size_t>(i)], p[0])) return Value::integer(i);
    }
    raise(Kind::Value, repr_of(e, p[0]).bytes() + " is not in list");
}

Value count(Evaluator& e, const Value& self, const Arguments& arguments) {
    const Parameters p("count", arguments, {"value"}, 1);
    Integer times = 0;
    for (const Value& item : to_vector(e, self)) times += equal(e, item, p[0]) ? 1 : 0;
    return Value::integer(times);
}

Value copy_list(Evaluator& e, const Value& self, const Arguments& arguments) {
    const Parameters p("copy", arguments, {});
    e.step(self.items().size());
    return Value::list(self.items());
}

// Fails if `value` holds `list`: the list would hold itself.
void refuse_ring(Evaluator& e, const Value& value, const Value& list) {
    const Evaluator::Nesting nesting(e);
    e.step();
    if (value.address() != nullptr && value.address() == list.address()) {
        raise(Kind::Value, "a list cannot hold itself");
    }
    if (value.is(Type::List) || value.is(Type::Tuple)) {
        for (const Value& item : value.items()) refuse_ring(e, item, list);
    } else if (value.is(Type::Mapping)) {
        for (const auto& entry : value.mapping().entries) refuse_ring(e, entry.second, list);
    } else if (value.is(Type::View)) {
        refuse_ring(e, value.as<ViewObject>().mapping, list);
    }
}

Value append(Evaluator& e, const Value& self, const Arguments& arguments) {
    const Parameters p("append", arguments, {"object"}, 1);
    refuse_ring(e, p[0], self);
    auto& list = self.sequence();
    list.depth = std::max(list.depth, deeper(p[0].depth()));
    list.items.push_back(p[0]);
    e.keep(self.shared());
    return Value::none();
}

Value pop(Evaluator& e, const Value& self, const Arguments& arguments) {
    const Parameters p("pop", arguments, {"index"});
    auto& list = self.sequence().items;
    if (list.empty()) raise(Kind::Runtime, "pop from empty list");
    const auto size = static_cast<Integer>(list.size());
    Integer place = p.integer(0, -1);
    if (place < 0) place += size;
    if (place < 0 || place >= size) raise(Kind::Runtime, "pop index out of range");
    const auto position = list.begin() + static_cast<std::ptrdiff_t>(place);
    Value value = *position;
    e.work(static_cast<std::size_t>(size - place) * sizeof(Value));
    list.erase(position);
    return value;
}

Value is_integer(Evaluator&, const Value& self, const Arguments& arguments) {
    const Parameters p("is_integer", arguments, {});
    return Value::boolean(std::floor(self.as_double()) == self.as_double());
}

Value next_of_cycle(Evaluator&, const Value& self, const Arguments& arguments) {
    const Parameters p("next", arguments, {});
    auto& cycle = self.as<CycleObject>();
    return cycle.items[cycle.place++ % cycle.items.size()];
}

Value reset_cycle(Evaluator&, const Value& self, const Arguments& arguments) {
    const Parameters p("reset", arguments, {});
    self.as<CycleObject>().place = 0;
    return Value::none();
}

constexpr Method kIndex{"index", index};
constexpr Method kCount{"count", count};
constexpr Method kCopy{"copy", copy_list};
constexpr Method kAppend{"append", append};
constexpr Method kPop{"pop", pop};
constexpr Method kIsInteger{"is_integer", is_integer};
constexpr Method kNext{"next", next_of_cycle};
constexpr Method kReset{"reset", reset_cycle};

}  // namespace

std::span<const Method> mapping_methods() {
    return kMappingMethods;
}

const Method* list_method(Evaluator& evaluator, const Value& value, std::string_view name) {
    if (value.is(Type::Float)) return name == "is_integer" ? &kIsInteger : nullptr;
    if (value.is(Type::Cycle)) {
        if (value.as<CycleObject>().is_joiner) return nullptr;
        return name == "next" ? &kNext : name == "reset" ? &kReset : nullptr;
    }
    if (name == "index") return &kIndex;
    if (name == "count") return &kCount;
    if (value.is(Type::Tuple) || value.is(Type::Range)) return nullptr;
    if (name == "copy") return &kCopy;
    const bool may_change =
        evaluator.options().allow_list_changes && value.sequence().made_by_template;
    if (may_change && name == "append") return &kAppend;
    if (may_change && name == "pop") return &kPop;
    return nullptr;
}

}  // namespace deepwell::engine::chat_template
