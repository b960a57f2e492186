// Finds and opens the backends that lie in libraries of their own. Their absence is a normal state.
#pragma once

#include <filesystem>
#include <string_view>
#include <vector>

#include "engine/backend/plugin.h"

namespace deepwell::engine {

// The folders that are looked at, in this order: DEEPWELL_PLUGIN_DIR, where the build puts
// libraries and where the package does, seen from the running program.
std::vector<std::filesystem::path> plugin_folders();

// kind: "cuda" or "emulation". Opened at the first call (a second one is quick) and kept.
// Errors: DeviceUnavailable: the library is not there, cannot be loaded, or is of another build.
Result<const Plugin*> load_plugin(std::string_view kind);

}  // namespace deepwell::engine
