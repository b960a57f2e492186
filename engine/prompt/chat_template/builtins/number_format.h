// One value laid out by a format specification: what both kinds of formatting share.
#pragma once

#include <string>

#include "engine/prompt/chat_template/evaluator.h"
#include "engine/prompt/chat_template/value.h"

namespace deepwell::engine::chat_template {

// [[fill]align][sign][#][0][width][,][.precision][type]
struct FormatSpec {
    Text fill{" "};
    char align = 0;  // '<', '>', '^', '=' (behind the sign), 0: by the type
    char sign = '-';
    bool sign_given = false;
    bool alternative = false;
    char group = 0;
    Integer width = 0;
    Integer precision = -1;
    char type = 0;
    bool given = false;  // anything of it
    bool zero = false;   // aligned by a leading 0 alone
};

// Reads a specification of str.format. Fails with Value.
FormatSpec parse_format_spec(const Text& spec);
// Fails with Value for a type that does not fit the value.
Text formatted(Evaluator& evaluator, const Value& value, const FormatSpec& spec);

}  // namespace deepwell::engine::chat_template
