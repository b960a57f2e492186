// The JSON of stored values and exchange files: keys stay in the order in which they were written.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

namespace deepwell::app {

using Json = nlohmann::ordered_json;

// Compact UTF-8 text. Ill-formed bytes become U+FFFD: nothing throws.
std::string to_text(const Json& json);

// The value, or a discarded one (`is_discarded()`) where the text is no JSON. Nothing throws.
Json parse_json(std::string_view text);

// A number as it is written: whole numbers without a fraction, so that one value has one form.
Json number_json(double value);

}  // namespace deepwell::app
