// Result<T> of the app: a value or an app Error.
#pragma once

#include <string>
#include <tl/expected.hpp>
#include <utility>

#include "app/base/error.h"

namespace deepwell::app {

template <class T>
using Result = tl::expected<T, Error>;

inline tl::unexpected<Error> fail(ErrorCode code, std::string message, std::string context = {}) {
    return tl::unexpected<Error>(Error{code, std::move(message), std::move(context)});
}

inline tl::unexpected<Error> fail(Error error) {
    return tl::unexpected<Error>(std::move(error));
}

}  // namespace deepwell::app
