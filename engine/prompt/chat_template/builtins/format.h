// Python's two ways to format: 'text %s' % values, and 'text {}'.format(values).
#pragma once

#include "engine/prompt/chat_template/evaluator.h"
#include "engine/prompt/chat_template/value.h"

namespace deepwell::engine::chat_template {

Value percent_format(Evaluator& evaluator, const Value& format, const Value& values);
Value brace_format(Evaluator& evaluator, const Value& format, const Arguments& arguments);

}  // namespace deepwell::engine::chat_template
