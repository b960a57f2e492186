#include "app/storage/snapshot.h"

#include "app/storage/rows/conversation_rows.h"
#include "app/storage/rows/message_rows.h"
#include "app/storage/rows/reply_rows.h"
#include "app/storage/rows/variant_rows.h"
#include "app/storage/sqlite/database.h"
#include "app/storage/sqlite/failure.h"
#include "app/storage/sqlite/migrations.h"

namespace deepwell::app {

Snapshot::Snapshot(std::unique_ptr<Database> database) : database_(std::move(database)) {}
Snapshot::Snapshot(Snapshot&&) noexcept = default;
Snapshot& Snapshot::operator=(Snapshot&&) noexcept = default;
Snapshot::~Snapshot() = default;

Result<Snapshot> Snapshot::open(const Profile& profile) {
    return open_file(profile.database());
}

Result<Snapshot> Snapshot::open_file(const std::filesystem::path& file) {
    return guarded([&] {
        auto database = std::make_unique<Database>(file, Database::Access::Read);
        // The moment is that of the first read inside the transaction.
        database->run("BEGIN;");
        const int version = schema_version(*database);
        const int newest = static_cast<int>(all_migrations().size());
        if (version > newest) {
            throw Failure(
                ErrorCode::Newer,
                "The conversations were written by a newer Deepwell. Update to read them.");
        }
        if (version == 0) {
            throw Failure(ErrorCode::NotFound, "There are no conversations in this profile yet.",
                          file.string());
        }
        if (version < newest) {
            throw Failure(ErrorCode::InvalidArgument,
                          "The conversations are of an older version. Open the window once, then "
                          "try again.");
        }
        return Snapshot(std::move(database));
    });
}

Result<std::vector<ConversationRow>> Snapshot::rows(bool with_bin, bool with_archive) const {
    return guarded([&] {
        RowFilter filter;
        filter.rising = true;
        if (!with_bin) filter.deleted = false;
        if (!with_archive) filter.archived = false;
        return read_rows(*database_, filter);
    });
}

Result<Conversation> Snapshot::conversation(const ConversationId& id) const {
    return guarded([&] {
        const auto pk = need_conversation(*database_, id);
        auto conversation = read_header(*database_, pk);
        conversation.messages = read_messages(*database_, pk);
        const auto created = conversation.updated.value_or(0);
        show_running(*database_, pk, true, created, conversation.messages);
        return conversation;
    });
}

Result<std::vector<Folder>> Snapshot::folders() const {
    return guarded([&] { return read_folders(*database_); });
}

Result<std::vector<Variant>> Snapshot::variants() const {
    return guarded([&] { return read_exported_variants(*database_); });
}

}  // namespace deepwell::app
