#include "app/generation/generation_service.h"

#include <QtCore/QRandomGenerator>
#include <algorithm>
#include <utility>

#include "app/base/ids.h"
#include "app/conversations/branches.h"
#include "app/conversations/title.h"
#include "app/generation/request_builder.h"

namespace deepwell::app {
namespace {

// A message's id is unique within its conversation only; the generator's must be unique.
ReplyId generator_id(const MessageRef& ref) {
    return ref.conversation + "/" + ref.message;
}

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
    Private(GenerationService& owner, Store& store, const Clock& clock, ChooseSettings choose)
        : owner_(owner), store_(store), clock_(clock), choose_(std::move(choose)) {}

    struct Running {
        LiveReply reply;
        ReplyChoices choices;
    };

    bool running(const ConversationId& conversation) const {
        const auto found = live_.find(conversation);
        return found != live_.end() && found->second.reply.running();
    }

    // Puts the reply where the window sees it, before it is stored.
    void begin(const MessageRef& ref, Message message, ReplyChoices choices) {
        Running running;
        running.reply.ref = ref;
        running.reply.message = std::move(message);
        running.choices = std::move(choices);
        if (const auto former = live_.find(ref.conversation); former != live_.end()) {
            before_[ref.conversation] = std::move(former->second);
        }
        live_[ref.conversation] = std::move(running);
        ids_[generator_id(ref)] = ref.conversation;
        order_.push_back(ref.conversation);
        emit owner_.replyChanged(ref.conversation);
    }

    // Nothing was stored: as if it had never been asked.
    void take_back(const ConversationId& conversation, const Error& error) {
        leave_order(conversation);
        if (const auto taken = live_.find(conversation); taken != live_.end()) {
            ids_.erase(generator_id(taken->second.reply.ref));
        }
        const auto former = before_.find(conversation);
        if (former != before_.end()) {
            live_[conversation] = std::move(former->second);
            before_.erase(former);
        } else {
            live_.erase(conversation);
        }
        emit owner_.sendFailed(conversation, error);
        emit owner_.replyChanged(conversation);
    }

    void stored(const Result<Sent>& sent, const ConversationId& conversation) {
        if (!sent) {
            take_back(conversation, sent.error());
            return;
        }
        before_.erase(conversation);
        emit owner_.sent(conversation, sent->question.message, sent->reply.message);
        submit(conversation);
    }

    // The question is on disk: from here on every way ends in Ended.
    void submit(const ConversationId& conversation) {
        store_.load(conversation,
                    Done<Conversation>(&owner_, [this, conversation](Result<Conversation> loaded) {
                        const auto found = live_.find(conversation);
                        if (found == live_.end() || !found->second.reply.running()) return;
                        if (!loaded) {
                            fail_reply(conversation, engine::Error{engine::ErrorCode::Internal,
                                                                   loaded.error().message,
                                                                   loaded.error().context});
                            return;
                        }
                        submit_loaded(found->second, *loaded);
                    }));
    }

    void submit_loaded(Running& running, const Conversation& conversation) {
        LiveReply& reply = running.reply;
        if (reply.phase == Phase::Stopping) {  // stopped while it was being saved
            Ended ended;
            ended.reason = StopReason::Stopped;
            ended.statistics.stop_reason = StopReason::Stopped;
            handle(generator_id(reply.ref), ended);
            return;
        }
        auto settings = choose_(conversation);
        if (!settings) {
            fail_reply(reply.ref.conversation, settings.error());
            return;
        }
        const MessageTree tree(conversation.messages);
        Request request = build_request(tree, reply.ref.message, *settings, running.choices,
                                        QRandomGenerator::system()->generate64());
        request.reply = generator_id(reply.ref);
        const std::optional<Generation> before = reply.message.generation;
        if (!running.choices.resume || !before) {
            reply.message.generation = planned_generation(request);
            reply.message.variant = settings->variant_id;
        }
        if (!reply.message.variant && !reply.message.model_name) {
            reply.message.model_name = settings->model_name;
        }
        if (reply.message.thought && request.thinking.budget) {
            reply.message.thought->budget_tokens = *request.thinking.budget;
        }
        generator_->submit(std::move(request));
    }

    void fail_reply(const ConversationId& conversation, const engine::Error& error) {
        const auto found = live_.find(conversation);
        if (found == live_.end()) return;
        Ended ended;
        ended.reason = StopReason::Failed;
        ended.error = error;
        ended.statistics.stop_reason = StopReason::Failed;
        const ReplyId id = generator_id(found->second.reply.ref);
        handle(id, ended);
    }

    void handle(const ReplyId& id, const Event& event) {
        follow_model(event);
        const auto named = ids_.find(id);
        if (named == ids_.end()) return;
        const ConversationId conversation = named->second;
        const auto found = live_.find(conversation);
        if (found == live_.end()) return;
        LiveReply& reply = found->second.reply;
        for (JournalEntry& entry : apply_event(event, clock_.now_ms(), reply)) {
            if (entry.kind == JournalEntry::Kind::ThoughtOpened &&
                found->second.reply.message.generation &&
                found->second.reply.message.generation->thinking) {
                reply.message.thought->budget_tokens =
                    reply.message.generation->thinking->budget_tokens;
            }
            store_.append_journal(reply.ref, std::move(entry));
        }
        if (std::holds_alternative<Started>(event) && reply.message.generation) {
            store_.set_generation(reply.ref, *reply.message.generation, reply.message.variant);
        }
        if (std::holds_alternative<Ended>(event)) {
            end(id, reply);
        } else {
            emit owner_.replyChanged(conversation);
        }
    }

    void end(const ReplyId& id, const LiveReply& reply) {
        const MessageRef ref = reply.ref;
        const Message message = reply.message;
        ids_.erase(id);
        leave_order(ref.conversation);
        store_.finish_reply(ref.conversation, message,
                            Done<Nothing>(&owner_, [this, ref](const Result<Nothing>&) {
                                // A failed write is the store's to tell; it keeps the reply.
                                emit owner_.replyEnded(ref.conversation, ref.message);
                            }));
        emit owner_.replyChanged(ref.conversation);
    }

    void follow_model(const Event& event) {
        if (const auto* progress = std::get_if<LoadProgress>(&event)) {
            model_.state = ModelState::State::Loading;
            model_.variant = progress->variant;
            model_.done = progress->done;
        } else if (const auto* loaded = std::get_if<Loaded>(&event)) {
            model_.state = ModelState::State::Loaded;
            model_.variant = loaded->variant;
            model_.name = loaded->name;
            model_.device = loaded->device;
            model_.done = 1;
            model_.context = loaded->context;
            model_.main_bytes = loaded->main_bytes;
            model_.card_bytes = loaded->device_bytes;
            settled_ = model_;
        } else if (const auto* failed = std::get_if<LoadFailed>(&event)) {
            const bool back = !failed->back.empty() && !failed->back_error;
            model_ = back && settled_.variant == failed->back ? settled_ : ModelState();
            emit owner_.loadFailed(*failed);
        } else if (std::holds_alternative<Unloaded>(event)) {
            model_ = {};
            settled_ = {};
        } else {
            return;
        }
        emit owner_.modelChanged();
    }

    // Loads the conversation and hands the message over; what is wrong is told by sendFailed.
    template <class F>
    void with_message(const MessageRef& ref, F work) {
        if (running(ref.conversation)) {
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
                if (message == nullptr || running(ref.conversation)) {
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
        begin(ref, std::move(message), std::move(choices));
        const auto go_on = [this, ref] {
            store_.resume_reply(ref, job_note("continue"),
                                Done<Nothing>(&owner_, [this, ref](const Result<Nothing>& done) {
                                    if (!done) {
                                        take_back(ref.conversation, done.error());
                                        return;
                                    }
                                    before_.erase(ref.conversation);
                                    submit(ref.conversation);
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

    void leave_order(const ConversationId& conversation) { std::erase(order_, conversation); }

    GenerationService& owner_;
    Store& store_;
    const Clock& clock_;
    ChooseSettings choose_;
    std::map<ConversationId, Running> live_;
    std::map<ConversationId, Running> before_;  // until the question that follows is stored
    std::map<ReplyId, ConversationId> ids_;
    std::vector<ConversationId> order_;
    ModelState model_;
    ModelState settled_;  // what was loaded last
    std::unique_ptr<Generator> generator_;
};

GenerationService::GenerationService(Store& store, const Clock& clock, const MakeGenerator& make,
                                     ChooseSettings choose, QObject* parent)
    : QObject(parent), d_(std::make_unique<Private>(*this, store, clock, std::move(choose))) {
    d_->generator_ = make([this](const ReplyId& id, const Event& event) {
        QMetaObject::invokeMethod(
            this, [this, id, event] { d_->handle(id, event); }, Qt::QueuedConnection);
    });
}

GenerationService::~GenerationService() {
    // Its thread may still hand events over: they are posted to this object and go with it.
    d_->generator_.reset();
}

void GenerationService::send(ConversationId conversation, std::optional<Conversation> fresh,
                             std::optional<MessageId> parent, Question question) {
    if (d_->running(conversation)) {
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
    d_->begin({conversation, sending.reply.id}, sending.reply, std::move(choices));
    d_->store_.send(std::move(sending),
                    Done<Sent>(this, [this, conversation](const Result<Sent>& sent) {
                        d_->stored(sent, conversation);
                    }));
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
            d_->begin({conversation, sending.reply.id}, sending.reply, std::move(choices));
            d_->store_.send(std::move(sending),
                            Done<Sent>(this, [this, conversation](const Result<Sent>& sent) {
                                d_->stored(sent, conversation);
                            }));
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
        d_->begin({conversation, fresh.id}, fresh, std::move(choices));
        d_->store_.add_reply(conversation, std::move(fresh), job_note("try-again"),
                             Done<Sent>(this, [this, conversation](const Result<Sent>& sent) {
                                 d_->stored(sent, conversation);
                             }));
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
    const auto found = d_->live_.find(conversation);
    if (found == d_->live_.end() || !found->second.reply.running()) return;
    found->second.reply.phase = Phase::Stopping;
    d_->generator_->stop(generator_id(found->second.reply.ref));
    emit replyChanged(conversation);
}

void GenerationService::answer_now(const ConversationId& conversation) {
    const auto found = d_->live_.find(conversation);
    if (found == d_->live_.end() || found->second.reply.phase != Phase::Thinking) return;
    found->second.reply.answer_now_asked = true;
    d_->generator_->answer_now(generator_id(found->second.reply.ref));
    emit replyChanged(conversation);
}

void GenerationService::stop_all() {
    for (const ConversationId& conversation : busy()) stop(conversation);
}

const LiveReply* GenerationService::live(const ConversationId& conversation) const {
    const auto found = d_->live_.find(conversation);
    return found == d_->live_.end() ? nullptr : &found->second.reply;
}

bool GenerationService::running(const ConversationId& conversation) const {
    return d_->running(conversation);
}

bool GenerationService::any_running() const {
    return !d_->order_.empty();
}

std::vector<ConversationId> GenerationService::busy() const {
    return d_->order_;
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
    return d_->model_;
}

}  // namespace deepwell::app
