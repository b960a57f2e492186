// The full-text index beside the messages. Whoever changes a text calls take_out() before and
// put_in() after, in the same transaction: the index can only forget words that it is told.
#pragma once

#include "app/storage/sqlite/database.h"

namespace deepwell::app {

void put_into_index(Database& database, Pk message);
void take_out_of_index(Database& database, Pk message);
void put_conversation_into_index(Database& database, Pk conversation);
void take_conversation_out_of_index(Database& database, Pk conversation);
// Makes it anew from the messages: after a salvage, or where it disagrees.
void rebuild_index(Database& database);
// False where the index does not agree with the messages.
bool index_agrees(Database& database);
// One step (at most 20 ms) of merging; deleted words are in the file until nothing is left to
// merge. `first` starts over. False when nothing changed any more.
bool merge_index_step(Database& database, bool first);

}  // namespace deepwell::app
