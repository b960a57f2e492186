// Which names of the context a scope does not see.
//
// Jinja2 decides by the text of a scope where each of its names comes from: a name that the scope
// sets before it reads it belongs to the scope from its start, and is undefined until it is set,
// also in loops and macros inside. So `{% set title %}{{ title }}!{% endset %}` does not find a
// `title` of the context, but `{{ title }}{% set title %}{{ title }}!{% endset %}` does.
#pragma once

#include "engine/prompt/chat_template/ast.h"

namespace deepwell::engine::chat_template {

// By the scope's block. Only blocks that hide something are in it.
HiddenNames find_hidden_names(const ParsedTemplate& parsed);

}  // namespace deepwell::engine::chat_template
