// A token's number in a model's vocabulary.
#pragma once

#include <cstdint>

namespace deepwell::engine {

using TokenId = std::int32_t;

}  // namespace deepwell::engine
