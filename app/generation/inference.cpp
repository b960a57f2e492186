#include "app/generation/inference.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include "app/generation/model_slot.h"
#include "app/generation/prompt_maker.h"
#include "app/generation/sha256.h"
#include "engine/sampling/chain.h"

namespace deepwell::app {
namespace {

using engine::ErrorCode;
using engine::TokenId;
using namespace std::chrono_literals;

constexpr auto kReportEvery = 100ms;

// The ids of the thought's tags, where the vocabulary has them as single tokens.
struct Tags {
    std::optional<TokenId> open;
    std::optional<TokenId> close;

    explicit Tags(const engine::Tokenizer& tokenizer)
        : open(tokenizer.find_added("<think>")), close(tokenizer.find_added("</think>")) {}
    bool both() const { return open && close; }
    engine::PieceKind kind(TokenId id) const {
        if (!both()) return engine::PieceKind::Text;
        if (id == *open) return engine::PieceKind::OpenTag;
        return id == *close ? engine::PieceKind::CloseTag : engine::PieceKind::Text;
    }
};

Ended ended_without_text(StopReason reason, std::optional<engine::Error> error) {
    Ended ended;
    ended.reason = reason;
    ended.error = std::move(error);
    ended.statistics.stop_reason = reason;
    return ended;
}

Ended ended_by(const engine::Error& error) {
    if (error.code == ErrorCode::Cancelled) return ended_without_text(StopReason::Stopped, {});
    return ended_without_text(StopReason::Failed, error);
}

// Writes one reply over a model that is ready.
class Writer {
public:
    Writer(const Request& request, ReadyModel& ready, const engine::StopFlag& flag,
           const Emit& tell)
        : request_(request),
          ready_(ready),
          flag_(flag),
          emit_(tell),
          tokenizer_(*ready.model->tokenizer()),
          tags_(tokenizer_),
          session_(*ready.session) {}

    Ended write() {
        const SteadyTime begin = std::chrono::steady_clock::now();
        const int context = session_.context();
        const int room =
            static_cast<int>(engine::answer_reserve(static_cast<std::size_t>(context)));
        auto made = make_prompt(request_, *ready_.prompts, tokenizer_, context, room);
        if (!made) return ended_by(made.error());
        engine::Chain chain(sampler(), exempt());
        auto logits = read_prompt(made->tokens);
        if (!logits) return ended_by(logits.error());
        emit_(started(*made, chain));

        ReplyStreamOptions options;
        options.opened_by_template = made->prompt.opened_by_template;
        options.thought_off = made->prompt.thought_off;
        options.by_token = tags_.both();
        options.context = context;
        options.prompt_tokens = static_cast<int>(made->tokens.size());
        ReplyStream stream(request_, options, flag_, emit_, begin);
        stream.set_prompt_counts(static_cast<int>(made->tokens.size()) - reused_, reused_);
        history_ = std::move(made->tokens);
        return decode(stream, chain, *logits);
    }

private:
    using Logits = std::span<const float>;

    engine::SamplerSettings sampler() const {
        engine::SamplerSettings settings = request_.sampler;
        settings.seed = request_.seed;
        return settings;
    }

    // Penalties never touch what ends the reply or its thought.
    std::vector<engine::TokenId> exempt() const {
        const auto ends = tokenizer_.end_of_reply_ids();
        std::vector<engine::TokenId> ids(ends.begin(), ends.end());
        if (tags_.close) ids.push_back(*tags_.close);
        return ids;
    }

    engine::Result<Logits> read_prompt(const std::vector<TokenId>& tokens) {
        SteadyTime told{};
        return session_.prefill(
            tokens,
            [&](int done, int total, int reused) {
                reused_ = reused;
                const SteadyTime now = std::chrono::steady_clock::now();
                if (now - told < kReportEvery && done < total) return;
                told = now;
                emit_(ReadProgress{done, total, reused});
            },
            flag_);
    }

    Started started(const MadePrompt& made, const engine::Chain& chain) const {
        Started event;
        event.prompt_tokens = static_cast<int>(made.tokens.size());
        event.prompt_sha256 = sha256_hex(made.prompt.text);
        event.template_sha256 = ready_.template_sha256;
        event.dropped = made.dropped;
        event.model_name = ready_.name;
        event.backend = ready_.backend;
        event.device = ready_.model->device_description();
        event.gpu_layers = ready_.gpu_layers;
        event.context = session_.context();
        event.engine_version = DEEPWELL_VERSION;
        event.sampler = chain.settings();
        event.seed = request_.seed;
        event.notes = chain.notes();
        if (!made.prompt.note.empty()) event.notes.push_back(made.prompt.note);
        return event;
    }

    Ended decode(ReplyStream& stream, engine::Chain& chain, Logits logits) {
        std::uint64_t step = 0;
        if (request_.resume) {
            step = static_cast<std::uint64_t>(std::max(0, request_.resume->thought_tokens) +
                                              std::max(0, request_.resume->answer_tokens));
        }
        ReplyStream::Next next = stream.open();
        for (;;) {
            if (next.action == ReplyStream::Next::Action::Insert) {
                auto after = insert(stream, next.insert);
                if (!after) return end_of(stream, after.error());
                step += inserted_;
                logits = *after;
            }
            if (flag_.stop_requested()) return stream.finish(StopReason::Stopped);
            if (request_.max_tokens && stream.tokens() >= *request_.max_tokens) {
                return stream.finish(StopReason::MaxTokens);
            }
            const auto choice = chain.sample(logits, history_, step);
            if (!choice) return end_of(stream, choice.error());
            const TokenId token = choice->token;
            if (tokenizer_.ends_reply(token)) return stream.finish(StopReason::End);
            ++step;
            history_.push_back(token);
            next = stream.piece(token, tokenizer_.token_bytes(token), tags_.kind(token));
            if (next.action == ReplyStream::Next::Action::End) return stream.finish(next.reason);
            if (next.action == ReplyStream::Next::Action::Insert) continue;
            if (session_.length() >= session_.context()) {
                return stream.finish(StopReason::ContextFull);
            }
            const auto after = session_.decode(token, flag_);
            if (!after) return end_of(stream, after.error());
            logits = *after;
        }
    }

    // Runs a text that the program writes (the closing sentence) through the model.
    engine::Result<Logits> insert(ReplyStream& stream, const std::string& text) {
        const auto ids = tokenizer_.encode(text, engine::Match::user_defined);
        inserted_ = ids.size();
        stream.inserted(static_cast<int>(ids.size()));
        history_.insert(history_.end(), ids.begin(), ids.end());
        return session_.prefill(history_, {}, flag_);
    }

    Ended end_of(ReplyStream& stream, const engine::Error& error) {
        if (error.code == ErrorCode::Cancelled) return stream.finish(StopReason::Stopped);
        if (error.code == ErrorCode::ContextFull) return stream.finish(StopReason::ContextFull);
        return stream.finish(StopReason::Failed, error);
    }

    const Request& request_;
    ReadyModel& ready_;
    const engine::StopFlag& flag_;
    const Emit& emit_;
    const engine::Tokenizer& tokenizer_;
    Tags tags_;
    engine::Session& session_;
    std::vector<TokenId> history_;  // prompt and reply
    int reused_ = 0;
    std::size_t inserted_ = 0;
};

}  // namespace

Inference::Inference() : slot_(std::make_unique<ModelSlot>()) {}
Inference::~Inference() = default;

Ended Inference::make(const Request& request, const engine::StopFlag& flag, const Emit& tell) {
    if (const auto there = slot_->require(request.variant, flag, tell); !there) {
        return ended_by(there.error());
    }
    Ended ended = Writer(request, *slot_->ready(), flag, tell).write();
    if (ended.error && ended.error->code == ErrorCode::DeviceLost) slot_->drop_broken();
    return ended;
}

void Inference::load(const VariantPlan& variant, const engine::StopFlag& flag, const Emit& tell) {
    // What goes wrong has been told by LoadFailed.
    static_cast<void>(slot_->require(variant, flag, tell));
}

void Inference::unload(const Emit& tell) {
    slot_->unload(tell);
}

void Inference::settle(const engine::StopFlag& flag, const Emit& tell) {
    slot_->settle(flag, tell);
}

std::unique_ptr<Generator> start_inference(EventSink sink) {
    return std::make_unique<GeneratorThread>(std::make_unique<Inference>(), std::move(sink));
}

}  // namespace deepwell::app
