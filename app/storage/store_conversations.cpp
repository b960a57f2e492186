// Conversations, bin and search of the store.
#include <utility>

#include "app/conversations/title.h"
#include "app/storage/rows/bin_rows.h"
#include "app/storage/rows/import_rows.h"
#include "app/storage/rows/message_rows.h"
#include "app/storage/rows/reply_rows.h"
#include "app/storage/rows/search_index.h"
#include "app/storage/rows/search_rows.h"
#include "app/storage/rows/variant_rows.h"
#include "app/storage/store_private.h"

namespace deepwell::app {

// --- conversations ---

void Store::list(ListQuery query, Done<std::vector<ConversationRow>> done) {
    d_->post<std::vector<ConversationRow>>(Lane::Ordinary, std::move(done),
                                           [query = std::move(query)](Database& database) {
                                               RowFilter filter;
                                               filter.deleted = query.deleted;
                                               if (!query.deleted) filter.archived = query.archived;
                                               filter.folder = query.folder;
                                               return read_rows(database, filter);
                                           });
}

void Store::row(ConversationId id, Done<ConversationRow> done) {
    d_->post<ConversationRow>(Lane::Ordinary, std::move(done), [id](Database& database) {
        RowFilter filter;
        filter.id = id;
        auto rows = read_rows(database, filter);
        if (rows.empty()) need_conversation(database, id);
        return std::move(rows.front());
    });
}

void Store::load(ConversationId id, Done<Conversation> done) {
    d_->post<Conversation>(
        Lane::Ordinary, std::move(done), [core = d_->core, id](Database& database) {
            // What is being gathered belongs to what the reader sees.
            if (!core->owed.empty()) core->write_owed();
            const auto pk = need_conversation(database, id);
            auto conversation = read_header(database, pk);
            conversation.messages = read_messages(database, pk);
            show_running(database, pk, false, core->now_ms(), conversation.messages);
            return conversation;
        });
}

void Store::create(Conversation conversation, Done<Nothing> done) {
    const auto id = conversation.id;
    d_->change<Nothing>(
        std::move(done), id, [conversation = std::move(conversation)](Database& database) {
            ImportCounts counts;
            auto fresh = conversation;
            fresh.order = 0;
            if (find_conversation(database, fresh.id)) {
                throw Failure(ErrorCode::InvalidArgument,
                              "A conversation of this id is there already.", fresh.id);
            }
            import_conversation(database, std::move(fresh), {}, {}, counts);
            return Nothing{};
        });
}

void Store::rename(ConversationId id, std::string title, TitleSource source, Done<Nothing> done) {
    d_->change<Nothing>(std::move(done), id,
                        [id, title = clean_title(title), source](Database& database) {
                            const auto pk = need_conversation(database, id);
                            set_column(database, pk, "title", title);
                            set_column(database, pk, "title_source", std::string(name_of(source)));
                            return Nothing{};
                        });
}

void Store::set_pinned(ConversationId id, bool pinned, Done<Nothing> done) {
    d_->change<Nothing>(std::move(done), id, [id, pinned](Database& database) {
        const auto pk = need_conversation(database, id);
        std::optional<std::int64_t> order;
        if (pinned) {
            order = database.number(
                "SELECT coalesce(max(pinned_order), -1) + 1 FROM conversations WHERE pinned");
        }
        set_column(database, pk, "pinned", pinned);
        set_column(database, pk, "pinned_order", order);
        return Nothing{};
    });
}

void Store::set_archived(ConversationId id, bool archived, Done<Nothing> done) {
    d_->set(id, "archived", archived, std::move(done));
}

void Store::set_unread(ConversationId id, bool unread, Done<Nothing> done) {
    d_->set(id, "unread", unread, std::move(done));
}

void Store::set_system_prompt(ConversationId id, std::optional<std::string> prompt,
                              Done<Nothing> done) {
    d_->set(id, "system_prompt", std::move(prompt), std::move(done));
}

void Store::set_settings(ConversationId id, ConversationSettings settings, Done<Nothing> done) {
    d_->set(id, "settings", to_text(to_json(settings)), std::move(done));
}

void Store::set_folder(ConversationId id, std::optional<FolderId> folder, Done<Nothing> done) {
    d_->change<Nothing>(std::move(done), id, [id, folder](Database& database) {
        const auto pk = find_folder(database, folder);
        if (folder && !pk) {
            throw Failure(ErrorCode::NotFound, "The folder is not there any more.", *folder);
        }
        set_column(database, need_conversation(database, id), "folder", pk);
        return Nothing{};
    });
}

void Store::choose_version(MessageRef message, Done<MessageId> done) {
    d_->change<MessageId>(std::move(done), message.conversation, [message](Database& database) {
        const auto conversation = need_conversation(database, message.conversation);
        const auto leaf =
            leaf_below(database, need_message(database, conversation, message.message));
        set_current(database, conversation, leaf);
        return message_uuid(database, leaf);
    });
}

// --- bin ---

void Store::remove_conversation(ConversationId id, Done<Nothing> done) {
    d_->set(id, "deleted", d_->core->now_ms(), std::move(done));
}

void Store::restore_conversation(ConversationId id, Done<Nothing> done) {
    d_->set(id, "deleted", std::optional<Milliseconds>(), std::move(done));
}

void Store::remove_message(MessageRef message, Done<std::vector<MessageId>> done) {
    d_->change<std::vector<MessageId>>(
        std::move(done), message.conversation, [core = d_->core, message](Database& database) {
            return hide_messages(database, need_conversation(database, message.conversation),
                                 message.message, core->now_ms());
        });
}

void Store::restore_messages(ConversationId id, std::vector<MessageId> messages,
                             Done<Nothing> done) {
    d_->change<Nothing>(std::move(done), id,
                        [id, messages = std::move(messages)](Database& database) {
                            show_messages(database, need_conversation(database, id), messages);
                            return Nothing{};
                        });
}

void Store::purge(std::chrono::milliseconds older_than, Done<int> done) {
    struct Work {
        int gone = 0;
        bool merging = false;
        bool first = true;
    };
    const auto before = d_->core->now_ms() - older_than.count();
    auto work = std::make_shared<Work>();
    const bool taken = d_->thread.post_steps([core = d_->core, done, before, work] {
        auto again = core->attempt([&](Database& database) {
            if (!work->merging) {
                Transaction transaction(database, Durability::Normal);
                const int gone = purge_one(database, before);
                transaction.commit();
                work->gone += gone;
                if (gone > 0) return true;
                work->merging = true;
                return true;
            }
            // Without the merge deleted words stay in the index although secure_delete is on.
            if (merge_index_step(database, std::exchange(work->first, false))) return true;
            database.run("PRAGMA wal_checkpoint(TRUNCATE);");
            return false;
        });
        if (!again) {
            done(fail(again.error()));
            return false;
        }
        if (*again) return true;
        if (work->gone > 0) core->tell([](Store& store) { emit store.listChanged(); });
        done(work->gone);
        return false;
    });
    if (!taken) done(fail(closed_error()));
}

// --- search ---

void Store::search(SearchQuery query, Done<std::vector<SearchHit>> done) {
    d_->post<std::vector<SearchHit>>(
        Lane::Ordinary, std::move(done),
        [query = std::move(query)](Database& database) { return app::search(database, query); });
}

}  // namespace deepwell::app
