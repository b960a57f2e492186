#include "app/generation/generation_service.h"

#include <utility>

#include "app/base/ids.h"
#include "app/conversations/branches.h"
#include "app/conversations/title.h"
#include "app/generation/running_replies.h"

namespace deepwell::app {
namespace {

Json job_note(const char* kind) {
    Json note = Json::object();
    note["kind"] = kind;
    return note;
}

Error busy_error() {
    return {ErrorCode::InvalidArgument, "A reply is still running in this conversation.", {}};
}

}  // namespace

class GenerationService::Private {
public:
    Private(GenerationService& owner, Store& store, const Clock& clock, const MakeGenerator& make,
            ChooseSettings choose)
        : owner_(owner),
          store_(store),
          clock_(clock),
          generator_(make([this](const ReplyId& id, const Event& event) {
              QMetaObject::invokeMethod(
                  &owner_, [this, id, event] { hear(id, event); }, Qt::QueuedConnection);
          })),
          replies_(store, clock, *generator_, std::move(choose)) {
        connect(&replies_, &RunningReplies::changed, &owner_, &GenerationService::replyChanged);
        connect(&replies_, &RunningReplies::ended, &owner_, &GenerationService::replyEnded);
    }
    // The generator's thread may still hand events over while it ends: they are posted to the
    // owner and go with it.
    ~Private() { generator_.reset(); }

    void hear(const ReplyId& id, const Event& event) {
        if (model_.take(event)) {
            if (const auto* failed = std::get_if<LoadFailed>(&event)) {
                emit owner_.loadFailed(*failed);
            }
            emit owner_.modelChanged();
        }
        replies_.take(id, event);
    }

    // Nothing was stored.
    void refuse(const ConversationId& conversation, const Error& error) {
        replies_.take_back(conversation);
        emit owner_.sendFailed(conversation, error);
        emit owner_.replyChanged(conversation);
    }

    Done<Sent> then_reply(const ConversationId& conversation) {
        return Done<Sent>(&owner_, [this, conversation](const Result<Sent>& sent) {
            if (!sent) {
                refuse(conversation, sent.error());
                return;
            }
            emit owner_.sent(conversation, sent->question.message, sent->reply.message);
            replies_.keep(conversation);
        });
    }

    // Loads the conversation and hands the message over; what is wrong is told by sendFailed.
    template <class F>
    void with_message(const MessageRef& ref, F work) {
        if (replies_.running(ref.conversation)) {
            emit owner_.sendFailed(ref.conversation, busy_error());
            return;
        }
        store_.load(
            ref.conversation, Done<Conversation>(&owner_, [this, ref, work = std::move(work)](
                                                              Result<Conversation> loaded) {
                if (!loaded) {
                    emit owner_.sendFailed(ref.conversation, loaded.error());
                    return;
                }
                const MessageTree tree(std::move(loaded->messages));
                const Message* message = tree.find(ref.message);
                if (message == nullptr || replies_.running(ref.conversation)) {
                    emit owner_.sendFailed(
                        ref.conversation,
                        message != nullptr ? busy_error()
                                           : Error{ErrorCode::NotFound,
                                                   "The message is no longer there.", ref.message});
                    return;
                }
                work(tree, *message);
            }));
    }

    void resume(const MessageRef& ref, Message message, ReplyChoices choices, bool changed) {
        message.state = MessageState::Queued;
        message.finished.reset();
        message.error.reset();
        const Message stored_first = message;
        replies_.begin(ref, std::move(message), std::move(choices));
        const auto go_on = [this, ref] {
            store_.resume_reply(ref, job_note("continue"),
                                Done<Nothing>(&owner_, [this, ref](const Result<Nothing>& done) {
                                    if (!done) {
                                        refuse(ref.conversation, done.error());
                                        return;
                                    }
                                    replies_.keep(ref.conversation);
                                }));
        };
        if (!changed) {
            go_on();
            return;
        }
        // Repeats are cut off on disk first: journal chunks are added to what stands there.
        Message cut = stored_first;
        cut.state = MessageState::Stopped;
        store_.finish_reply(ref.conversation, std::move(cut),
                            Done<Nothing>(&owner_, [go_on](const Result<Nothing>&) { go_on(); }));
    }

    GenerationService& owner_;
    Store& store_;
    const Clock& clock_;
    ModelFollower model_;
    std::unique_ptr<Generator> generator_;
    RunningReplies replies_;
};

GenerationService::GenerationService(Store& store, const Clock& clock, const MakeGenerator& make,
                                     ChooseSettings choose, QObject* parent)
    : QObject(parent),
      d_(std::make_unique<Private>(*this, store, clock, make, std::move(choose))) {}

GenerationService::~GenerationService() = default;

void GenerationService::send(ConversationId conversation, std::optional<Conversation> fresh,
                             std::optional<MessageId> parent, Question question) {
    if (d_->replies_.running(conversation)) {
        emit sendFailed(conversation, busy_error());
        return;
    }
    const Milliseconds now = d_->clock_.now_ms();
    Sending sending;
    sending.conversation = conversation;
    sending.question.id = new_id();
    sending.question.parent = std::move(parent);
    sending.question.role = Role::User;
    sending.question.created = now;
    sending.question.answer = std::move(question.text);
    sending.question.attachments = std::move(question.attachments);
    sending.reply = queued_reply(sending.question.id, new_id(), now, {});
    sending.request = job_note("send");
    if (fresh && fresh->title.empty()) {
        fresh->title = title_from_question(sending.question.answer);
        fresh->title_source = TitleSource::FirstQuestion;
    }
    if (fresh) fresh->id = conversation;
    sending.fresh = std::move(fresh);
    ReplyChoices choices;
    choices.seed = question.seed;
    choices.overflow = question.overflow;
    d_->replies_.begin({conversation, sending.reply.id}, sending.reply, std::move(choices));
    d_->store_.send(std::move(sending), d_->then_reply(conversation));
}

void GenerationService::edit(MessageRef question, Question changed) {
    d_->with_message(
        question, [this, question, changed](const MessageTree&, const Message& original) {
            const Milliseconds now = d_->clock_.now_ms();
            Sending sending;
            sending.conversation = question.conversation;
            sending.question = edited_question(original, changed.text, new_id(), now);
            if (!changed.attachments.empty()) sending.question.attachments = changed.attachments;
            sending.reply = queued_reply(sending.question.id, new_id(), now, {});
            sending.request = job_note("edit");
            ReplyChoices choices;
            choices.seed = changed.seed;
            choices.overflow = changed.overflow;
            const ConversationId conversation = question.conversation;
            d_->replies_.begin({conversation, sending.reply.id}, sending.reply, std::move(choices));
            d_->store_.send(std::move(sending), d_->then_reply(conversation));
        });
}

void GenerationService::try_again(MessageRef reply, bool reproduce,
                                  std::optional<double> temperature, Overflow overflow) {
    d_->with_message(reply, [this, reply, reproduce, temperature, overflow](const MessageTree&,
                                                                            const Message& former) {
        if (former.role != Role::Assistant || !former.parent) return;
        Message fresh = queued_reply(*former.parent, new_id(), d_->clock_.now_ms(), {});
        ReplyChoices choices;
        choices.temperature = temperature;
        choices.overflow = overflow;
        if (reproduce) choices.as_before = former.generation;
        const ConversationId conversation = reply.conversation;
        d_->replies_.begin({conversation, fresh.id}, fresh, std::move(choices));
        d_->store_.add_reply(conversation, std::move(fresh), job_note("try-again"),
                             d_->then_reply(conversation));
    });
}

void GenerationService::continue_reply(MessageRef reply) {
    d_->with_message(reply, [this, reply](const MessageTree&, const Message& former) {
        if (former.role != Role::Assistant) return;
        ReplyChoices choices;
        choices.as_before = former.generation;
        choices.resume = resume_of(former, false);
        d_->resume(reply, former, std::move(choices), false);
    });
}

void GenerationService::answer_from_here(MessageRef reply) {
    d_->with_message(reply, [this, reply](const MessageTree&, const Message& former) {
        if (former.role != Role::Assistant) return;
        Message message = former;
        const bool cut = cut_repeats(message);
        ReplyChoices choices;
        choices.as_before = former.generation;
        choices.resume = resume_of(message, true);
        d_->resume(reply, std::move(message), std::move(choices), cut);
    });
}

void GenerationService::keep_going(MessageRef reply) {
    d_->with_message(reply, [this, reply](const MessageTree&, const Message& former) {
        if (former.role != Role::Assistant) return;
        ReplyChoices choices;
        choices.as_before = former.generation;
        choices.guard = LoopGuardChoice::Off;
        choices.resume = resume_of(former, false);
        Message message = former;
        message.repeat_from.reset();
        d_->resume(reply, std::move(message), std::move(choices), false);
    });
}

void GenerationService::stop(const ConversationId& conversation) {
    d_->replies_.stop(conversation);
}

void GenerationService::answer_now(const ConversationId& conversation) {
    d_->replies_.answer_now(conversation);
}

void GenerationService::stop_all() {
    for (const ConversationId& conversation : busy()) stop(conversation);
}

const LiveReply* GenerationService::live(const ConversationId& conversation) const {
    return d_->replies_.find(conversation);
}

bool GenerationService::running(const ConversationId& conversation) const {
    return d_->replies_.running(conversation);
}

bool GenerationService::any_running() const {
    return !busy().empty();
}

std::vector<ConversationId> GenerationService::busy() const {
    return d_->replies_.order();
}

void GenerationService::load(const VariantPlan& variant) {
    d_->generator_->load(variant);
}

void GenerationService::cancel_load() {
    d_->generator_->stop({});
}

void GenerationService::unload() {
    d_->generator_->unload();
}

const ModelState& GenerationService::model() const {
    return d_->model_.state();
}

}  // namespace deepwell::app
