#include "tests/app/generation/scripted.h"

namespace deepwell::tests {
namespace {

struct Follow {
    Told& told;

    void name(const char* kind) const {
        if (told.order.empty() || told.order.back() != kind) told.order.emplace_back(kind);
    }
    void operator()(const Queued&) const { name("queued"); }
    void operator()(const LoadProgress&) const { name("load-progress"); }
    void operator()(const Loaded&) const { name("loaded"); }
    void operator()(const LoadFailed&) const { name("load-failed"); }
    void operator()(const Unloaded&) const { name("unloaded"); }
    void operator()(const ReadProgress&) const { name("read-progress"); }
    void operator()(const Started&) const { name("started"); }
    void operator()(const ThoughtOpened&) const {
        name("thought-opened");
        told.has_thought = true;
    }
    void operator()(const Delta& delta) const {
        name("delta");
        told.thought += delta.thought;
        told.answer += delta.answer;
        told.thought_tokens += delta.thought_tokens;
        told.answer_tokens += delta.answer_tokens;
    }
    void operator()(const AnswerWasThought& event) const {
        name("answer-was-thought");
        told.has_thought = true;
        told.thought = event.thought;
        told.answer.clear();
        told.thought_tokens += std::exchange(told.answer_tokens, 0);
    }
    void operator()(const ThoughtClosed& event) const {
        name("thought-closed");
        told.closed.push_back(event.by);
    }
    void operator()(const Ended& event) const {
        name("ended");
        told.ended = event;
        ++told.ends;
    }
};

}  // namespace

Told told_of(const std::vector<Heard>& heard, const ReplyId& reply) {
    Told told;
    for (const Heard& item : heard) {
        if (item.reply == reply) std::visit(Follow{told}, item.event);
    }
    return told;
}

RecordedReply scripted(std::vector<std::string> pieces, bool opened_by_template,
                       RecordedReply::Finish finish) {
    RecordedReply reply;
    reply.opened_by_template = opened_by_template;
    for (std::string& piece : pieces) reply.pieces.push_back({std::move(piece), 0});
    reply.finish = finish;
    return reply;
}

Told play(RecordedReply reply, Request request) {
    Ear ear;
    Recording recording;
    recording.replies.push_back(std::move(reply));
    {
        const auto player = start_player(std::move(recording), ear.sink());
        request.reply = std::string("r");
        player->submit(std::move(request));
        ear.wait_for<Ended>("r");
    }
    return told_of(ear.all(), "r");
}

}  // namespace deepwell::tests
