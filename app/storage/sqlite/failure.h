// Inside app/storage errors travel as exceptions, SQLiteCpp's and this one, up to the one place
// where a job ends (store.cpp, snapshot.cpp): there they become values. None leaves the folder.
#pragma once

#include <exception>
#include <functional>
#include <string>

#include "app/base/result.h"

namespace deepwell::app {

class Failure : public std::exception {
public:
    explicit Failure(Error error) : error_(std::move(error)) {}
    Failure(ErrorCode code, std::string message, std::string context = {})
        : error_{code, std::move(message), std::move(context)} {}
    const char* what() const noexcept override { return error_.message.c_str(); }
    const Error& error() const { return error_; }

private:
    Error error_;
};

// The error in flight; to be called in a catch block.
Error current_error();

// Runs `work` and turns whatever it throws into a value.
template <class Work>
auto guarded(Work&& work) -> Result<decltype(work())> {
    try {
        if constexpr (std::is_void_v<decltype(work())>) {
            work();
            return {};
        } else {
            return work();
        }
    } catch (...) {
        return fail(current_error());
    }
}

}  // namespace deepwell::app
