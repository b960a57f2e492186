#include "app/generation/request_builder.h"

#include <algorithm>

namespace deepwell::app {
namespace {

bool ended_in_thought(const Message& reply) {
    return reply.thought && reply.answer.empty() && reply.thought->ended_by &&
           (*reply.thought->ended_by == ThoughtEndedBy::Stop ||
            *reply.thought->ended_by == ThoughtEndedBy::Interruption ||
            *reply.thought->ended_by == ThoughtEndedBy::Never ||
            (*reply.thought->ended_by == ThoughtEndedBy::LoopGuard &&
             reply.state != MessageState::Complete && reply.repeat_from.has_value()));
}

void trim_end(std::string& text) {
    const std::size_t last = text.find_last_not_of(" \t\r\n");
    text.erase(last == std::string::npos ? 0 : last + 1);
}

}  // namespace

std::vector<Turn> turns_above(const MessageTree& tree, const MessageId& reply) {
    std::vector<Turn> turns;
    for (const Message* message : tree.path_to(reply)) {
        if (message->id == reply || message->role == Role::System) continue;
        // A reply without an answer (stopped in its thought, failed) says nothing to the model.
        if (message->role == Role::Assistant && message->answer.empty()) continue;
        Turn turn;
        turn.speaker = message->role == Role::User ? Speaker::User : Speaker::Assistant;
        turn.text = message->answer;
        turn.id = message->id;
        for (const Attachment& attachment : message->attachments) {
            if (attachment.text) turn.attachments.push_back({attachment.name, *attachment.text});
        }
        turns.push_back(std::move(turn));
    }
    return turns;
}

Request build_request(const MessageTree& tree, const MessageId& reply,
                      const ReplySettings& settings, const ReplyChoices& choices,
                      std::uint64_t fresh_seed) {
    Request request;
    request.variant = settings.variant;
    request.system_prompt = settings.system_prompt;
    // A system message at the root of an imported conversation is its system prompt.
    for (const Message* message : tree.path_to(reply)) {
        if (message->role != Role::System || message->answer.empty()) continue;
        if (request.system_prompt.empty()) request.system_prompt = message->answer;
    }
    request.path = turns_above(tree, reply);
    request.thinking = settings.thinking;
    request.sampler = settings.sampler;
    request.seed = choices.seed.value_or(settings.seed.value_or(fresh_seed));
    request.max_tokens = settings.max_tokens;
    request.stop = settings.stop;
    if (choices.as_before) {
        const Generation& before = *choices.as_before;
        if (!choices.seed) request.seed = before.seed;
        apply_sampler(before.sampler, request.sampler);
        if (before.sampler.max_tokens) {
            request.max_tokens =
                static_cast<int>(std::clamp<std::int64_t>(*before.sampler.max_tokens, 0, 1 << 30));
        }
        if (before.sampler.stop) request.stop = *before.sampler.stop;
        if (before.thinking) {
            request.thinking.effort = before.thinking->effort;
            request.thinking.budget = budget_of(before.thinking->effort);
            if (before.thinking->budget_tokens) {
                request.thinking.budget = static_cast<int>(
                    std::clamp<std::int64_t>(*before.thinking->budget_tokens, 0, 1 << 30));
            }
        }
    }
    if (choices.temperature) request.sampler.temperature = *choices.temperature;
    request.guard = choices.guard.value_or(settings.guard);
    request.overflow = choices.overflow;
    request.resume = choices.resume;
    return request;
}

Generation planned_generation(const Request& request) {
    Generation generation;
    generation.seed = request.seed;
    generation.sampler = sampler_values(request.sampler);
    if (request.max_tokens) generation.sampler.max_tokens = *request.max_tokens;
    if (!request.stop.empty()) generation.sampler.stop = request.stop;
    generation.thinking = thinking_values(request.thinking);
    if (request.variant.context > 0) generation.context = request.variant.context;
    return generation;
}

Resume resume_of(const Message& reply, bool close_thought) {
    Resume resume;
    resume.answer = reply.answer;
    resume.answer_tokens = static_cast<int>(reply.answer_tokens.value_or(0));
    if (!reply.thought) return resume;
    resume.thought = reply.thought->text;
    resume.thought_tokens = static_cast<int>(reply.thought->tokens.value_or(0));
    resume.opened_by =
        reply.thought->opened_by == ThoughtOpenedBy::Model ? OpenedBy::Model : OpenedBy::Template;
    resume.thought_open = reply.answer.empty() &&
                          (!reply.thought->ended_by || ended_in_thought(reply) || close_thought);
    resume.close_thought = close_thought && resume.thought_open;
    return resume;
}

bool cut_repeats(Message& reply) {
    if (!reply.repeat_from) return false;
    const auto from = static_cast<std::size_t>(std::max<std::int64_t>(0, *reply.repeat_from));
    reply.repeat_from.reset();
    std::string& text = reply.answer.empty() && reply.thought ? reply.thought->text : reply.answer;
    if (from >= text.size()) return false;
    text.erase(from);
    trim_end(text);
    return true;
}

}  // namespace deepwell::app
