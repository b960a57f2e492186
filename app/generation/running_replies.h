// The replies that run or wait, and the last one of each conversation: from a place in memory, by
// way of the generator, to their end in the database, chunk for chunk in the journal. What is
// asked, and of which message, is GenerationService's to know.
//
// GUI thread.
#pragma once

#include <QtCore/QObject>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "app/generation/generator.h"
#include "app/generation/live_reply.h"
#include "app/generation/reply_settings.h"
#include "app/generation/request_builder.h"
#include "app/storage/store.h"

namespace deepwell::app {

// Decides with what a conversation's next reply is made; called on the GUI thread, just before the
// request is submitted. An error (no model) ends the reply as failed, with the question kept.
using ChooseSettings = std::function<engine::Result<ReplySettings>(const Conversation&)>;

class RunningReplies : public QObject {
    Q_OBJECT
public:
    // All must outlive it, the generator only as long as something is asked of this object.
    RunningReplies(Store& store, const Clock& clock, Generator& generator, ChooseSettings choose);

    // Null if nothing ran in it since the start. Valid until the next change of that conversation.
    const LiveReply* find(const ConversationId& conversation) const;
    bool running(const ConversationId& conversation) const;
    // Conversations that run or wait, first come first.
    const std::vector<ConversationId>& order() const { return order_; }

    // Puts the reply where the window sees it, before it is stored. keep or take_back follows.
    void begin(const MessageRef& ref, Message message, ReplyChoices choices);
    // It is stored: on to the generator. From here on every way ends in `ended`.
    void keep(const ConversationId& conversation);
    // Nothing was stored: as if it had never been asked. `changed` is left to the caller.
    void take_back(const ConversationId& conversation);

    void stop(const ConversationId& conversation);
    void answer_now(const ConversationId& conversation);

    // What the generator tells of a reply; ids that are not ours are left alone.
    void take(const ReplyId& id, const Event& event);

signals:
    // The value of this conversation's reply.
    void changed(const std::string& conversation);
    // The reply is ended and stored.
    void ended(const std::string& conversation, const std::string& reply);

private:
    struct Running {
        LiveReply reply;
        ReplyChoices choices;
    };

    void submit(Running& running, const Conversation& conversation);
    void end_unmade(const LiveReply& reply, StopReason reason,
                    std::optional<engine::Error> error = {});
    void end(const ReplyId& id, const LiveReply& reply);

    Store& store_;
    const Clock& clock_;
    Generator& generator_;
    ChooseSettings choose_;
    std::map<ConversationId, Running> live_;
    std::map<ConversationId, Running> before_;  // until the question that follows is stored
    std::map<ReplyId, ConversationId> ids_;
    std::vector<ConversationId> order_;
};

}  // namespace deepwell::app
