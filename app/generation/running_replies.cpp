#include "app/generation/running_replies.h"

#include <QtCore/QRandomGenerator>
#include <utility>

namespace deepwell::app {
namespace {

// A message's id is unique within its conversation only; the generator's must be unique.
ReplyId generator_id(const MessageRef& ref) {
    return ref.conversation + "/" + ref.message;
}

}  // namespace

RunningReplies::RunningReplies(Store& store, const Clock& clock, Generator& generator,
                               ChooseSettings choose)
    : store_(store), clock_(clock), generator_(generator), choose_(std::move(choose)) {}

const LiveReply* RunningReplies::find(const ConversationId& conversation) const {
    const auto found = live_.find(conversation);
    return found == live_.end() ? nullptr : &found->second.reply;
}

bool RunningReplies::running(const ConversationId& conversation) const {
    const LiveReply* reply = find(conversation);
    return reply != nullptr && reply->running();
}

void RunningReplies::begin(const MessageRef& ref, Message message, ReplyChoices choices) {
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
    emit changed(ref.conversation);
}

void RunningReplies::take_back(const ConversationId& conversation) {
    std::erase(order_, conversation);
    if (const LiveReply* taken = find(conversation)) ids_.erase(generator_id(taken->ref));
    const auto former = before_.find(conversation);
    if (former != before_.end()) {
        live_[conversation] = std::move(former->second);
        before_.erase(former);
    } else {
        live_.erase(conversation);
    }
}

void RunningReplies::keep(const ConversationId& conversation) {
    before_.erase(conversation);
    store_.load(conversation,
                Done<Conversation>(this, [this, conversation](const Result<Conversation>& loaded) {
                    const auto found = live_.find(conversation);
                    if (found == live_.end() || !found->second.reply.running()) return;
                    if (loaded) {
                        submit(found->second, *loaded);
                    } else {
                        end_unmade(found->second.reply, StopReason::Failed,
                                   engine::Error{engine::ErrorCode::Internal,
                                                 loaded.error().message, loaded.error().context});
                    }
                }));
}

void RunningReplies::submit(Running& running, const Conversation& conversation) {
    LiveReply& reply = running.reply;
    if (reply.phase == Phase::Stopping) {  // stopped while it was being saved
        end_unmade(reply, StopReason::Stopped);
        return;
    }
    auto settings = choose_(conversation);
    if (!settings) {
        end_unmade(reply, StopReason::Failed, settings.error());
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
    generator_.submit(std::move(request));
}

// The generator has not heard of it, and will not.
void RunningReplies::end_unmade(const LiveReply& reply, StopReason reason,
                                std::optional<engine::Error> error) {
    Ended ended;
    ended.reason = reason;
    ended.error = std::move(error);
    ended.statistics.stop_reason = reason;
    take(generator_id(reply.ref), ended);
}

void RunningReplies::take(const ReplyId& id, const Event& event) {
    const auto named = ids_.find(id);
    if (named == ids_.end()) return;
    const ConversationId conversation = named->second;
    const auto found = live_.find(conversation);
    if (found == live_.end()) return;
    LiveReply& reply = found->second.reply;
    for (JournalEntry& entry : apply_event(event, clock_.now_ms(), reply)) {
        if (entry.kind == JournalEntry::Kind::ThoughtOpened && reply.message.generation &&
            reply.message.generation->thinking) {
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
        emit changed(conversation);
    }
}

void RunningReplies::end(const ReplyId& id, const LiveReply& reply) {
    const MessageRef ref = reply.ref;
    ids_.erase(id);
    std::erase(order_, ref.conversation);
    store_.finish_reply(ref.conversation, reply.message,
                        Done<Nothing>(this, [this, ref](const Result<Nothing>&) {
                            // A failed write is the store's to tell; it keeps the reply.
                            emit ended(ref.conversation, ref.message);
                        }));
    emit changed(ref.conversation);
}

void RunningReplies::stop(const ConversationId& conversation) {
    const auto found = live_.find(conversation);
    if (found == live_.end() || !found->second.reply.running()) return;
    found->second.reply.phase = Phase::Stopping;
    generator_.stop(generator_id(found->second.reply.ref));
    emit changed(conversation);
}

void RunningReplies::answer_now(const ConversationId& conversation) {
    const auto found = live_.find(conversation);
    if (found == live_.end() || found->second.reply.phase != Phase::Thinking) return;
    found->second.reply.answer_now_asked = true;
    generator_.answer_now(generator_id(found->second.reply.ref));
    emit changed(conversation);
}

}  // namespace deepwell::app
