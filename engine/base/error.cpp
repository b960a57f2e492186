#include "engine/base/error.h"

namespace deepwell::engine {

std::string_view error_code_name(ErrorCode code) {
    switch (code) {
        case ErrorCode::InvalidArgument:
            return "invalid-argument";
        case ErrorCode::FileNotFound:
            return "file-not-found";
        case ErrorCode::FileNotReadable:
            return "file-not-readable";
        case ErrorCode::NotAModelFile:
            return "not-a-model-file";
        case ErrorCode::FileDamaged:
            return "file-damaged";
        case ErrorCode::FilePartMissing:
            return "file-part-missing";
        case ErrorCode::FileTooOld:
            return "file-too-old";
        case ErrorCode::FileTooNew:
            return "file-too-new";
        case ErrorCode::UnsupportedArchitecture:
            return "unsupported-architecture";
        case ErrorCode::UnsupportedFormat:
            return "unsupported-format";
        case ErrorCode::UnsupportedTokenizer:
            return "unsupported-tokenizer";
        case ErrorCode::UnsupportedStep:
            return "unsupported-step";
        case ErrorCode::TemplateError:
            return "template-error";
        case ErrorCode::ContextFull:
            return "context-full";
        case ErrorCode::OutOfMemory:
            return "out-of-memory";
        case ErrorCode::OutOfDeviceMemory:
            return "out-of-device-memory";
        case ErrorCode::DeviceUnavailable:
            return "device-unavailable";
        case ErrorCode::DeviceLost:
            return "device-lost";
        case ErrorCode::InvalidNumbers:
            return "invalid-numbers";
        case ErrorCode::NoTokenAllowed:
            return "no-token-allowed";
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

}  // namespace deepwell::engine
