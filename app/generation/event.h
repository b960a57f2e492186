// What a Generator tells while it works on a reply: plain values.
//
// Order: Queued · LoadProgress* Loaded? · ReadProgress* · Started ·
//        (ThoughtOpened · Delta* · ThoughtClosed)? · Delta* · Ended.
// Exactly one Ended ends a request, whatever happens; nothing of that reply follows it.
// AnswerWasThought may come once, instead of ThoughtOpened, before ThoughtClosed.
// load and unload give LoadProgress, Loaded, Unloaded and LoadFailed with an empty reply id.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "app/conversations/message.h"
#include "app/generation/request.h"
#include "engine/base/error.h"

namespace deepwell::app {

struct Queued {
    int ahead = 0;  // requests that stand before this one
};

// Another variant is read from disk: at most 10 a second, the first within 300 ms.
struct LoadProgress {
    VariantPlan variant;
    double done = 0;  // 0 … 1
};

struct Loaded {
    VariantPlan variant;
    std::string name;    // of the model, for people
    std::string device;  // "CPU, AVX-512", "RTX 4070"
    std::uint64_t main_bytes = 0;
    std::uint64_t device_bytes = 0;
    double seconds = 0;
    int context = 0;
};

// Loading failed. `back` is the former variant, which is loaded (again) or stays; empty plan: none.
// Its own loading may fail too: then back_error says why and nothing is loaded.
struct LoadFailed {
    VariantPlan variant;
    engine::Error error;
    VariantPlan back;
    std::optional<engine::Error> back_error;
};

struct Unloaded {
    VariantPlan variant;
};

// The prompt is read: at most 10 a second. done counts reused tokens too.
struct ReadProgress {
    int done = 0;
    int total = 0;
    int reused = 0;
};

// The prompt is known; what it takes to get the same reply again.
struct Started {
    int prompt_tokens = 0;
    std::string prompt_sha256;
    std::string template_sha256;       // empty: none in the file
    std::vector<std::string> dropped;  // turns left out (Overflow::DropOldest), by id
    std::string model_name;
    std::string backend;  // "cpu", "cuda", "mixed", "emulated"
    std::string device;
    int gpu_layers = 0;
    int context = 0;
    std::string engine_version;
    engine::SamplerSettings sampler;  // as it is in force, clamped
    std::uint64_t seed = 0;
    std::vector<std::string> notes;  // what people should know (clamped values, stand-in template)
};

struct ThoughtOpened {
    OpenedBy by = OpenedBy::Template;
};

// Text that came: whole UTF-8, gathered for 33 ms. Tokens are those of this delta.
struct Delta {
    std::string thought;
    std::string answer;
    int thought_tokens = 0;
    int answer_tokens = 0;
    double tokens_per_second = 0;  // of the last 2 s
};

// A closing tag came without an opening one: all answer text so far is the thought, and its tokens.
// `thought` is that text as it is to be stored.
struct AnswerWasThought {
    std::string thought;
};

struct ThoughtClosed {
    ThoughtEndedBy by = ThoughtEndedBy::Model;
    double ms = 0;
};

struct Ended {
    StopReason reason = StopReason::End;
    // Of this run; first_token_ms counts from the beginning of the prompt, loading apart.
    Statistics statistics;
    double tokens_per_second = 0;        // thought and answer together
    std::optional<engine::Error> error;  // with StopReason::Failed
    // Where the repeats begin, in bytes of the part that was running, of the whole reply
    // (LoopGuard).
    std::optional<std::size_t> repeat_from;
    bool repeat_in_thought = false;
    std::string loop;  // "a piece of 38 tokens, 6 times"
    // The reply ended inside its thought; how (Stop, Never, LoopGuard, …).
    std::optional<ThoughtEndedBy> thought_ended_by;
    double thought_ms = 0;  // of this run, if a thought ran
};

using Event = std::variant<Queued, LoadProgress, Loaded, LoadFailed, Unloaded, ReadProgress,
                           Started, ThoughtOpened, Delta, AnswerWasThought, ThoughtClosed, Ended>;

}  // namespace deepwell::app
