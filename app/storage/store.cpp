#include "app/storage/store.h"

#include <utility>

#include "app/conversations/title.h"
#include "app/storage/care/opening.h"
#include "app/storage/rows/message_rows.h"
#include "app/storage/rows/reply_rows.h"
#include "app/storage/store_private.h"

namespace deepwell::app {
namespace {

// Chunks are on disk within 200 ms: this, and what the disk takes.
constexpr auto kGather = std::chrono::milliseconds(100);

}  // namespace

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
    const bool taken = d_->thread.post(Lane::Urgent, [core = d_->core, done] {
        auto opened = guarded([&] {
            auto [database, report] = open_store(core->profile, core->now_ms());
            core->database = std::move(database);
            return report;
        });
        if (!opened) core->broken = opened.error();
        done(std::move(opened));
    });
    if (!taken) done(fail(closed_error()));
}

void Store::close(std::chrono::milliseconds limit) {
    d_->core->closing = true;
    d_->thread.finish(limit, [core = d_->core] {
        if (!core->database) return;
        static_cast<void>(guarded([&] { core->write_owed(); }));
        static_cast<void>(guarded([&] {
            Transaction transaction(*core->database, Durability::Full);
            recover(*core->database, core->now_ms());
            transaction.commit();
        }));
        static_cast<void>(guarded([&] {
            core->database->run("PRAGMA optimize;");
            core->database->run("PRAGMA wal_checkpoint(TRUNCATE);");
        }));
        core->database.reset();
        core->broken = closed_error();
    });
    d_->care.finish(std::chrono::milliseconds(0), {});
}

// --- asking and answering ---

void Store::send(Sending sending, Done<Sent> done) {
    const auto id = sending.conversation;
    d_->change<Sent>(
        std::move(done), id, [core = d_->core, sending = std::move(sending)](Database& database) {
            const auto now = core->now_ms();
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
                         const auto now = core->now_ms();
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
                            insert_job(database, pk, request, core->now_ms());
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
    if (!d_->core->owed.add_chunk(reply, std::move(entry))) return;
    d_->thread.post_at(std::chrono::steady_clock::now() + kGather,
                       [core = d_->core] { static_cast<void>(core->settle_owed()); });
}

void Store::finish_reply(ConversationId conversation, Message reply, Done<Nothing> done) {
    const MessageRef where{std::move(conversation), reply.id};
    d_->core->owed.add_end(where, std::move(reply));
    retry(std::move(done));
}

void Store::retry(Done<Nothing> done) {
    const bool taken = d_->thread.post(Lane::Urgent, [core = d_->core, done] {
        done(core->attempt([&](Database&) {
            core->write_owed();
            return Nothing{};
        }));
    });
    if (!taken) done(fail(closed_error()));
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
                          save_draft_row(database, pk, draft.text, core->now_ms());
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

}  // namespace deepwell::app
