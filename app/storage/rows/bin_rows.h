// The bin: hidden with a time, restored, or gone for good. Throws (failure.h); callers hold the
// transaction.
#pragma once

#include <vector>

#include "app/storage/sqlite/database.h"
#include "app/storage/store_values.h"

namespace deepwell::app {

// Hides the message and all below it; `current` moves to a kept leaf. What was hidden.
std::vector<MessageId> hide_messages(Database& database, Pk conversation, const MessageId& message,
                                     Milliseconds now);
void show_messages(Database& database, Pk conversation, const std::vector<MessageId>& messages);

// One conversation, or one conversation's hidden messages, that went into the bin before `before`
// goes for good. The number of conversations or messages that went; 0: nothing is left to do.
int purge_one(Database& database, Milliseconds before);

}  // namespace deepwell::app
