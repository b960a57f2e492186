// The state behind the variable `loop`.
#pragma once

#include <deque>
#include <memory>
#include <optional>

#include "engine/prompt/chat_template/ast.h"
#include "engine/prompt/chat_template/value.h"

namespace deepwell::engine::chat_template {

struct LoopObject : Object {
    std::shared_ptr<IteratorObject> source;
    std::deque<Value> ahead;  // taken from the source, not yet reached
    std::optional<Value> before, current;
    std::optional<Value> last_seen;  // by changed()
    std::int64_t index0 = -1;
    std::size_t level = 0;
    const For* node = nullptr;
    Scope* scope = nullptr;  // null once the loop has ended

    bool advance(Evaluator& evaluator);        // to the next item; false at the end
    const Value* peek(Evaluator& evaluator);   // the next item; null at the end
    std::int64_t count(Evaluator& evaluator);  // of all items; takes the rest of the source
};

}  // namespace deepwell::engine::chat_template
