// The Generator over our engine: one loaded model, one session, reply after reply.
#pragma once

#include <memory>

#include "app/generation/generator_thread.h"

namespace deepwell::app {

class ModelSlot;

class Inference final : public ReplyMaker {
public:
    Inference();
    ~Inference() override;

    Ended make(const Request& request, const engine::StopFlag& flag, const Emit& tell) override;
    void load(const VariantPlan& variant, const engine::StopFlag& flag, const Emit& tell) override;
    void unload(const Emit& tell) override;
    void settle(const engine::StopFlag& flag, const Emit& tell) override;

private:
    std::unique_ptr<ModelSlot> slot_;
};

std::unique_ptr<Generator> start_inference(EventSink sink);

}  // namespace deepwell::app
