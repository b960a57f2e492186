// deepwell-cli conversations restore.
#pragma once

#include "app/cli/shell.h"

namespace deepwell::app::cli {

// Added to `conversations`.
void add_restore(CLI::App& conversations, Shell& shell);

}  // namespace deepwell::app::cli
