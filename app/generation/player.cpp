#include "app/generation/player.h"

#include <algorithm>
#include <chrono>
#include <functional>
#include <thread>
#include <utility>

#include "app/generation/sha256.h"

namespace deepwell::app {
namespace {

using namespace std::chrono_literals;

// How long the player sleeps before it looks at the flag again.
constexpr auto kLook = 10ms;

std::string name_of_file(const VariantPlan& plan) {
    return plan.file.empty() ? "Recording" : plan.file.stem().string();
}

// Where the recording goes on when its thought is closed early: behind the first closing tag,
// which may be split over pieces; the end where there is none.
struct Place {
    std::size_t piece = 0;
    std::size_t offset = 0;
};

Place behind_thought(const std::vector<RecordedPiece>& pieces) {
    const std::string tag = "</think>";
    std::string all;
    for (const RecordedPiece& piece : pieces) all += piece.bytes;
    const std::size_t found = all.find(tag);
    if (found == std::string::npos) return {pieces.size(), 0};
    std::size_t left = found + tag.size();
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        if (left < pieces[i].bytes.size()) return {i, left};
        left -= pieces[i].bytes.size();
        if (left == 0) return {i + 1, 0};
    }
    return {pieces.size(), 0};
}

// False if the flag was raised. Gathered deltas go out in time while it waits.
bool wait_until(SteadyTime until, const engine::StopFlag& flag, ReplyStream& stream) {
    for (;;) {
        if (flag.stop_requested()) return false;
        const SteadyTime now = std::chrono::steady_clock::now();
        if (now >= until) return true;
        if (stream.next_tick() <= now) stream.tick();
        std::this_thread::sleep_until(std::min({until, now + kLook, stream.next_tick()}));
    }
}

int letters_of(const Request& request) {
    std::size_t letters = request.system_prompt.size();
    for (const Turn& turn : request.path) letters += turn.text.size();
    return static_cast<int>(letters);
}

Started started_with(const Request& request) {
    Started started;
    std::string all = request.system_prompt;
    for (const Turn& turn : request.path) all += turn.text;
    started.prompt_sha256 = sha256_hex(all);
    // There is no tokenizer: about four letters a token.
    started.prompt_tokens = letters_of(request) / 4 + 1;
    started.model_name = name_of_file(request.variant);
    started.backend = "cpu";
    started.device = "Recording";
    started.context = request.variant.context;
    started.engine_version = "recording";
    started.sampler = request.sampler;
    started.seed = request.seed;
    return started;
}

}  // namespace

Player::Player(Recording recording) : recording_(std::move(recording)) {}

Ended Player::make(const Request& request, const engine::StopFlag& flag, const Emit& tell) {
    if (!(request.variant == loaded_)) load(request.variant, flag, tell);
    const RecordedReply& reply = recording_.replies[std::min(next_, recording_.replies.size() - 1)];
    ++next_;

    const SteadyTime begin = std::chrono::steady_clock::now();
    const Started started = started_with(request);
    tell(ReadProgress{started.prompt_tokens, started.prompt_tokens, 0});
    tell(started);
    ReplyStreamOptions options;
    options.opened_by_template = reply.opened_by_template;
    options.context = request.variant.context;
    options.prompt_tokens = started.prompt_tokens;
    ReplyStream stream(request, options, flag, tell, begin);
    stream.set_prompt_counts(started.prompt_tokens, 0);

    const Place behind = behind_thought(reply.pieces);
    Place at;
    const auto close_early = [&](const std::string& insert) {
        stream.inserted(static_cast<int>(insert.size()) / 4 + 1);
        at = behind;
    };
    if (const auto next = stream.open(); next.action == ReplyStream::Next::Action::Insert) {
        close_early(next.insert);
    }
    SteadyTime due = begin;
    while (at.piece < reply.pieces.size()) {
        const RecordedPiece& piece = reply.pieces[at.piece];
        due += std::chrono::microseconds(static_cast<std::int64_t>(piece.delay_ms * 1000));
        if (!wait_until(due, flag, stream)) return stream.finish(StopReason::Stopped);
        const std::string bytes = piece.bytes.substr(at.offset);
        at = {at.piece + 1, 0};
        const auto id = static_cast<std::int64_t>(std::hash<std::string>()(bytes) >> 1);
        const auto next = stream.piece(id, bytes);
        if (next.action == ReplyStream::Next::Action::End) return stream.finish(next.reason);
        if (next.action == ReplyStream::Next::Action::Insert && behind.piece >= at.piece) {
            close_early(next.insert);
        }
        if (request.max_tokens && stream.tokens() >= *request.max_tokens) {
            return stream.finish(StopReason::MaxTokens);
        }
    }
    switch (reply.finish) {
        case RecordedReply::Finish::Stop:
            return stream.finish(StopReason::End);
        case RecordedReply::Finish::Length:
            return stream.finish(StopReason::MaxTokens);
        case RecordedReply::Finish::Cancelled:
            return stream.finish(StopReason::Stopped);
        case RecordedReply::Finish::Error:
            return stream.finish(
                StopReason::Failed,
                engine::Error{reply.error, "The recording says that the engine failed.", ""});
        case RecordedReply::Finish::Hang:
            break;
    }
    wait_until(SteadyTime::max(), flag, stream);
    return stream.finish(StopReason::Stopped);
}

void Player::load(const VariantPlan& variant, const engine::StopFlag&, const Emit& tell) {
    loaded_ = variant;
    Loaded loaded;
    loaded.variant = variant;
    loaded.name = name_of_file(variant);
    loaded.device = "Recording";
    loaded.context = variant.context;
    tell(loaded);
}

void Player::unload(const Emit& tell) {
    tell(Unloaded{std::exchange(loaded_, {})});
}

void Player::settle(const engine::StopFlag&, const Emit&) {}

std::unique_ptr<Generator> start_player(Recording recording, EventSink sink) {
    return std::make_unique<GeneratorThread>(std::make_unique<Player>(std::move(recording)),
                                             std::move(sink));
}

}  // namespace deepwell::app
