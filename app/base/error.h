// What went wrong above the engine, as a value: storage, settings, exchange files. app/problems
// turns it into what the window says.
#pragma once

#include <string>
#include <string_view>

namespace deepwell::app {

enum class ErrorCode {
    InvalidArgument,  // our caller asked for something that cannot be
    NotFound,         // no such conversation, message, folder, file
    NoRoom,           // the disk is full
    ReadOnly,         // the folder or the file may not be written
    Locked,           // another program holds the profile or its database
    Damaged,          // the database, or a file that is read, contradicts itself
    Newer,            // written by a later Deepwell
    UnknownFormat,    // an exchange file of a kind that nobody here reads
    Truncated,        // an exchange file that ends too early
    InputOutput,      // any other failure of reading or writing
    Cancelled,        // by the user
    Internal,         // our own fault
};

// The stable name of a code ("no-room"), for logs, JSON and the command line.
std::string_view error_code_name(ErrorCode code);

struct Error {
    ErrorCode code = ErrorCode::Internal;
    std::string message;  // one sentence for people: what happened and what to do
    std::string context;  // details to copy: file, SQLite's words, place; may be empty
};

// The message, with the context in brackets where there is one.
std::string describe(const Error& error);

// The error that belongs to an errno of the system, with the file as context.
Error error_from_errno(int number, std::string_view doing, std::string_view file);

}  // namespace deepwell::app
