// The one model that is in memory, with what belongs to it: session, tokenizer, prompts. Changes of
// it are here: progress, refusal of what cannot fit, the way back after a failure.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "app/generation/reply_stream.h"
#include "app/models/model_file.h"
#include "engine/prompt/prompt.h"
#include "engine/session/loaded_model.h"
#include "engine/session/session.h"

namespace deepwell::app {

// Everything that is there while a model is loaded.
struct ReadyModel {
    VariantPlan plan;
    std::shared_ptr<engine::LoadedModel> model;
    std::unique_ptr<engine::Session> session;
    std::unique_ptr<engine::PromptBuilder> prompts;
    std::string name;
    std::string template_sha256;
    std::string backend;  // "cpu", "cuda", "mixed", "emulated"
    int gpu_layers = 0;
};

class ModelSlot {
public:
    // Null: nothing is loaded.
    ReadyModel* ready() { return ready_.get(); }

    // Makes `plan` the one in memory. Failures and stops are told by LoadFailed. On failure the
    // former one is loaded again, except after a stop: then that is left to settle(), so that the
    // stop is quick.
    engine::Result<void> require(const VariantPlan& plan, const engine::StopFlag& flag,
                                 const Emit& tell);
    void unload(const Emit& tell);
    // After a stop: loads what was in memory before.
    void settle(const engine::StopFlag& flag, const Emit& tell);
    // A sticky fault of the device: what is loaded cannot be used any more.
    void drop_broken();

private:
    engine::Result<std::unique_ptr<ReadyModel>> read(const VariantPlan& plan,
                                                     const engine::StopFlag& flag,
                                                     const Emit& tell);
    engine::Result<void> check_room(const VariantPlan& plan, const MemoryNeed& need);

    std::unique_ptr<ReadyModel> ready_;
    std::optional<VariantPlan> former_;  // was unloaded for a load that was then stopped
};

}  // namespace deepwell::app
