// The id of a token: its place in the model's vocabulary, from 0. -1 stands for "none" where a
// function says so.
#pragma once

#include <cstdint>

namespace deepwell::engine {

using TokenId = std::int32_t;

}  // namespace deepwell::engine
