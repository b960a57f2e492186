// Conversations from a file into the database, by the table of exchange.md 6 ("Already there?").
// Throws (failure.h); callers hold the transaction.
#pragma once

#include <unordered_map>
#include <vector>

#include "app/storage/sqlite/database.h"
#include "app/storage/store_values.h"

namespace deepwell::app {

// Which ids of the file mean which here.
struct ImportNames {
    std::unordered_map<VariantId, VariantId> variants;
    std::unordered_map<FolderId, FolderId> folders;
};

ImportNames import_names(Database& database, const std::vector<Variant>& variants,
                         const std::vector<Folder>& folders);

void import_conversation(Database& database, Conversation conversation, const ImportNames& names,
                         const ImportOptions& options, ImportCounts& counts);

}  // namespace deepwell::app
