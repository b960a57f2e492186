// Messages, attachments and their tree, as rows. Throws (failure.h); callers hold the transaction.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "app/conversations/message.h"
#include "app/storage/sqlite/database.h"

namespace deepwell::app {

// All messages of a conversation that are not in the bin, depth first.
std::vector<Message> read_messages(Database& database, Pk conversation);

std::optional<Pk> find_message(Database& database, Pk conversation, const std::string& uuid);
// As find_message, but a missing one is a NotFound.
Pk need_message(Database& database, Pk conversation, const std::string& uuid);

// Adds the row as the last child of `parent`, its attachments, and its words to the index.
// References to messages and variants that are not there are left empty.
Pk insert_message(Database& database, Pk conversation, const Message& message,
                  std::optional<Pk> parent);
// The same for many that stand parents before children, all new: positions in their order.
void insert_tree(Database& database, Pk conversation, const std::vector<Message>& messages);

// State, texts and how it was made replace what the row has; its place, role, creation time and
// attachments stay.
void update_reply(Database& database, Pk pk, const Message& reply);
void update_generation(Database& database, Pk pk, const Generation& generation,
                       const std::optional<VariantId>& variant);
Message read_message(Database& database, Pk pk);
void set_message_state(Database& database, Pk pk, MessageState state);

// Down along the last children that are not in the bin.
Pk leaf_below(Database& database, Pk message);
std::string message_uuid(Database& database, Pk message);

}  // namespace deepwell::app
