// Variants, model files and folders, as rows. Throws (failure.h); callers hold the transaction.
#pragma once

#include <optional>
#include <vector>

#include "app/conversations/conversation.h"
#include "app/storage/sqlite/database.h"
#include "app/storage/store_values.h"

namespace deepwell::app {

std::optional<Pk> find_variant(Database& database, const std::optional<VariantId>& id);
std::vector<Variant> read_variants(Database& database);
// Those that replies or settings name, and those that only a file brought (no local file of
// theirs).
std::vector<Variant> read_exported_variants(Database& database);
void save_variant(Database& database, const Variant& variant);  // made, or changed by its id
std::vector<ModelFileRow> read_model_files(Database& database);
void save_model_files(Database& database, const std::vector<ModelFileRow>& files,
                      const std::vector<std::string>& gone);

std::optional<Pk> find_folder(Database& database, const std::optional<FolderId>& id);
std::vector<Folder> read_folders(Database& database);
// A parent that is unknown, or would make a ring, is left out.
void save_folder(Database& database, const Folder& folder);
// What is in it moves to its parent.
void remove_folder(Database& database, const FolderId& id);

}  // namespace deepwell::app
