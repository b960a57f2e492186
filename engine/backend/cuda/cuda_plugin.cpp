// The backend that compiles plans for a card, and its entry. Built twice: over the card's kernels
// (libdeepwell-cuda.so) and over the same kernels run by the processor (libdeepwell-emulation.so).
#include <cstring>

#include "engine/backend/cuda/cuda_layout.h"
#include "engine/backend/cuda/cuda_program.h"
#include "engine/backend/plugin.h"
#include "kernels/cuda/device.h"

namespace deepwell::engine {
namespace {

namespace card = kernels::cuda;

class CudaBackend : public Backend {
public:
    CudaBackend(std::string name, int device, const card::DeviceInfo& info)
        : name_(std::move(name)), device_(device), description_(info.name) {}

    std::string_view name() const override { return name_; }
    std::string description() const override { return description_; }

    Result<Layout> lay_out(const Plan& plan, std::span<const Segment> segments,
                           const Limits& limits) const override {
        auto planned = lay_out_for_card(plan, segments, limits);
        if (!planned) return fail(planned.error());
        Layout layout;
        layout.device_weights = (*planned)->weight_bytes;
        layout.device_cache = (*planned)->cache_bytes;
        layout.device_workspace = (*planned)->workspace_bytes;
        layout.staging = (*planned)->staging_bytes;
        layout.workspace =
            (*planned)->has_logits ? 4ull * (*planned)->vocabulary * limits.max_logits : 0;
        layout.details = std::move(*planned);
        return layout;
    }

    Result<std::unique_ptr<Program>> compile(const Plan& plan, const Layout& layout,
                                             std::shared_ptr<const TensorReader> reader,
                                             const Progress& progress,
                                             const StopFlag& stop) override {
        auto details = std::dynamic_pointer_cast<const CudaLayout>(layout.details);
        if (!details) return fail(ErrorCode::Internal, "The layout is of another backend.");
        return CudaProgram::make(plan, std::move(details), device_, std::move(reader), progress,
                                 stop);
    }

private:
    std::string name_;
    int device_;
    std::string description_;
};

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
        return std::make_shared<CudaBackend>(name, device, list.devices[device]);
    }
};

}  // namespace
}  // namespace deepwell::engine

extern "C" __attribute__((visibility("default"))) const deepwell::engine::Plugin* deepwell_plugin(
    const char* build_id) {
    static const deepwell::engine::CardPlugin plugin;
    return std::strcmp(build_id, deepwell::engine::plugin_build_id()) == 0 ? &plugin : nullptr;
}
