// A view of the database as it was at one moment, for exports, checks and the command line while
// the window writes. Reads by a connection of its own that cannot write; any one thread at a time.
#pragma once

#include <functional>
#include <memory>

#include "app/base/paths.h"
#include "app/storage/store_values.h"

namespace deepwell::app {

class Database;

class Snapshot {
public:
    // Errors: NotFound (no database yet), Newer, Locked, Damaged. An older schema is read only
    // after the window or a writing command has migrated it: Newer's counterpart is
    // InvalidArgument.
    static Result<Snapshot> open(const Profile& profile);
    // A daily copy, or any other file that is such a database. The same errors.
    static Result<Snapshot> open_file(const std::filesystem::path& file);

    Snapshot(Snapshot&&) noexcept;
    Snapshot& operator=(Snapshot&&) noexcept;
    ~Snapshot();

    // Without the bin unless asked; by rising order.
    Result<std::vector<ConversationRow>> rows(bool with_bin, bool with_archive = true) const;
    // The whole conversation without what lies in the bin; a reply that runs comes as Interrupted
    // with what its journal holds, or Queued without a word.
    Result<Conversation> conversation(const ConversationId& id) const;
    Result<std::vector<Folder>> folders() const;
    // Those that replies or settings name, and those that only a file brought.
    Result<std::vector<Variant>> variants() const;

private:
    explicit Snapshot(std::unique_ptr<Database> database);
    std::unique_ptr<Database> database_;
};

}  // namespace deepwell::app
