// What filters on sequences share.
#pragma once

#include <functional>
#include <vector>

#include "engine/prompt/chat_template/evaluator.h"
#include "engine/prompt/chat_template/value.h"

namespace deepwell::engine::chat_template {

// Follows 'a.b.0' (or an integer) from an item on; None: the item itself. `fallback` stands in for
// what is missing, if given.
Value attribute_of(Evaluator& evaluator, const Value& item, const Value& path,
                   const std::optional<Value>& fallback = std::nullopt);
// Texts in lower case, unless the case matters: what sort, unique, min … compare by.
Value folded(Evaluator& evaluator, const Value& value, bool case_sensitive);
// Sorts by keys, stable, as Python: `reverse` keeps equal items in their order.
std::vector<Value> sorted_by(Evaluator& evaluator, std::vector<Value> items,
                             const std::vector<Value>& keys, bool reverse);

// An iterator whose items come from a function; `depth` is that of what it holds on to.
Value lazy(std::uint32_t depth, std::function<std::optional<Value>(Evaluator&)> next);

}  // namespace deepwell::engine::chat_template
