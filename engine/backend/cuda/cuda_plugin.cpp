// The entry of the backend for cards. Built twice: over the card's kernels
// (libdeepwell-cuda.so) and over the same kernels run by the processor (libdeepwell-emulation.so).
#include <cstring>

#include "engine/backend/cuda/cuda_backend.h"
#include "engine/backend/plugin.h"
#include "kernels/cuda/device.h"

namespace deepwell::engine {
namespace {

namespace card = kernels::cuda;

class CardPlugin : public Plugin {
public:
    std::vector<PluginDevice> devices(std::string& problem) const override {
        const card::DeviceList list = card::list_devices();
        problem = list.problem;
        std::vector<PluginDevice> found;
        for (const card::DeviceInfo& info : list.devices) {
            found.push_back({info.name,
                             std::to_string(info.major) + "." + std::to_string(info.minor),
                             info.total_bytes, info.free_bytes});
        }
        return found;
    }

    Result<std::shared_ptr<Backend>> open(int device) const override {
        const card::DeviceList list = card::list_devices();
        if (list.devices.empty()) return fail(ErrorCode::DeviceUnavailable, list.problem);
        if (device < 0 || device >= static_cast<int>(list.devices.size())) {
            return fail(ErrorCode::DeviceUnavailable,
                        "There is no graphics card number " + std::to_string(device) +
                            ". Cards: 0 to " + std::to_string(list.devices.size() - 1) + ".");
        }
        const std::string kind = DEEPWELL_PLUGIN_KIND;
        const std::string name = kind == "cuda" ? "cuda:" + std::to_string(device) : kind;
        return std::make_shared<CudaBackend>(name, list.devices[device],
                                             card::matrix_library_opener());
    }
};

}  // namespace
}  // namespace deepwell::engine

extern "C" __attribute__((visibility("default"))) const deepwell::engine::Plugin* deepwell_plugin(
    const char* build_id) {
    static const deepwell::engine::CardPlugin plugin;
    return std::strcmp(build_id, deepwell::engine::plugin_build_id()) == 0 ? &plugin : nullptr;
}
