// The face between the program and a backend in a library of its own (libdeepwell-cuda.so,
// libdeepwell-emulation.so): one C entry, checked by a build id, because C++ objects pass through
// it.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "engine/backend/backend.h"

namespace deepwell::engine {

// A device that a plug-in found.
struct PluginDevice {
    std::string name;        // "NVIDIA H100 80GB HBM3"
    std::string capability;  // "9.0"
    std::uint64_t total_bytes = 0;
    std::uint64_t free_bytes = 0;
};

class Plugin {
public:
    virtual ~Plugin() = default;

    // Empty where there is nothing usable: `problem` then says why and what to do.
    virtual std::vector<PluginDevice> devices(std::string& problem) const = 0;

    // Errors: DeviceUnavailable.
    virtual Result<std::shared_ptr<Backend>> open(int device) const = 0;
};

// What a plug-in exports as `deepwell_plugin`. Null if the build ids differ. The object lives in
// the library, which is never unloaded.
using PluginEntry = const Plugin* (*)(const char* build_id);
inline constexpr const char* kPluginEntry = "deepwell_plugin";

// Made from the interface headers and the version: both sides must have been built from the same.
const char* plugin_build_id();

}  // namespace deepwell::engine
