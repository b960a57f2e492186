// What went wrong, as a value. Nothing in the engine throws across a function that others call,
// prints or aborts.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace deepwell::engine {

// What kind of thing went wrong. The app maps these to what the window says and offers, so a code
// tells what a person can do about it, not where in the code it happened.
enum class ErrorCode {
    InvalidArgument,  // a value handed in by the caller (a setting, an option, a file of ids)
    FileNotFound,     // the file is not there (any more)
    FileNotReadable,  // it is there, but reading it failed
    NotAModelFile,    // no GGUF file: the message says what it looks like
    FileDamaged,      // a GGUF file that contradicts itself or is cut off
    FilePartMissing,  // a part of a split model is not there
    FileTooOld,       // a GGUF version or quantization that must be converted again
    FileTooNew,       // a version later than this reader
    UnsupportedArchitecture,  // general.architecture is not one of ours
    UnsupportedFormat,        // a tensor format that the engine or this backend does not have
    UnsupportedTokenizer,     // tokenizer.ggml.model or .pre is not one of ours
    UnsupportedStep,          // a backend cannot run a step of the plan
    TemplateError,            // a chat template failed: syntax, run time, a limit
    ContextFull,              // the prompt does not fit the context
    OutOfMemory,              // main memory
    OutOfDeviceMemory,        // memory of the graphics card
    DeviceUnavailable,  // no driver, no card, too old, plug-in missing: the message says which
    DeviceLost,         // the card stopped answering
    InvalidNumbers,     // the model gave logits that are not numbers
    NoTokenAllowed,     // every token was banned
    Cancelled,          // the stop flag was raised
    Internal,           // our own fault
};

// The stable name of a code ("file-damaged"), for logs, JSON and the database.
std::string_view error_code_name(ErrorCode code);

struct Error {
    ErrorCode code = ErrorCode::Internal;
    std::string message;  // one sentence for people: what happened and what to do
    std::string context;  // details to copy: file, offset, tensor, position; may be empty
};

// The message, with the context in brackets where there is one.
std::string describe(const Error& error);

}  // namespace deepwell::engine
