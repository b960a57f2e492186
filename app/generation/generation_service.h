// Between the store and the generator: sends questions, keeps replies growing in memory and in the
// journal, ends them in the database. Generation goes on whichever conversation is shown.
//
// Lives on the GUI thread and never waits. The order of things is app.md 3: a question is on disk
// (Store::send has answered) before its request reaches the generator.
#pragma once

#include <QtCore/QObject>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/generation/generator.h"
#include "app/generation/model_state.h"
#include "app/generation/running_replies.h"

namespace deepwell::app {

// Makes the generator once the service can hear it.
using MakeGenerator = std::function<std::unique_ptr<Generator>(EventSink)>;

class GenerationService : public QObject {
    Q_OBJECT
public:
    // store and clock must outlive the service.
    GenerationService(Store& store, const Clock& clock, const MakeGenerator& make,
                      ChooseSettings choose, QObject* parent = nullptr);
    // Stops what runs; its text is in the journal, Store::close makes it Interrupted.
    ~GenerationService() override;

    struct Question {
        std::string text;
        std::vector<Attachment> attachments;
        // What this question alone decides.
        Overflow overflow = Overflow::Refuse;
        std::optional<std::uint64_t> seed;
    };

    // Asks below `parent` (none: the first question). A conversation that does not exist yet comes
    // as `fresh`; a title is made from the question where it has none. sent or sendFailed follows.
    void send(ConversationId conversation, std::optional<Conversation> fresh,
              std::optional<MessageId> parent, Question question);
    // A sibling of the question with another text, and its reply.
    void edit(MessageRef question, Question changed);
    // A sibling reply, with a new seed; or, `reproduce`, with the same seed and settings.
    void try_again(MessageRef reply, bool reproduce = false, std::optional<double> temperature = {},
                   Overflow overflow = Overflow::Refuse);
    // Goes on with a reply that ended: its texts only grow.
    void continue_reply(MessageRef reply);
    // Closes the thought and answers: of a reply that ended inside its thought (Continue + Answer
    // now), or that the loop guard ended (the repeats are cut off first).
    void answer_from_here(MessageRef reply);
    // The loop guard was wrong: goes on with the guard off.
    void keep_going(MessageRef reply);

    // The reply that runs or waits in this conversation.
    void stop(const ConversationId& conversation);
    void answer_now(const ConversationId& conversation);
    void stop_all();

    // Null if nothing ran in it since the start. Valid until the next change of that conversation.
    const LiveReply* live(const ConversationId& conversation) const;
    bool running(const ConversationId& conversation) const;
    bool any_running() const;
    // Conversations that run or wait, first come first.
    std::vector<ConversationId> busy() const;

    // Makes a model ready; modelChanged and loadFailed tell. Waits behind running replies.
    void load(const VariantPlan& variant);
    void cancel_load();
    void unload();
    const ModelState& model() const;

signals:
    // The live reply's value changed: after each event, so at most about 30 times a second.
    void replyChanged(const std::string& conversation);
    // It is ended and stored.
    void replyEnded(const std::string& conversation, const std::string& reply);
    // The question is on disk; the conversation stands at the reply from now on.
    void sent(const std::string& conversation, const std::string& question,
              const std::string& reply);
    // Nothing was stored: the text belongs back into the composer.
    void sendFailed(const std::string& conversation, const deepwell::app::Error& error);
    void modelChanged();
    void loadFailed(const deepwell::app::LoadFailed& failure);

private:
    class Private;
    std::unique_ptr<Private> d_;
};

}  // namespace deepwell::app
