// What to do when memory is short: the steps of a ladder, each tried on the estimate before it is
// offered, each with its price.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "app/models/model_file.h"

namespace deepwell::app {

struct LadderStep {
    enum class Kind {
        SmallerBatch,    // taken by itself: reading a question takes longer
        ShorterContext,  // these are asked
        SmallerCache,
        FewerCardLayers,
        UseCpu,
        OtherModel,  // nothing of this plan fits
    };
    Kind kind = Kind::OtherModel;
    VariantPlan plan;  // what to load; empty for OtherModel
    MemoryNeed need;
    bool asks = true;
    std::string text;   // "A context of 8,192 tokens"
    std::string price;  // "Long conversations reach the end of the context sooner."
};

// How a need is found; the engine's estimate, in tests a device with a budget.
using NeedOf = std::function<engine::Result<MemoryNeed>(const VariantPlan&)>;

// The steps that fit, in the order in which they are offered; the last is always one that can be
// taken (UseCpu or OtherModel). layers: of the model.
std::vector<LadderStep> memory_ladder(const VariantPlan& plan, int context_trained, int layers,
                                      const FreeMemory& free, const NeedOf& need_of);

}  // namespace deepwell::app
