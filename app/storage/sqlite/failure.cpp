#include "app/storage/sqlite/failure.h"

#include <SQLiteCpp/Exception.h>
#include <sqlite3.h>

#include <new>

namespace deepwell::app {
namespace {

Error from_sqlite(const SQLite::Exception& exception) {
    const auto context = std::string("SQLite ") + std::to_string(exception.getExtendedErrorCode()) +
                         ": " + exception.what();
    switch (exception.getErrorCode() & 0xFF) {
        case SQLITE_FULL:
            return {ErrorCode::NoRoom,
                    "The disk is full. Free some space, then try again; nothing is lost.", context};
        case SQLITE_READONLY:
        case SQLITE_PERM:
        case SQLITE_AUTH:
        case SQLITE_CANTOPEN:
            return {ErrorCode::ReadOnly,
                    "The profile may not be written. Change the rights of its folder, then try "
                    "again; nothing is lost.",
                    context};
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
        case SQLITE_PROTOCOL:
            return {ErrorCode::Locked,
                    "Another program holds the conversations. Close it, then try again; nothing is "
                    "lost.",
                    context};
        case SQLITE_CORRUPT:
        case SQLITE_NOTADB:
        case SQLITE_FORMAT:
            return {ErrorCode::Damaged,
                    "The file of the conversations is damaged. Start again: what can be read is "
                    "saved into a new one, and the damaged one is kept.",
                    context};
        case SQLITE_INTERRUPT:
        case SQLITE_ABORT:
            return {ErrorCode::Cancelled, "Cancelled.", context};
        case SQLITE_NOMEM:
            return {ErrorCode::NoRoom, "There is no memory left. Close something, then try again.",
                    context};
        case SQLITE_IOERR:
            return {ErrorCode::InputOutput,
                    "Reading or writing the conversations failed. Check the disk, then try again; "
                    "nothing is lost.",
                    context};
        default:
            return {ErrorCode::Internal, "The conversations could not be read or written.",
                    context};
    }
}

}  // namespace

Error current_error() {
    try {
        throw;
    } catch (const Failure& failure) {
        return failure.error();
    } catch (const SQLite::Exception& exception) {
        return from_sqlite(exception);
    } catch (const std::bad_alloc&) {
        return {ErrorCode::NoRoom, "There is no memory left. Close something, then try again.", ""};
    } catch (const std::exception& exception) {
        return {ErrorCode::Internal, "Something went wrong in the store of the conversations.",
                exception.what()};
    } catch (...) {
        return {ErrorCode::Internal, "Something went wrong in the store of the conversations.", ""};
    }
}

}  // namespace deepwell::app
