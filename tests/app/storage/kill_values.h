// What the killed program and its judge both know.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

#include "app/storage/sqlite/migrations.h"

namespace deepwell::tests {

// Bytes `from` … `from + size` of an endless text.
inline std::string streamed_text(std::size_t from, std::size_t size) {
    std::string text;
    for (std::size_t at = from; at < from + size; ++at) {
        text += static_cast<char>('a' + (at * 7 + at / 13) % 26);
    }
    return text;
}

// One clock for both processes.
inline std::int64_t monotonic_ms() {
    return std::chrono::duration_cast<std::chrono::milliseconds>(
               std::chrono::steady_clock::now().time_since_epoch())
        .count();
}

// The schema as it may be some day: two steps that take a while, each of which moves text about.
inline app::Migrations later_migrations() {
    auto migrations = app::all_migrations();
    migrations.push_back(
        "ALTER TABLE messages ADD COLUMN mood TEXT;"
        "UPDATE messages SET mood = answer || answer;"
        "CREATE INDEX messages_mood ON messages (mood);");
    migrations.push_back(
        "CREATE TABLE moods (message INTEGER PRIMARY KEY REFERENCES messages (pk), mood TEXT) "
        "STRICT;"
        "INSERT INTO moods SELECT pk, mood FROM messages;"
        "DROP INDEX messages_mood; ALTER TABLE messages DROP COLUMN mood;");
    return migrations;
}

}  // namespace deepwell::tests
