#include "app/storage/rows/search_index.h"

#include <SQLiteCpp/Exception.h>

namespace deepwell::app {
namespace {

constexpr auto kPut =
    "INSERT INTO search (rowid, question, thought, answer) "
    "SELECT pk, question, thought, answer FROM search_source WHERE pk ";
constexpr auto kTakeOut =
    "INSERT INTO search (search, rowid, question, thought, answer) "
    "SELECT 'delete', pk, question, thought, answer FROM search_source WHERE pk ";
constexpr auto kThis = "= ?";
constexpr auto kOfConversation = "IN (SELECT pk FROM messages WHERE conversation = ?)";

void run(Database& database, const char* what, const char* which, Pk pk) {
    Query query(database, std::string(what) + which);
    query.bind(pk).run();
}

}  // namespace

void put_into_index(Database& database, Pk message) {
    run(database, kPut, kThis, message);
}

void take_out_of_index(Database& database, Pk message) {
    run(database, kTakeOut, kThis, message);
}

void put_conversation_into_index(Database& database, Pk conversation) {
    run(database, kPut, kOfConversation, conversation);
}

void take_conversation_out_of_index(Database& database, Pk conversation) {
    run(database, kTakeOut, kOfConversation, conversation);
}

void rebuild_index(Database& database) {
    database.run("INSERT INTO search (search) VALUES ('rebuild');");
}

bool index_agrees(Database& database) {
    try {
        database.run("INSERT INTO search (search, rank) VALUES ('integrity-check', 1);");
        return true;
    } catch (const SQLite::Exception&) {
        return false;
    }
}

bool merge_index_step(Database& database, bool first) {
    // A negative number asks to begin merging everything into one; positive ones go on. Fewer than
    // two changes mean that there was nothing left (SQLite's documentation of 'merge').
    const auto before = database.sql().getTotalChanges();
    Query query(database, "INSERT INTO search (search, rank) VALUES ('merge', ?)");
    query.bind(first ? -200 : 200).run();
    return database.sql().getTotalChanges() - before >= 2;
}

}  // namespace deepwell::app
