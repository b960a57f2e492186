// Result<T>: a value or an Error. See error.h.
#pragma once

#include <string>
#include <tl/expected.hpp>
#include <utility>

#include "engine/base/error.h"

namespace deepwell::engine {

template <class T>
using Result = tl::expected<T, Error>;

// `return fail(ErrorCode::FileDamaged, "The file ends too early.", "offset 24");`
inline tl::unexpected<Error> fail(ErrorCode code, std::string message, std::string context = {}) {
    return tl::unexpected<Error>(Error{code, std::move(message), std::move(context)});
}

// Hands an error of one Result on as another's: `if (!r) return fail(r.error());`
inline tl::unexpected<Error> fail(Error error) {
    return tl::unexpected<Error>(std::move(error));
}

}  // namespace deepwell::engine
