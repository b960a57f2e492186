#include "app/base/error.h"

#include <fmt/format.h>

#include <cerrno>
#include <cstring>

namespace deepwell::app {

std::string_view error_code_name(ErrorCode code) {
    switch (code) {
        case ErrorCode::InvalidArgument:
            return "invalid-argument";
        case ErrorCode::NotFound:
            return "not-found";
        case ErrorCode::NoRoom:
            return "no-room";
        case ErrorCode::ReadOnly:
            return "read-only";
        case ErrorCode::Locked:
            return "locked";
        case ErrorCode::Damaged:
            return "damaged";
        case ErrorCode::Newer:
            return "newer";
        case ErrorCode::UnknownFormat:
            return "unknown-format";
        case ErrorCode::Truncated:
            return "truncated";
        case ErrorCode::InputOutput:
            return "input-output";
        case ErrorCode::Cancelled:
            return "cancelled";
        case ErrorCode::Internal:
            return "internal";
    }
    return "internal";
}

std::string describe(const Error& error) {
    if (error.context.empty()) return error.message;
    return error.message + " [" + error.context + "]";
}

Error error_from_errno(int number, std::string_view doing, std::string_view file) {
    const auto context = fmt::format("{} {}: {}", doing, file, std::strerror(number));
    switch (number) {
        case ENOSPC:
        case EDQUOT:
            return {ErrorCode::NoRoom,
                    "The disk is full. Free some space, then try again; nothing is lost.", context};
        case EROFS:
        case EACCES:
        case EPERM:
            return {ErrorCode::ReadOnly,
                    "This place may not be written. Choose another folder, or change its rights.",
                    context};
        case ENOENT:
        case ENOTDIR:
            return {ErrorCode::NotFound, "The file or its folder is not there.", context};
        default:
            return {ErrorCode::InputOutput,
                    "Reading or writing failed. Check the disk, then try again.", context};
    }
}

}  // namespace deepwell::app
