// A store in a scratch folder, and short ways to fill it.
#pragma once

#include <QtCore/QTemporaryDir>
#include <memory>
#include <string>

#include "app/base/ids.h"
#include "app/base/wait_for.h"
#include "app/conversations/branches.h"
#include "app/storage/store.h"

namespace deepwell::tests {

using namespace deepwell::app;

struct StoreFixture {
    QTemporaryDir dir;
    ManualClock clock{1795604400123};
    std::unique_ptr<Store> store;

    Profile profile() const { return {dir.path().toStdString() + "/profile"}; }

    Result<OpenReport> open() {
        store = std::make_unique<Store>(profile(), clock);
        return wait_for<OpenReport>([&](auto done) { store->open(done); });
    }

    // Starts a conversation, or goes on in `conversation`.
    static Sending question(const std::string& text, const ConversationId& conversation = {},
                            const std::optional<MessageId>& parent = {}) {
        Sending sending;
        sending.conversation = conversation.empty() ? new_id() : conversation;
        if (conversation.empty()) sending.fresh.emplace();
        sending.question.id = new_id();
        sending.question.parent = parent;
        sending.question.answer = text;
        sending.question.created = 1795604400000;
        sending.reply = queued_reply(sending.question.id, new_id(), 1795604400001, std::nullopt);
        return sending;
    }
    Result<Sent> send(const Sending& sending) {
        return wait_for<Sent>([&](auto done) { store->send(sending, done); });
    }
    Result<Nothing> finish(const MessageRef& reply, const std::string& answer,
                           const std::string& thought = {}) {
        Message message;
        message.id = reply.message;
        message.role = Role::Assistant;
        message.state = MessageState::Complete;
        message.answer = answer;
        if (!thought.empty()) {
            message.thought.emplace();
            message.thought->text = thought;
        }
        return wait_for<Nothing>(
            [&](auto done) { store->finish_reply(reply.conversation, message, done); });
    }
    // A question with its answer.
    Sent talk(const std::string& text, const std::string& answer, const std::string& thought = {},
              const ConversationId& conversation = {},
              const std::optional<MessageId>& parent = {}) {
        const auto sent = send(question(text, conversation, parent));
        if (!sent) return {};
        static_cast<void>(finish(sent->reply, answer, thought));
        return *sent;
    }
    Result<Conversation> load(const ConversationId& id) {
        return wait_for<Conversation>([&](auto done) { store->load(id, done); });
    }
    std::vector<ConversationRow> list(Store::ListQuery query = {}) {
        auto rows =
            wait_for<std::vector<ConversationRow>>([&](auto done) { store->list(query, done); });
        return rows ? *rows : std::vector<ConversationRow>();
    }
    std::vector<SearchHit> search(SearchQuery query) {
        auto hits =
            wait_for<std::vector<SearchHit>>([&](auto done) { store->search(query, done); });
        return hits ? *hits : std::vector<SearchHit>();
    }
    template <class Start>
    Result<Nothing> run(Start start) {
        return wait_for<Nothing>([&](auto done) { start(*store, done); });
    }
};

}  // namespace deepwell::tests
