// map, select, reject, selectattr, rejectattr: each applies a filter or a test to every item, when
// the item is asked for.
#include "engine/prompt/chat_template/builtins/parameters.h"
#include "engine/prompt/chat_template/builtins/sequence_tools.h"
#include "engine/prompt/chat_template/builtins/tables.h"
#include "engine/prompt/chat_template/operations.h"

namespace deepwell::engine::chat_template {

namespace {

using Transform = std::function<Value(Evaluator&, const Value&)>;

// Arguments without their first `count`.
Arguments rest_of(const Arguments& arguments, std::size_t count) {
    Arguments rest;
    rest.named = arguments.named;
    for (std::size_t i = count; i < arguments.positional.size(); ++i) {
        rest.positional.push_back(arguments.positional[i]);
    }
    return rest;
}

std::uint32_t depth_with(const Value& self, const Arguments& arguments) {
    std::uint32_t depth = self.depth();
    for (const Value& value : arguments.positional) depth = std::max(depth, value.depth());
    for (const auto& entry : arguments.named) depth = std::max(depth, entry.second.depth());
    return depth;
}

// What map does to an item.
Transform mapping_of(Evaluator& e, const Arguments& arguments) {
    if (arguments.positional.empty()) {
        std::optional<Value> path;
        std::optional<Value> fallback;
        for (const auto& [name, value] : arguments.named) {
            if (name == "attribute") {
                path = value;
            } else if (name == "default") {
                if (!value.is(Type::None)) fallback = value;
            } else {
                raise(Kind::Runtime, "Unexpected keyword argument '" + name + "'");
            }
        }
        if (!path) raise(Kind::Runtime, "map requires a filter argument");
        return [path, fallback](Evaluator& evaluator, const Value& item) {
            return attribute_of(evaluator, item, *path, fallback);
        };
    }
    const std::string name = text_of(e, arguments.positional[0]).bytes();
    const Filter* filter = find_filter(name);
    if (filter == nullptr) raise(Kind::Runtime, "No filter named '" + name + "'.");
    const Arguments rest = rest_of(arguments, 1);
    return [filter, rest](Evaluator& evaluator, const Value& item) {
        return filter->run(evaluator, item, rest);
    };
}

Value map(Evaluator&, const Value& self, const Arguments& arguments) {
    auto source = std::make_shared<IteratorPtr>();
    auto transform = std::make_shared<Transform>();
    return lazy(depth_with(self, arguments), [=](Evaluator& evaluator) -> std::optional<Value> {
        if (!*source) {
            if (!self.truth()) return std::nullopt;
            *transform = mapping_of(evaluator, arguments);
            *source = iterate(evaluator, self);
        }
        auto item = (*source)->next(evaluator);
        if (!item) return std::nullopt;
        return (*transform)(evaluator, *item);
    });
}

using Predicate = std::function<bool(Evaluator&, const Value&)>;

Predicate predicate_of(Evaluator& e, const Arguments& arguments, bool by_attribute) {
    const std::size_t offset = by_attribute ? 1 : 0;
    Value path = Value::none();
    if (by_attribute) {
        if (arguments.positional.empty()) {
            raise(Kind::Runtime, "Missing parameter for attribute name");
        }
        path = arguments.positional[0];
    }
    if (arguments.positional.size() <= offset) {
        return [path](Evaluator& evaluator, const Value& item) {
            return attribute_of(evaluator, item, path).truth();
        };
    }
    const std::string name = text_of(e, arguments.positional[offset]).bytes();
    const Test* test = find_test(name);
    if (test == nullptr) raise(Kind::Runtime, "No test named '" + name + "'.");
    const Arguments rest = rest_of(arguments, offset + 1);
    return [path, test, rest](Evaluator& evaluator, const Value& item) {
        return test->run(evaluator, attribute_of(evaluator, item, path), rest);
    };
}

Value choose(const Value& self, const Arguments& arguments, bool by_attribute, bool wanted) {
    auto source = std::make_shared<IteratorPtr>();
    auto passes = std::make_shared<Predicate>();
    return lazy(depth_with(self, arguments), [=](Evaluator& evaluator) -> std::optional<Value> {
        if (!*source) {
            if (!self.truth()) return std::nullopt;
            *passes = predicate_of(evaluator, arguments, by_attribute);
            *source = iterate(evaluator, self);
        }
        while (auto item = (*source)->next(evaluator)) {
            evaluator.step();
            if ((*passes)(evaluator, *item) == wanted) return item;
        }
        return std::nullopt;
    });
}

Value select(Evaluator&, const Value& self, const Arguments& arguments) {
    return choose(self, arguments, false, true);
}

Value reject(Evaluator&, const Value& self, const Arguments& arguments) {
    return choose(self, arguments, false, false);
}

Value selectattr(Evaluator&, const Value& self, const Arguments& arguments) {
    return choose(self, arguments, true, true);
}

Value rejectattr(Evaluator&, const Value& self, const Arguments& arguments) {
    return choose(self, arguments, true, false);
}

constexpr Filter kFilters[] = {
    {"map", map},
    {"select", select},
    {"reject", reject},
    {"selectattr", selectattr},
    {"rejectattr", rejectattr},
};

}  // namespace

std::span<const Filter> selecting_filters() {
    return kFilters;
}

}  // namespace deepwell::engine::chat_template
