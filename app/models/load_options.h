// A plan in the engine's words.
#pragma once

#include "app/models/variant_plan.h"
#include "engine/session/loaded_model.h"

namespace deepwell::app {

engine::LoadOptions load_options(const VariantPlan& plan);

}  // namespace deepwell::app
