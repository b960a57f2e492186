// Plays recorded replies instead of a model: for demonstrations, for tests of the window, and for
// trying the cases of faults that were reported. Everything behind the pieces (parting, budget,
// answer-now, loop guard, gathering) is the same code as for a model.
//
// A thought that is closed early (budget, answer now, …) goes on at the recording's first text
// behind `</think>`. A reply that is continued goes on in the reply that is next in turn.
#pragma once

#include <memory>

#include "app/generation/generator_thread.h"
#include "app/generation/recording.h"

namespace deepwell::app {

class Player final : public ReplyMaker {
public:
    explicit Player(Recording recording);

    Ended make(const Request& request, const engine::StopFlag& flag, const Emit& tell) override;
    void load(const VariantPlan& variant, const engine::StopFlag& flag, const Emit& tell) override;
    void unload(const Emit& tell) override;
    void settle(const engine::StopFlag& flag, const Emit& tell) override;

private:
    Recording recording_;
    std::size_t next_ = 0;
    VariantPlan loaded_;
};

std::unique_ptr<Generator> start_player(Recording recording, EventSink sink);

}  // namespace deepwell::app
