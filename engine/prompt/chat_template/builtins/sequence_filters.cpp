// Filters on lists, mappings and other sequences, but for those that select by a test.
#include <algorithm>

#include "engine/prompt/chat_template/builtins/parameters.h"
#include "engine/prompt/chat_template/builtins/sequence_tools.h"
#include "engine/prompt/chat_template/builtins/tables.h"
#include "engine/prompt/chat_template/operations.h"
#include "engine/prompt/chat_template/unicode.h"

namespace deepwell::engine::chat_template {

namespace {

Value length_of(Evaluator& e, const Value& self, const Arguments& arguments) {
    const Parameters p("length", arguments, {});
    return Value::integer(length(e, self));
}

Value first(Evaluator& e, const Value& self, const Arguments& arguments) {
    const Parameters p("first", arguments, {});
    const auto item = iterate(e, self)->next(e);
    return item ? *item : Value::undefined("No first item, sequence was empty.");
}

Value last(Evaluator& e, const Value& self, const Arguments& arguments) {
    const Parameters p("last", arguments, {});
    if (self.is(Type::Iterator)) {
        raise(Kind::Type, "'" + std::string(type_name(self)) + "' object is not reversible");
    }
    if (self.is(Type::String)) {
        const std::int64_t size = length(e, self);
        if (size > 0) {
            return Value::string(get_item(e, self, Value::integer(size - 1)).as_text());
        }
    } else {
        const std::vector<Value> items = to_vector(e, self);
        if (!items.empty()) return items.back();
    }
    return Value::undefined("No last item, sequence was empty.");
}

// Any item. By the work done so far, not by chance: a prompt that comes out another way each time
// could not be kept in the cache.
Value random(Evaluator& e, const Value& self, const Arguments& arguments) {
    const Parameters p("random", arguments, {});
    const std::int64_t size = length(e, self);
    if (size == 0) return Value::undefined("No random item, sequence was empty.");
    const auto place = static_cast<std::int64_t>(e.steps() % static_cast<std::size_t>(size));
    Value item = get_item(e, self, Value::integer(place));
    if (item.is_undefined()) raise(Kind::Value, "random needs a sequence");
    return item;
}

Value to_list(Evaluator& e, const Value& self, const Arguments& arguments) {
    const Parameters p("list", arguments, {});
    return Value::list(to_vector(e, self));
}

Value join(Evaluator& e, const Value& self, const Arguments& arguments) {
    const Parameters p("join", arguments, {"d", "attribute"});
    const Text separator = text_of(e, p.has(0) ? p[0] : Value::string(""));
    const IteratorPtr iterator = iterate(e, self);
    Text result;
    bool is_first = true;
    while (auto item = iterator->next(e)) {
        e.step();
        if (!is_first) result.append(separator);
        is_first = false;
        result.append(text_of(e, p.has(1) ? attribute_of(e, *item, p[1]) : *item));
        e.check_size(result.size());
    }
    return e.string(std::move(result));
}

Value reverse(Evaluator& e, const Value& self, const Arguments& arguments) {
    const Parameters p("reverse", arguments, {});
    if (self.is(Type::String)) {
        return get_slice(e, self, Value::none(), Value::none(), Value::integer(-1));
    }
    if (!is_iterable(self)) raise(Kind::Runtime, "argument must be iterable");
    std::vector<Value> items = to_vector(e, self);
    std::reverse(items.begin(), items.end());
    if (self.is(Type::Iterator)) return Value::list(std::move(items));
    return iterator_over(std::move(items), "list_reverseiterator");
}

Value sort(Evaluator& e, const Value& self, const Arguments& arguments) {
    const Parameters p("sort", arguments, {"reverse", "case_sensitive", "attribute"});
    std::vector<Value> items = to_vector(e, self);
    std::vector<Value> paths{p[2]};
    if (p[2].is(Type::String)) {  // several, with commas
        paths.clear();
        const std::string& text = p[2].as_bytes();
        for (std::size_t start = 0; start <= text.size();) {
            const std::size_t comma = std::min(text.find(',', start), text.size());
            paths.push_back(Value::string(text.substr(start, comma - start)));
            start = comma + 1;
        }
    }
    std::vector<Value> keys;
    for (const Value& item : items) {
        std::vector<Value> parts;
        for (const Value& path : paths) {
            parts.push_back(folded(e, attribute_of(e, item, path), p.flag(1)));
        }
        keys.push_back(Value::list(std::move(parts)));
    }
    return Value::list(sorted_by(e, std::move(items), keys, p.flag(0)));
}

Value unique(Evaluator& e, const Value& self, const Arguments& arguments) {
    const Parameters p("unique", arguments, {"case_sensitive", "attribute"});
    const IteratorPtr source = iterate(e, self);
    const bool case_sensitive = p.flag(0);
    const Value path = p[1];
    auto seen = std::make_shared<MappingObject>();
    return lazy(self.depth(), [=](Evaluator& evaluator) -> std::optional<Value> {
        while (auto item = source->next(evaluator)) {
            evaluator.step(16);  // a key is made and kept
            const Value key =
                folded(evaluator, attribute_of(evaluator, *item, path), case_sensitive);
            if (seen->find(key) != nullptr) continue;
            seen->set(key, Value::none());
            return item;
        }
        return std::nullopt;
    });
}

Value extreme(Evaluator& e, const Value& self, const Parameters& p, bool largest) {
    const IteratorPtr source = iterate(e, self);
    std::optional<Value> best;
    Value best_key;
    while (auto item = source->next(e)) {
        e.step();
        const Value key = folded(e, attribute_of(e, *item, p[1]), p.flag(0));
        if (!best || (largest ? less(e, best_key, key, ">") : less(e, key, best_key))) {
            best = item;
            best_key = key;
        }
    }
    return best ? *best : Value::undefined("No aggregated item, sequence was empty.");
}

Value min(Evaluator& e, const Value& self, const Arguments& arguments) {
    return extreme(e, self, Parameters("min", arguments, {"case_sensitive", "attribute"}), false);
}

Value max(Evaluator& e, const Value& self, const Arguments& arguments) {
    return extreme(e, self, Parameters("max", arguments, {"case_sensitive", "attribute"}), true);
}

Value sum(Evaluator& e, const Value& self, const Arguments& arguments) {
    const Parameters p("sum", arguments, {"attribute", "start"});
    Value total = p.has(1) ? p[1] : Value::integer(0);
    if (total.is(Type::String)) {
        raise(Kind::Type, "sum() can't sum strings [use ''.join(seq) instead]");
    }
    for (const Value& item : to_vector(e, self)) {
        total = apply(e, BinaryOperator::Add, total, attribute_of(e, item, p[0]));
    }
    return total;
}

Value items(Evaluator&, const Value& self, const Arguments& arguments) {
    const Parameters p("items", arguments, {});
    if (self.is_undefined()) return iterator_over({});
    auto source = std::make_shared<IteratorPtr>();
    return lazy(self.depth(), [self, source](Evaluator& evaluator) {
        if (!*source) {
            if (!self.is(Type::Mapping)) {
                raise(Kind::Type, "Can only get item pairs from a mapping.");
            }
            auto view = std::make_shared<ViewObject>();
            view->mapping = self;
            *source = iterate(evaluator, Value::object(Type::View, view));
        }
        return (*source)->next(evaluator);
    });
}

Value dictsort(Evaluator& e, const Value& self, const Arguments& arguments) {
    const Parameters p("dictsort", arguments, {"case_sensitive", "by", "reverse"});
    std::size_t place = 0;
    if (p.has(1)) {
        const std::string by = text_of(e, p[1]).bytes();
        if (by != "key" && by != "value") {
            raise(Kind::Runtime, "You can only sort by either \"key\" or \"value\"");
        }
        place = by == "value" ? 1 : 0;
    }
    if (self.is_undefined()) self.fail_undefined();
    if (!self.is(Type::Mapping)) {
        raise(Kind::Undefined,
              "'" + std::string(type_name(self)) + " object' has no attribute 'items'");
    }
    std::vector<Value> pairs;
    std::vector<Value> keys;
    for (const auto& [key, value] : self.mapping().entries) {
        keys.push_back(folded(e, place == 0 ? key : value, p.flag(0)));
        pairs.push_back(Value::tuple({key, value}));
    }
    return Value::list(sorted_by(e, std::move(pairs), keys, p.flag(2)));
}

Value groupby(Evaluator& e, const Value& self, const Arguments& arguments) {
    const Parameters p("groupby", arguments, {"attribute", "default", "case_sensitive"}, 1);
    std::optional<Value> fallback;
    if (p.has(1) && !p[1].is(Type::None)) fallback = p[1];
    const bool case_sensitive = p.flag(2);
    std::vector<Value> items = to_vector(e, self);
    std::vector<Value> keys;
    for (const Value& item : items) {
        keys.push_back(folded(e, attribute_of(e, item, p[0], fallback), case_sensitive));
    }
    items = sorted_by(e, std::move(items), keys, false);
    std::vector<Value> groups;
    std::vector<Value> group;
    Value group_key;
    const auto finish = [&] {
        if (group.empty()) return;
        Value pair = Value::tuple(
            {attribute_of(e, group.front(), p[0], fallback), Value::list(std::move(group))});
        pair.sequence().attributes = {"grouper", "list"};
        groups.push_back(std::move(pair));
        group.clear();
    };
    for (const Value& item : items) {
        const Value key = folded(e, attribute_of(e, item, p[0], fallback), case_sensitive);
        if (group.empty() || !equal(e, key, group_key)) {
            finish();
            group_key = key;
        }
        group.push_back(item);
    }
    finish();
    return Value::list(std::move(groups));
}

Value batch(Evaluator& e, const Value& self, const Arguments& arguments) {
    const Parameters p("batch", arguments, {"linecount", "fill_with"}, 1);
    const Integer size = p.integer(0, 1);
    std::vector<Value> batches;
    std::vector<Value> batch;
    for (const Value& item : to_vector(e, self)) {
        if (static_cast<Integer>(batch.size()) == size) {
            batches.push_back(Value::list(std::exchange(batch, {})));
        }
        batch.push_back(item);
    }
    if (!batch.empty()) {
        while (p.has(1) && !p[1].is(Type::None) && static_cast<Integer>(batch.size()) < size) {
            e.step();
            batch.push_back(p[1]);
        }
        batches.push_back(Value::list(std::move(batch)));
    }
    return iterator_over(std::move(batches));
}

Value slice(Evaluator& e, const Value& self, const Arguments& arguments) {
    const Parameters p("slice", arguments, {"slices", "fill_with"}, 1);
    const std::vector<Value> items = to_vector(e, self);
    const Integer count = p.integer(0, 1);
    if (count == 0) raise(Kind::ZeroDivision, "integer division or modulo by zero");
    const auto size = static_cast<Integer>(items.size());
    const Integer each = size / count;
    const Integer longer = size % count;
    std::vector<Value> slices;
    Integer start = 0;
    for (Integer i = 0; i < count; ++i) {
        e.step();
        const Integer end = start + each + (i < longer ? 1 : 0);
        std::vector<Value> part(items.begin() + static_cast<std::ptrdiff_t>(start),
                                items.begin() + static_cast<std::ptrdiff_t>(end));
        if (p.has(1) && !p[1].is(Type::None) && i >= longer) part.push_back(p[1]);
        slices.push_back(Value::list(std::move(part)));
        start = end;
    }
    return iterator_over(std::move(slices));
}

Value standard(Evaluator&, const Value& self, const Arguments& arguments) {
    const Parameters p("default", arguments, {"default_value", "boolean"});
    const bool missing = self.is_undefined() || (p.flag(1) && !self.truth());
    if (!missing) return self;
    return p.has(0) ? p[0] : Value::string("");
}

Value attr(Evaluator& e, const Value& self, const Arguments& arguments) {
    const Parameters p("attr", arguments, {"name"}, 1);
    if (self.is(Type::Mapping)) {  // attributes only, never items
        if (auto method = find_method(e, self, text_of(e, p[0]).bytes())) return *method;
        return Value::undefined("'dict object' has no attribute");
    }
    return get_attribute(e, self, text_of(e, p[0]).bytes());
}

constexpr Filter kFilters[] = {
    {"length", length_of}, {"count", length_of},   {"first", first},      {"last", last},
    {"list", to_list},     {"join", join},         {"reverse", reverse},  {"sort", sort},
    {"unique", unique},    {"min", min},           {"max", max},          {"sum", sum},
    {"items", items},      {"dictsort", dictsort}, {"groupby", groupby},  {"batch", batch},
    {"slice", slice},      {"random", random},     {"default", standard}, {"d", standard},
    {"attr", attr},
};

}  // namespace

std::span<const Filter> sequence_filters() {
    return kFilters;
}

}  // namespace deepwell::engine::chat_template
