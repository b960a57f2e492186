#include "engine/backend/devices.h"

#include <fmt/format.h>

#include <charconv>

#include "engine/backend/cpu/cpu_backend.h"
#include "engine/backend/plugin_loader.h"

namespace deepwell::engine {

namespace {

Result<std::shared_ptr<Backend>> open_plugin(std::string_view kind, int device) {
    auto plugin = load_plugin(kind);
    if (!plugin) return fail(plugin.error());
    return (*plugin)->open(device);
}

// The N of "cuda:N"; -1 for something else.
int card_number(std::string_view device) {
    if (device == "cuda") return 0;
    const std::string_view digits = device.substr(std::string_view("cuda:").size());
    int number = -1;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    return error == std::errc() && end == digits.data() + digits.size() ? number : -1;
}

}  // namespace

Result<std::shared_ptr<Backend>> find_backend(std::string_view device, const CpuOptions& options) {
    if (device == "cpu") return std::make_shared<CpuBackend>(options);
    if (device == "auto" || device.empty()) {
        // No card is a normal state.
        if (auto card = open_plugin("cuda", 0)) return card;
        return std::make_shared<CpuBackend>(options);
    }
    if (device == "emulation") return open_plugin("emulation", 0);
    if (device == "cuda" || device.starts_with("cuda:")) {
        if (const int number = card_number(device); number >= 0) return open_plugin("cuda", number);
    }
    return fail(
        ErrorCode::InvalidArgument,
        fmt::format("There is no device \"{}\": auto, cpu, cuda, cuda:N or emulation.", device));
}

}  // namespace deepwell::engine
