#include "app/storage/care/salvage.h"

#include <fmt/format.h>
#include <sqlite3.h>

#include <chrono>
#include <optional>
#include <set>
#include <vector>

#include "app/base/atomic_file.h"
#include "app/base/kept_files.h"
#include "app/storage/care/daily_copy.h"
#include "app/storage/rows/search_index.h"
#include "app/storage/sqlite/failure.h"
#include "app/storage/sqlite/migrations.h"

namespace deepwell::app {
namespace fs = std::filesystem;

namespace {

struct Table {
    const char* name;
    std::vector<const char*> columns;
};

// Those before stand before those that refer to them.
const std::vector<Table>& tables() {
    static const std::vector<Table> all = {
        {"folders", {"pk", "uuid", "parent", "name", "position", "created"}},
        {"variants",
         {"pk", "uuid", "name", "file_name", "file_size", "sha256", "parts", "architecture",
          "quantization", "parameters", "context_trained", "plan"}},
        {"conversations", {"pk",      "uuid",    "seq",           "title",        "title_source",
                           "created", "updated", "pinned",        "pinned_order", "archived",
                           "deleted", "folder",  "system_prompt", "settings",     "current",
                           "unread",  "origin",  "origin_key",    "fingerprint",  "left_out",
                           "extra"}},
        {"messages",
         {"pk",
          "conversation",
          "uuid",
          "parent",
          "position",
          "role",
          "state",
          "created",
          "finished",
          "edited_from",
          "answer",
          "answer_tokens",
          "thought",
          "thought_tokens",
          "thought_ms",
          "thought_opened_by",
          "thought_ended_by",
          "thought_budget",
          "thought_omitted",
          "variant",
          "model_name",
          "generation",
          "statistics",
          "error_code",
          "error_text",
          "origin_id",
          "repeat_from",
          "deleted",
          "extra"}},
        {"attachments",
         {"pk", "message", "position", "uuid", "name", "type", "size", "sha256", "tokens", "text",
          "bytes"}},
        {"drafts", {"conversation", "text", "changed"}},
        {"jobs", {"message", "request", "enqueued"}},
        {"journal", {"pk", "message", "kind", "text", "tokens", "ms"}}};
    return all;
}

// Reads a table of the damaged file in the order of its numbers, stepping over what cannot be read.
class TableReader {
public:
    TableReader(sqlite3* from, Database& to, const Table& table)
        : from_(from), to_(to), table_(table) {
        for (const auto* column : table.columns) {
            columns_ += (columns_.empty() ? "" : ", ") + std::string(column);
            marks_ += marks_.empty() ? "?" : ", ?";
        }
    }
    // Whether the table could be found at all.
    bool found() const { return found_; }
    // The number of rows that were saved; `complete` turns false where something was stepped over.
    std::int64_t run(bool& complete) {
        // A page holds at most a few hundred rows: growing leaps find its other side.
        std::int64_t from = 0;
        std::int64_t leap = 1;
        for (int failures = 0; failures < kMostFailures;) {
            const auto before = from;
            if (read_from(from)) return saved_;
            complete = false;
            if (!found_) return saved_;
            ++failures;
            leap = from == before ? leap * 2 : 1;
            from += leap;
        }
        return saved_;
    }

private:
    static constexpr int kMostFailures = 400;

    // True when the end was reached; else `from` is the number behind the last one that was read.
    bool read_from(std::int64_t& from) {
        const auto text =
            "SELECT " + columns_ + " FROM " + table_.name + " WHERE rowid >= ?1 ORDER BY rowid";
        sqlite3_stmt* statement = nullptr;
        if (sqlite3_prepare_v2(from_, text.c_str(), -1, &statement, nullptr) != SQLITE_OK) {
            sqlite3_finalize(statement);
            return false;
        }
        found_ = true;
        sqlite3_bind_int64(statement, 1, from);
        int result = SQLITE_ROW;
        while ((result = sqlite3_step(statement)) == SQLITE_ROW) {
            from = sqlite3_column_int64(statement, 0) + 1;
            save(statement);
        }
        sqlite3_finalize(statement);
        return result == SQLITE_DONE;
    }
    void save(sqlite3_stmt* row) {
        // A row that contradicts the schema (a text where a number must be) is not saved.
        const auto saved = guarded([&] {
            Query query(to_, "INSERT OR IGNORE INTO " + std::string(table_.name) + " (" + columns_ +
                                 ") VALUES (" + marks_ + ")");
            for (int i = 0; i < static_cast<int>(table_.columns.size()); ++i) bind(query, row, i);
            return query.run();
        });
        if (saved) saved_ += *saved;
    }
    static void bind(Query& query, sqlite3_stmt* row, int column) {
        const auto bytes = [&](const void* data) {
            const auto size = static_cast<std::size_t>(sqlite3_column_bytes(row, column));
            return std::string_view(static_cast<const char*>(data), data == nullptr ? 0 : size);
        };
        switch (sqlite3_column_type(row, column)) {
            case SQLITE_INTEGER:
                query.bind(static_cast<std::int64_t>(sqlite3_column_int64(row, column)));
                break;
            case SQLITE_FLOAT:
                query.bind(sqlite3_column_double(row, column));
                break;
            case SQLITE_TEXT:
                query.bind(bytes(sqlite3_column_text(row, column)));
                break;
            case SQLITE_BLOB:
                query.bind_bytes(bytes(sqlite3_column_blob(row, column)));
                break;
            default:
                query.bind_null();
                break;
        }
    }

    sqlite3* from_;
    Database& to_;
    const Table& table_;
    std::string columns_;
    std::string marks_;
    std::int64_t saved_ = 0;
    bool found_ = false;
};

// References to what was lost: replies whose conversation is gone get one of their own, the rest is
// cut loose.
void mend(Database& database, Milliseconds now) {
    Query lost(database,
               "SELECT DISTINCT conversation FROM messages "
               "WHERE conversation NOT IN (SELECT pk FROM conversations)");
    std::vector<Pk> conversations;
    while (lost.next()) conversations.push_back(lost.number(0));
    for (const auto pk : conversations) {
        Query query(database,
                    "INSERT INTO conversations (pk, uuid, seq, title, created, updated) "
                    "VALUES (?, lower(hex(randomblob(16))), "
                    "(SELECT coalesce(max(seq), 0) + 1 FROM conversations), 'Saved from a damaged "
                    "file', ?, ?)");
        query.bind(pk).bind(now).bind(now).run();
    }
    database.run(
        "UPDATE messages SET parent = NULL WHERE parent NOT IN (SELECT pk FROM messages);"
        "UPDATE messages SET edited_from = NULL WHERE edited_from NOT IN (SELECT pk FROM messages);"
        "UPDATE messages SET variant = NULL WHERE variant NOT IN (SELECT pk FROM variants);"
        "UPDATE conversations SET folder = NULL WHERE folder NOT IN (SELECT pk FROM folders);"
        "UPDATE folders SET parent = NULL WHERE parent NOT IN (SELECT pk FROM folders);"
        "UPDATE conversations SET current = NULL WHERE current NOT IN (SELECT pk FROM messages);"
        // The newest message without one below it, for those that lost their place.
        "UPDATE conversations SET current = (SELECT max(pk) FROM messages m WHERE "
        "m.conversation = conversations.pk AND m.deleted IS NULL AND NOT EXISTS "
        "(SELECT 1 FROM messages b WHERE b.parent = m.pk AND b.deleted IS NULL)) "
        "WHERE current IS NULL;"
        "DELETE FROM attachments WHERE message NOT IN (SELECT pk FROM messages);"
        "DELETE FROM jobs WHERE message NOT IN (SELECT pk FROM messages);"
        "DELETE FROM journal WHERE message NOT IN (SELECT pk FROM messages);"
        "DELETE FROM drafts WHERE conversation != 0 AND conversation NOT IN "
        "(SELECT pk FROM conversations);");
}

struct Closer {
    void operator()(sqlite3* connection) const { sqlite3_close_v2(connection); }
};

// Everything that can be read of `file`; false where a table could not be found in it.
bool read_tables(const fs::path& file, Database& fresh, bool& complete, std::int64_t& messages) {
    sqlite3* opened = nullptr;
    const int result = sqlite3_open_v2(file.c_str(), &opened, SQLITE_OPEN_READWRITE, nullptr);
    const std::unique_ptr<sqlite3, Closer> damaged(opened);
    if (result != SQLITE_OK) {
        complete = false;
        return false;
    }
    sqlite3_exec(damaged.get(), "PRAGMA query_only = ON; PRAGMA cell_size_check = ON;", nullptr,
                 nullptr, nullptr);
    bool all = true;
    for (const auto& table : tables()) {
        TableReader reader(damaged.get(), fresh, table);
        const auto saved = reader.run(complete);
        all = all && reader.found();
        if (table.name == std::string_view("messages")) messages += saved;
    }
    return all;
}

// A database that was just made, as pages, and which of them hold its schema: in it every table and
// index is one page, so all others are.
struct Image {
    std::string bytes;
    std::vector<std::size_t> schema_pages;  // from 1
};
constexpr std::size_t kPage = 4096;

Image image_of(Database& fresh) {
    Image image;
    fresh.run("PRAGMA wal_checkpoint(TRUNCATE);");
    const auto file = fresh.sql().getFilename();
    if (auto bytes = read_file(file)) image.bytes = std::move(*bytes);
    std::set<std::size_t> roots;
    Query query(fresh, "SELECT rootpage FROM sqlite_schema WHERE rootpage > 0");
    while (query.next()) roots.insert(static_cast<std::size_t>(query.number(0)));
    for (std::size_t page = 1; page * kPage <= image.bytes.size(); ++page) {
        if (!roots.contains(page)) image.schema_pages.push_back(page);
    }
    return image;
}

// The list of tables is damaged, so some of them cannot be found. A database of this version always
// begins with the same pages: those of a new one, put into a copy, lead to the old ones again.
std::optional<fs::path> with_schema_of(const Image& image, const fs::path& damaged) {
    auto bytes = read_file(damaged);
    if (!bytes || bytes->size() < image.bytes.size() || image.bytes.empty()) return std::nullopt;
    for (const auto page : image.schema_pages) {
        bytes->replace((page - 1) * kPage, kPage, image.bytes, (page - 1) * kPage, kPage);
    }
    // The file format's header, big-endian: size in pages at 28, free pages at 32 and 36; the size
    // counts because the change counter at 24 equals that at 92 (sqlite.org/fileformat2.html).
    const auto put = [&](std::size_t at, std::size_t value) {
        for (int i = 0; i < 4; ++i) {
            (*bytes)[at + static_cast<std::size_t>(i)] =
                static_cast<char>((value >> (24 - 8 * i)) & 0xFF);
        }
    };
    put(24, 1);
    put(92, 1);
    put(28, bytes->size() / kPage);
    put(32, 0);
    put(36, 0);
    const auto copy =
        damaged.parent_path() / fmt::format(".{}.copy.part", damaged.filename().string());
    if (!write_file_atomically(copy, *bytes)) return std::nullopt;
    return copy;
}

void remove_with_log(const fs::path& file) {
    std::error_code error;
    for (const auto* tail : {"", "-wal", "-shm"}) fs::remove(file.string() + tail, error);
}

}  // namespace

std::string describe(const SalvageReport& report) {
    auto text = fmt::format(
        "The file of the conversations was damaged. {} conversations with {} messages were saved "
        "from it",
        report.conversations, report.messages);
    text += report.something_missing ? "; something may be missing." : ", all that were in it.";
    text += " The damaged file is kept as " + report.damaged.filename().string() + ".";
    if (report.something_missing && !report.newest_copy.empty()) {
        text += fmt::format(
            " What is missing may be in the copy of {}: `deepwell-cli conversations restore` "
            "brings "
            "it back.",
            report.newest_copy);
    }
    return text;
}

SalvageReport salvage(const Profile& profile, Milliseconds now) {
    SalvageReport report;
    report.damaged = aside_name(profile.database(), now, "damaged");
    fs::rename(profile.database(), report.damaged);
    std::error_code error;
    for (const auto* tail : {"-wal", "-shm"}) {
        fs::rename(profile.database().string() + tail, report.damaged.string() + tail, error);
    }
    bool complete = true;
    Database fresh(profile.database(), Database::Access::Write);
    migrate(fresh, all_migrations(), profile.copies());
    const auto empty = image_of(fresh);
    fresh.run("PRAGMA foreign_keys = OFF;");
    Transaction transaction(fresh, Durability::Full);
    if (!read_tables(report.damaged, fresh, complete, report.messages)) {
        const auto copy = with_schema_of(empty, report.damaged);
        if (copy) read_tables(*copy, fresh, complete, report.messages);
        if (copy) remove_with_log(*copy);
    }
    mend(fresh, now);
    report.conversations = fresh.number("SELECT count(*) FROM conversations");
    rebuild_index(fresh);
    transaction.commit();
    report.something_missing = !complete;
    if (const auto copies = list_copies(profile); !copies.empty()) {
        report.newest_copy = copies.front().day;
    }
    return report;
}

bool looks_sound(Database& database, int limit) {
    using Clock = std::chrono::steady_clock;
    auto until = Clock::now() + std::chrono::milliseconds(limit);
    auto* handle = database.sql().getHandle();
    sqlite3_progress_handler(
        handle, 1000,
        [](void* end) { return Clock::now() > *static_cast<Clock::time_point*>(end) ? 1 : 0; },
        &until);
    bool sound = true;
    try {
        // The whole check, not the quick one: an index that disagrees hides rows from their
        // readers.
        Query query(database, "PRAGMA integrity_check(1)");
        if (query.next()) sound = query.text(0) == "ok";
    } catch (const std::exception&) {
        // Out of time is no finding; anything else is.
        sound = current_error().code == ErrorCode::Cancelled;
    }
    sqlite3_progress_handler(handle, 0, nullptr, nullptr);
    return sound;
}

}  // namespace deepwell::app
