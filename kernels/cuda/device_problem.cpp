#include "kernels/cuda/device_problem.h"

namespace deepwell::kernels::cuda {
namespace {

std::string version_text(int version) {
    return std::to_string(version / 1000) + "." + std::to_string(version % 1000 / 10);
}

std::string capability_text(int major, int minor) {
    return std::to_string(major) + "." + std::to_string(minor);
}

}  // namespace

std::string driver_problem(int driver_version, int runtime_version) {
    if (driver_version == 0) {
        return "No NVIDIA driver was found. Install the driver of your graphics card, then check "
               "again.";
    }
    // Within a major version older drivers run newer programs.
    if (driver_version / 1000 < runtime_version / 1000) {
        return "The NVIDIA driver is too old: it supports CUDA " + version_text(driver_version) +
               ", and this build needs " + std::to_string(runtime_version / 1000) +
               ".0. Update the driver, or build Deepwell with an older CUDA toolkit.";
    }
    return {};
}

std::string card_problem(const std::string& name, int major, int minor) {
    if (major > kOldestMajor || (major == kOldestMajor && minor >= kOldestMinor)) return {};
    return "The graphics card " + name + " is too old: it has compute capability " +
           capability_text(major, minor) + ", and " + capability_text(kOldestMajor, kOldestMinor) +
           " (Turing, 2018) or later is needed.";
}

}  // namespace deepwell::kernels::cuda
