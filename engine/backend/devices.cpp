#include "engine/backend/devices.h"

#include <fmt/format.h>

#include "engine/backend/cpu/cpu_backend.h"

namespace deepwell::engine {

Result<std::shared_ptr<Backend>> find_backend(std::string_view device, const CpuOptions& options) {
    if (device == "cpu" || device == "auto" || device.empty()) {
        return std::make_shared<CpuBackend>(options);
    }
    if (device == "cuda" || device.starts_with("cuda:") || device == "emulation") {
        return fail(ErrorCode::DeviceUnavailable,
                    fmt::format("The device \"{}\" is not available in this build.", device));
    }
    return fail(
        ErrorCode::InvalidArgument,
        fmt::format("There is no device \"{}\": auto, cpu, cuda, cuda:N or emulation.", device));
}

}  // namespace deepwell::engine
