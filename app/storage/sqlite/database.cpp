#include "app/storage/sqlite/database.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

#include <cerrno>

#include "app/storage/sqlite/failure.h"
#include "app/storage/sqlite/tokenizer.h"

namespace deepwell::app {
namespace fs = std::filesystem;

namespace {

constexpr int kBusyMs = 5000;

// SQLite would make it with the process's mask; its -wal and -shm take over the mode of the file.
void make_private_file(const fs::path& file) {
    const int descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (descriptor < 0) throw Failure(error_from_errno(errno, "open", file.string()));
    ::close(descriptor);
}

// A file name as SQLite's URI: for a folder that may not be written, where a read-only connection
// could not make the files beside the database.
std::string immutable_uri(const fs::path& file) {
    static constexpr char kHex[] = "0123456789ABCDEF";
    std::string uri = "file:";
    for (const char c : file.string()) {
        if (c == '%' || c == '?' || c == '#') {
            uri += '%';
            uri += kHex[static_cast<unsigned char>(c) >> 4];
            uri += kHex[c & 15];
        } else {
            uri += c;
        }
    }
    return uri + "?immutable=1";
}

std::unique_ptr<SQLite::Database> connect(const fs::path& file, Database::Access access) {
    if (access == Database::Access::Write) {
        make_private_file(file);
        return std::make_unique<SQLite::Database>(file.string(), SQLite::OPEN_READWRITE, kBusyMs);
    }
    std::error_code error;
    if (!fs::exists(file, error)) {
        throw Failure(ErrorCode::NotFound, "There are no conversations in this profile yet.",
                      file.string());
    }
    const bool beside = ::access(file.parent_path().c_str(), W_OK) == 0 ||
                        fs::exists(file.string() + "-shm", error);
    if (!beside) {
        return std::make_unique<SQLite::Database>(
            immutable_uri(file), SQLite::OPEN_READONLY | SQLite::OPEN_URI, kBusyMs);
    }
    return std::make_unique<SQLite::Database>(file.string(), SQLite::OPEN_READONLY, kBusyMs);
}

}  // namespace

Database::Database(const fs::path& file, Access access) : connection_(connect(file, access)) {
    auto* handle = connection_->getHandle();
    sqlite3_extended_result_codes(handle, 1);
    int done = 0;
    sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, &done);
    run("PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON; PRAGMA temp_store = MEMORY;"
        "PRAGMA foreign_keys = ON;");
    register_tokenizer(handle);
    if (access == Access::Read) {
        run("PRAGMA query_only = ON;");
        return;
    }
    run("PRAGMA secure_delete = ON; PRAGMA journal_size_limit = 16777216;"
        "PRAGMA wal_autocheckpoint = 1000; PRAGMA synchronous = FULL;");
    // Answers with the mode that it took; a file system without shared memory keeps another one.
    number("SELECT count(*) FROM sqlite_schema");
    run("PRAGMA journal_mode = WAL;");
}

Database::~Database() = default;

void Database::run(const std::string& statements) {
    connection_->exec(statements);
}

std::int64_t Database::number(const std::string& query) {
    return connection_->execAndGet(query).getInt64();
}

Pk Database::last_pk() const {
    return connection_->getLastInsertRowid();
}

void Database::interrupt() {
    sqlite3_interrupt(connection_->getHandle());
}

Query::Query(Database& database, const std::string& text) : database_(database), text_(text) {
    auto& free = database.free_[text_];
    if (free.empty()) {
        statement_ = std::make_unique<SQLite::Statement>(*database.connection_, text_);
    } else {
        statement_ = std::move(free.back());
        free.pop_back();
    }
}

Query::~Query() {
    // A statement that failed says so again when it is reset; it is new for the next user.
    if (statement_->tryReset() == SQLITE_OK) {
        try {
            statement_->clearBindings();
            database_.free_[text_].push_back(std::move(statement_));
        } catch (const std::exception&) {
            statement_.reset();
        }
    }
}

Query& Query::bind(std::int64_t value) {
    statement_->bind(++bound_, value);
    return *this;
}

Query& Query::bind(double value) {
    statement_->bind(++bound_, value);
    return *this;
}

Query& Query::bind(std::string_view text) {
    // SQLiteCpp has no call with a length for text.
    statement_->bind(++bound_, std::string(text));
    return *this;
}

Query& Query::bind_bytes(std::string_view bytes) {
    statement_->bind(++bound_, bytes.data(), static_cast<int>(bytes.size()));
    return *this;
}

Query& Query::bind_null() {
    statement_->bind(++bound_);
    return *this;
}

Query& Query::bind(const std::optional<std::int64_t>& value) {
    return value ? bind(*value) : bind_null();
}

Query& Query::bind(const std::optional<double>& value) {
    return value ? bind(*value) : bind_null();
}

Query& Query::bind(const std::optional<std::string>& value) {
    return value ? bind(*value) : bind_null();
}

bool Query::next() {
    return statement_->executeStep();
}

int Query::run() {
    return statement_->exec();
}

void Query::again() {
    statement_->reset();
    statement_->clearBindings();
    bound_ = 0;
}

bool Query::null(int column) const {
    return statement_->isColumnNull(column);
}
std::int64_t Query::number(int column) const {
    return statement_->getColumn(column).getInt64();
}
double Query::real(int column) const {
    return statement_->getColumn(column).getDouble();
}
std::string Query::text(int column) const {
    return statement_->getColumn(column).getString();
}

std::optional<std::int64_t> Query::optional_number(int column) const {
    if (null(column)) return std::nullopt;
    return number(column);
}

std::optional<double> Query::optional_real(int column) const {
    if (null(column)) return std::nullopt;
    return real(column);
}

std::optional<std::string> Query::optional_text(int column) const {
    if (null(column)) return std::nullopt;
    return text(column);
}

Transaction::Transaction(Database& database, Durability durability) : database_(database) {
    database_.run(durability == Durability::Full ? "PRAGMA synchronous = FULL;"
                                                 : "PRAGMA synchronous = NORMAL;");
    database_.run("BEGIN IMMEDIATE;");
}

Transaction::~Transaction() {
    if (!open_) return;
    try {
        // After some errors SQLite has rolled back by itself.
        if (sqlite3_get_autocommit(database_.sql().getHandle()) == 0) database_.run("ROLLBACK;");
    } catch (const std::exception&) {
        // The connection is unusable; the next statement says so.
    }
}

void Transaction::commit() {
    database_.run("COMMIT;");
    open_ = false;
}

}  // namespace deepwell::app
