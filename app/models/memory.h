// Does it fit? The engine's estimate of a plan against what is free now. Any thread.
#pragma once

#include <vector>

#include "app/models/model_file.h"

namespace deepwell::app {

// MemAvailable of the machine, less where a control group allows less; the card's free memory where
// there is one.
FreeMemory free_memory();

// Weights, cache at the plan's context, workspace: what `load` will allocate.
// Errors: those of opening the file and of laying it out.
engine::Result<MemoryNeed> memory_need(const VariantPlan& plan);

Fit fit_of(const MemoryNeed& need, const FreeMemory& free);

// The stops of the context slider: 2k 4k … 128k, none above what the model was trained for (at
// least one).
std::vector<int> context_stops(int context_trained);

// The largest stop at which the plan fits (tight counts); 0: not even the smallest.
int largest_context(const VariantPlan& plan, int context_trained, const FreeMemory& free);

}  // namespace deepwell::app
