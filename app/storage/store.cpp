#include "app/storage/store.h"

#include <utility>

#include "app/conversations/title.h"
#include "app/storage/bin_rows.h"
#include "app/storage/conversation_rows.h"
#include "app/storage/daily_copy.h"
#include "app/storage/import_rows.h"
#include "app/storage/message_rows.h"
#include "app/storage/opening.h"
#include "app/storage/reply_rows.h"
#include "app/storage/search_index.h"
#include "app/storage/search_rows.h"
#include "app/storage/store_core.h"
#include "app/storage/variant_rows.h"

namespace deepwell::app {
namespace {

// Chunks are on disk within 200 ms: this, and what the disk takes.
constexpr auto kGather = std::chrono::milliseconds(100);
constexpr auto kStep = std::chrono::milliseconds(30);  // of an ordinary job

const Error kClosed{ErrorCode::Cancelled, "The store is closed.", ""};

}  // namespace

void StoreCore::report(const std::optional<Error>& error) {
    const bool same =
        error.has_value() == reported.has_value() && (!error || error->code == reported->code);
    if (same) return;
    reported = error;
    tell([&](Store& store) {
        if (error) {
            emit store.problem(*error);
        } else {
            emit store.problemCleared();
        }
    });
}

void StoreCore::write_owed() {
    std::vector<MessageRef> ended;
    auto written = guarded([&] { owed.write(open_database(), clock.now_ms(), ended); });
    for (const auto& reply : ended) {
        tell([&](Store& store) { emit store.conversationChanged(reply.conversation); });
    }
    report(written ? std::nullopt : std::optional<Error>(written.error()));
    if (!written) throw Failure(written.error());
}

class Store::Private {
public:
    Private(Store* store, Profile profile, const Clock& clock)
        : core(std::make_shared<StoreCore>(store, std::move(profile), clock)),
          thread(std::make_unique<JobThread>()) {}

    // Runs `work(database)` on the storage thread and hands its result to `done`.
    template <class T, class Work>
    void post(Lane lane, Done<T> done, Work work) {
        const bool taken = thread && thread->post(lane, [core = core, done, work]() mutable {
            done(guarded([&]() -> T { return work(core->open_database()); }));
        });
        if (!taken) done(fail(kClosed));
    }

    // A change: one durable transaction; then the conversation's row is said to have changed.
    template <class T, class Work>
    void change(Done<T> done, const ConversationId& id, Work work, Lane lane = Lane::Urgent,
                Durability durability = Durability::Full) {
        post<T>(lane, std::move(done),
                [core = core, id, work, durability](Database& database) mutable -> T {
                    std::optional<T> result;
                    {
                        Transaction transaction(database, durability);
                        result.emplace(work(database));
                        transaction.commit();
                    }
                    // The disk takes writes again: what waits for it goes too.
                    if (core->reported) static_cast<void>(guarded([&] { core->write_owed(); }));
                    core->tell([&](Store& store) {
                        if (id.empty()) {
                            emit store.listChanged();
                        } else {
                            emit store.conversationChanged(id);
                        }
                    });
                    return std::move(*result);
                });
    }

    // A change of one column of a conversation.
    template <class T>
    void set(const ConversationId& id, const char* column, T value, Done<Nothing> done) {
        change<Nothing>(std::move(done), id, [id, column, value](Database& database) {
            set_column(database, need_conversation(database, id), column, value);
            return Nothing{};
        });
    }

    std::shared_ptr<StoreCore> core;
    std::unique_ptr<JobThread> thread;
    std::unique_ptr<JobThread> care;
};

Store::Store(Profile profile, const Clock& clock, QObject* parent)
    : QObject(parent), d_(std::make_unique<Private>(this, std::move(profile), clock)) {}

Store::~Store() {
    close();
    const std::lock_guard lock(d_->core->owner_mutex);
    d_->core->owner = nullptr;
}

const Profile& Store::profile() const {
    return d_->core->profile;
}

void Store::open(Done<OpenReport> done) {
    const bool taken = d_->thread && d_->thread->post(Lane::Urgent, [core = d_->core, done] {
        auto opened = guarded([&] {
            auto [database, report] = open_store(core->profile, core->clock.now_ms());
            core->database = std::move(database);
            return report;
        });
        if (!opened) core->broken = opened.error();
        done(std::move(opened));
    });
    if (!taken) done(fail(kClosed));
}

void Store::close(std::chrono::milliseconds limit) {
    if (!d_->thread) return;
    d_->thread->finish(limit, [core = d_->core] {
        if (!core->database) return;
        static_cast<void>(guarded([&] { core->write_owed(); }));
        static_cast<void>(guarded([&] {
            Transaction transaction(*core->database, Durability::Full);
            recover(*core->database, core->clock.now_ms());
            transaction.commit();
        }));
        static_cast<void>(guarded([&] {
            core->database->run("PRAGMA optimize;");
            core->database->run("PRAGMA wal_checkpoint(TRUNCATE);");
        }));
        core->database.reset();
        core->broken = kClosed;
    });
    d_->thread.reset();
    if (d_->care) d_->care->finish(std::chrono::milliseconds(0), {});
    d_->care.reset();
}

// --- asking and answering ---

void Store::send(Sending sending, Done<Sent> done) {
    const auto id = sending.conversation;
    d_->change<Sent>(
        std::move(done), id, [core = d_->core, sending = std::move(sending)](Database& database) {
            const auto now = core->clock.now_ms();
            auto pk = find_conversation(database, sending.conversation);
            if (!pk && sending.fresh) {
                auto fresh = *sending.fresh;
                fresh.id = sending.conversation;
                fresh.order = 0;
                if (fresh.title.empty()) {
                    fresh.title = title_from_question(sending.question.answer);
                    fresh.title_source = TitleSource::FirstQuestion;
                }
                if (!fresh.created) fresh.created = now;
                pk = insert_conversation(database, fresh).pk;
                save_draft_row(database, 0, "", now);
            }
            if (!pk) need_conversation(database, sending.conversation);
            std::optional<Pk> parent;
            if (sending.question.parent) {
                parent = need_message(database, *pk, *sending.question.parent);
            }
            const auto question = insert_message(database, *pk, sending.question, parent);
            const auto reply = insert_message(database, *pk, sending.reply, question);
            insert_job(database, reply, sending.request, now);
            set_current(database, *pk, reply);
            save_draft_row(database, *pk, "", now);
            Sent sent;
            sent.question = {sending.conversation, sending.question.id};
            sent.reply = {sending.conversation, sending.reply.id};
            sent.order = raise_order(database, *pk, now);
            return sent;
        });
}

void Store::add_reply(ConversationId conversation, Message reply, Json request, Done<Sent> done) {
    d_->change<Sent>(std::move(done), conversation,
                     [core = d_->core, conversation, reply = std::move(reply),
                      request = std::move(request)](Database& database) {
                         const auto now = core->clock.now_ms();
                         const auto pk = need_conversation(database, conversation);
                         const auto question =
                             need_message(database, pk, reply.parent.value_or(""));
                         const auto row = insert_message(database, pk, reply, question);
                         insert_job(database, row, request, now);
                         set_current(database, pk, row);
                         Sent sent;
                         sent.question = {conversation, *reply.parent};
                         sent.reply = {conversation, reply.id};
                         sent.order = raise_order(database, pk, now);
                         return sent;
                     });
}

void Store::resume_reply(MessageRef reply, Json request, Done<Nothing> done) {
    const auto id = reply.conversation;
    d_->change<Nothing>(std::move(done), id,
                        [core = d_->core, reply = std::move(reply),
                         request = std::move(request)](Database& database) {
                            const auto conversation =
                                need_conversation(database, reply.conversation);
                            const auto pk = need_message(database, conversation, reply.message);
                            insert_job(database, pk, request, core->clock.now_ms());
                            set_message_state(database, pk, MessageState::Queued);
                            return Nothing{};
                        });
}

void Store::set_generation(MessageRef reply, Generation generation,
                           std::optional<VariantId> variant, Done<Nothing> done) {
    d_->post<Nothing>(Lane::Urgent, std::move(done),
                      [reply = std::move(reply), generation = std::move(generation),
                       variant = std::move(variant)](Database& database) {
                          Transaction transaction(database, Durability::Normal);
                          const auto conversation = need_conversation(database, reply.conversation);
                          update_generation(database,
                                            need_message(database, conversation, reply.message),
                                            generation, variant);
                          transaction.commit();
                          return Nothing{};
                      });
}

void Store::append_journal(MessageRef reply, JournalEntry entry) {
    if (!d_->thread || !d_->core->owed.add_chunk(reply, std::move(entry))) return;
    d_->thread->post_at(std::chrono::steady_clock::now() + kGather, [core = d_->core] {
        static_cast<void>(guarded([&] { core->write_owed(); }));
    });
}

void Store::finish_reply(ConversationId conversation, Message reply, Done<Nothing> done) {
    const MessageRef where{std::move(conversation), reply.id};
    d_->core->owed.add_end(where, std::move(reply));
    retry(std::move(done));
}

void Store::retry(Done<Nothing> done) {
    const bool taken = d_->thread && d_->thread->post(Lane::Urgent, [core = d_->core, done] {
        done(guarded([&] {
            core->write_owed();
            return Nothing{};
        }));
    });
    if (!taken) done(fail(kClosed));
}

// --- drafts ---

void Store::save_draft(Draft draft, Done<Nothing> done) {
    auto report = std::move(done);
    d_->post<Nothing>(Lane::Urgent, std::move(report),
                      [core = d_->core, draft = std::move(draft)](Database& database) {
                          Transaction transaction(database, Durability::Normal);
                          const auto pk = draft.conversation
                                              ? need_conversation(database, *draft.conversation)
                                              : Pk{0};
                          save_draft_row(database, pk, draft.text, core->clock.now_ms());
                          transaction.commit();
                          return Nothing{};
                      });
}

void Store::load_draft(std::optional<ConversationId> conversation, Done<std::string> done) {
    d_->post<std::string>(Lane::Urgent, std::move(done), [conversation](Database& database) {
        const auto pk = conversation ? need_conversation(database, *conversation) : Pk{0};
        return read_draft(database, pk).value_or("");
    });
}

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
            show_running(database, pk, false, core->clock.now_ms(), conversation.messages);
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
    d_->set(id, "deleted", d_->core->clock.now_ms(), std::move(done));
}

void Store::restore_conversation(ConversationId id, Done<Nothing> done) {
    d_->set(id, "deleted", std::optional<Milliseconds>(), std::move(done));
}

void Store::remove_message(MessageRef message, Done<std::vector<MessageId>> done) {
    d_->change<std::vector<MessageId>>(
        std::move(done), message.conversation, [core = d_->core, message](Database& database) {
            return hide_messages(database, need_conversation(database, message.conversation),
                                 message.message, core->clock.now_ms());
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
    const auto before = d_->core->clock.now_ms() - older_than.count();
    auto work = std::make_shared<Work>();
    const bool taken = d_->thread && d_->thread->post_steps([core = d_->core, done, before, work] {
        auto again = guarded([&] {
            auto& database = core->open_database();
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
        core->tell([](Store& store) { emit store.listChanged(); });
        done(work->gone);
        return false;
    });
    if (!taken) done(fail(kClosed));
}

// --- search ---

void Store::search(SearchQuery query, Done<std::vector<SearchHit>> done) {
    d_->post<std::vector<SearchHit>>(
        Lane::Ordinary, std::move(done),
        [query = std::move(query)](Database& database) { return app::search(database, query); });
}

// --- folders, models ---

void Store::list_folders(Done<std::vector<Folder>> done) {
    d_->post<std::vector<Folder>>(Lane::Ordinary, std::move(done),
                                  [](Database& database) { return read_folders(database); });
}

void Store::save_folder(Folder folder, Done<Nothing> done) {
    d_->change<Nothing>(std::move(done), "", [folder = std::move(folder)](Database& database) {
        app::save_folder(database, folder);
        return Nothing{};
    });
}

void Store::remove_folder(FolderId id, Done<Nothing> done) {
    d_->change<Nothing>(std::move(done), "", [id = std::move(id)](Database& database) {
        app::remove_folder(database, id);
        return Nothing{};
    });
}

void Store::list_variants(Done<std::vector<Variant>> done) {
    d_->post<std::vector<Variant>>(Lane::Ordinary, std::move(done),
                                   [](Database& database) { return read_variants(database); });
}

void Store::save_variant(Variant variant, Done<Nothing> done) {
    // Urgent: a reply that is sent next names it.
    d_->post<Nothing>(Lane::Urgent, std::move(done),
                      [variant = std::move(variant)](Database& database) {
                          Transaction transaction(database, Durability::Full);
                          app::save_variant(database, variant);
                          transaction.commit();
                          return Nothing{};
                      });
}

void Store::list_model_files(Done<std::vector<ModelFileRow>> done) {
    d_->post<std::vector<ModelFileRow>>(Lane::Ordinary, std::move(done), [](Database& database) {
        return read_model_files(database);
    });
}

void Store::save_model_files(std::vector<ModelFileRow> files, std::vector<std::string> gone,
                             Done<Nothing> done) {
    d_->post<Nothing>(Lane::Ordinary, std::move(done),
                      [files = std::move(files), gone = std::move(gone)](Database& database) {
                          Transaction transaction(database, Durability::Normal);
                          app::save_model_files(database, files, gone);
                          transaction.commit();
                          return Nothing{};
                      });
}

// --- exchange, care ---

void Store::import_batch(ImportBatch batch, Done<ImportCounts> done) {
    struct Work {
        ImportBatch batch;
        ImportNames names;
        bool named = false;
        std::size_t next = 0;
        ImportCounts counts;
    };
    auto work = std::make_shared<Work>();
    work->batch = std::move(batch);
    const bool taken = d_->thread && d_->thread->post_steps([core = d_->core, done, work] {
        const auto until = std::chrono::steady_clock::now() + kStep;
        auto again = guarded([&] {
            auto& database = core->open_database();
            auto& conversations = work->batch.conversations;
            Transaction transaction(database, Durability::Normal);
            if (!std::exchange(work->named, true)) {
                work->names = import_names(database, work->batch.variants, work->batch.folders);
            }
            auto counts = work->counts;  // kept only with its transaction
            auto next = work->next;
            while (next < conversations.size() && std::chrono::steady_clock::now() < until) {
                import_conversation(database, std::move(conversations[next++]), work->names,
                                    work->batch.options, counts);
            }
            transaction.commit();
            work->counts = std::move(counts);
            work->next = next;
            return next < conversations.size();
        });
        if (!again) {
            done(fail(again.error()));
            return false;
        }
        if (*again) return true;
        core->tell([](Store& store) { emit store.listChanged(); });
        done(std::move(work->counts));
        return false;
    });
    if (!taken) done(fail(kClosed));
}

void Store::tidy(Done<Nothing> done) {
    d_->post<Nothing>(Lane::Ordinary, std::move(done), [](Database& database) {
        database.run("PRAGMA optimize;");
        database.run("PRAGMA wal_checkpoint(TRUNCATE);");
        return Nothing{};
    });
}

void Store::daily_copy(Done<bool> done) {
    // On a thread of its own: it reads for as long as the database is large.
    if (d_->thread && !d_->care) d_->care = std::make_unique<JobThread>();
    const bool taken = d_->care && d_->care->post(Lane::Ordinary, [core = d_->core, done] {
        done(guarded([&] { return make_daily_copy(core->profile, core->clock.now_ms()); }));
    });
    if (!taken) done(fail(kClosed));
}

}  // namespace deepwell::app
