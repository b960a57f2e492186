// One SQLite connection with the settings of reliability.md, our tokenizer, and prepared statements
// that are kept. One thread at a time. Throws (failure.h).
#pragma once

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace deepwell::app {

using Pk = std::int64_t;

class Database {
public:
    enum class Access { Write, Read };

    // Write: makes the file (0600) where there is none. Read: fails where there is none.
    Database(const std::filesystem::path& file, Access access);
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;
    ~Database();

    SQLite::Database& sql() { return *connection_; }
    void run(const std::string& statements);
    std::int64_t number(const std::string& query);
    Pk last_pk() const;
    // From any thread: what runs ends with Cancelled.
    void interrupt();

private:
    friend class Query;
    std::unique_ptr<SQLite::Database> connection_;
    std::unordered_map<std::string, std::vector<std::unique_ptr<SQLite::Statement>>> free_;
};

// A prepared statement for as long as it is needed; the same text may be in use twice.
//
//   Query query(database, "SELECT uuid, title FROM conversations WHERE pk = ?");
//   query.bind(pk);
//   while (query.next()) use(query.text(0), query.optional_text(1));
class Query {
public:
    Query(Database& database, const std::string& text);
    Query(const Query&) = delete;
    Query& operator=(const Query&) = delete;
    ~Query();

    // Values in the order of the question marks.
    Query& bind(std::int64_t value);
    Query& bind(int value) { return bind(static_cast<std::int64_t>(value)); }
    Query& bind(bool value) { return bind(static_cast<std::int64_t>(value)); }
    Query& bind(double value);
    Query& bind(std::string_view text);
    Query& bind(const std::string& text) { return bind(std::string_view(text)); }
    Query& bind(const char* text) { return bind(std::string_view(text)); }
    Query& bind_bytes(std::string_view bytes);
    Query& bind_null();
    Query& bind(const std::optional<std::int64_t>& value);
    Query& bind(const std::optional<double>& value);
    Query& bind(const std::optional<std::string>& value);

    bool next();
    // For statements without rows; the number of rows that changed.
    int run();
    // To be bound and run again.
    void again();

    bool null(int column) const;
    std::int64_t number(int column) const;
    double real(int column) const;
    std::string text(int column) const;  // bytes of a blob, too
    std::optional<std::int64_t> optional_number(int column) const;
    std::optional<double> optional_real(int column) const;
    std::optional<std::string> optional_text(int column) const;

private:
    Database& database_;
    std::string text_;
    std::unique_ptr<SQLite::Statement> statement_;
    int bound_ = 0;
};

enum class Durability {
    Full,    // on the disk when commit() returns, whatever happens to the power
    Normal,  // a kill loses nothing; a power cut may lose the last ones
};

// Rolls back unless committed. `synchronous` cannot change inside a transaction, so it is set
// before.
class Transaction {
public:
    Transaction(Database& database, Durability durability);
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;
    ~Transaction();
    void commit();

private:
    Database& database_;
    bool open_ = true;
};

// Raised by our own files, so that tools know them: "DWLL".
inline constexpr std::int64_t kApplicationId = 0x44574C4C;

}  // namespace deepwell::app
