// The queue and the thread of a Generator. What makes the replies (our engine, recorded replies)
// stands behind ReplyMaker and knows nothing of queues; what is promised of a Generator (exactly
// one Ended, order, stops of waiting requests) is kept here, once for all makers.
//
// Two threads: one works, one calls the sink, so that a request that waits can be told and stopped
// while the worker is in the middle of a reply.
#pragma once

#include <memory>

#include "app/generation/generator.h"
#include "app/generation/reply_stream.h"
#include "engine/base/stop_flag.h"

namespace deepwell::app {

// Works on one thread, on one thing at a time.
class ReplyMaker {
public:
    virtual ~ReplyMaker() = default;

    // Makes the whole reply. `tell` takes everything but Queued and Ended; Ended is what it gives
    // back. Must end within 200 ms of flag.stop_requested().
    virtual Ended make(const Request& request, const engine::StopFlag& flag, const Emit& tell) = 0;
    // Makes the variant ready: LoadProgress*, then Loaded or LoadFailed.
    virtual void load(const VariantPlan& variant, const engine::StopFlag& flag,
                      const Emit& tell) = 0;
    virtual void unload(const Emit& tell) = 0;
    // After a reply or load was ended by Stop while loading: puts the former variant back, unless
    // something else is asked for meanwhile (the flag is raised then).
    virtual void settle(const engine::StopFlag& flag, const Emit& tell) = 0;
};

class GeneratorThread final : public Generator {
public:
    GeneratorThread(std::unique_ptr<ReplyMaker> maker, EventSink sink);
    ~GeneratorThread() override;

    void submit(Request request) override;
    void stop(const ReplyId& reply) override;
    void answer_now(const ReplyId& reply) override;
    void load(VariantPlan variant) override;
    void unload() override;

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace deepwell::app
