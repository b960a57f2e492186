// The engine's options from those of the command line.
#pragma once

#include "app/cli/shell.h"
#include "engine/session/loaded_model.h"

namespace deepwell::app::cli {

engine::LoadOptions engine_options(const ModelOptions& options);

}  // namespace deepwell::app::cli
