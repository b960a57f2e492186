#include "engine/backend/plugin_loader.h"

#include <dlfcn.h>

#include <cstdlib>

namespace deepwell::engine {
namespace {

std::filesystem::path program_folder() {
    std::error_code error;
    const auto program = std::filesystem::read_symlink("/proc/self/exe", error);
    return error ? std::filesystem::path() : program.parent_path();
}

std::string reason_of_absence(std::string_view kind) {
    if (kind == "cuda") {
        return "This build has no part for graphics cards (libdeepwell-cuda.so is not there). "
               "Build it where the CUDA toolkit is installed, or go on with the processor.";
    }
    return "The library libdeepwell-" + std::string(kind) + ".so is not there.";
}

}  // namespace

std::vector<std::filesystem::path> plugin_folders() {
    std::vector<std::filesystem::path> folders;
    if (const char* named = std::getenv("DEEPWELL_PLUGIN_DIR")) folders.emplace_back(named);
    const auto here = program_folder();
    if (!here.empty()) {
        folders.push_back(here.parent_path() / "lib");
        folders.push_back(here.parent_path() / "lib" / "deepwell");
    }
    return folders;
}

Result<const Plugin*> load_plugin(std::string_view kind) {
    const std::string name = "libdeepwell-" + std::string(kind) + ".so";
    for (const auto& folder : plugin_folders()) {
        const auto path = folder / name;
        std::error_code error;
        if (!std::filesystem::exists(path, error)) continue;
        void* library = dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL);
        if (library == nullptr) {
            const char* why = dlerror();
            return fail(ErrorCode::DeviceUnavailable, name + " could not be loaded.",
                        why == nullptr ? path.string() : why);
        }
        const auto entry = reinterpret_cast<PluginEntry>(dlsym(library, kPluginEntry));
        const Plugin* plugin = entry == nullptr ? nullptr : entry(plugin_build_id());
        if (plugin == nullptr) {
            return fail(ErrorCode::DeviceUnavailable,
                        name + " belongs to another build of Deepwell. Install both together.",
                        path.string());
        }
        return plugin;
    }
    return fail(ErrorCode::DeviceUnavailable, reason_of_absence(kind));
}

}  // namespace deepwell::engine
