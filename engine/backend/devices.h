// The devices that this machine can run models on, by the name that a user gives.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/backend/backend.h"
#include "kernels/cpu/isa.h"

namespace deepwell::engine {

struct CpuOptions {
    int threads = 0;  // 0: one a physical core, never more than this process may use
    std::optional<kernels::cpu::Isa> isa;  // none: the best that the processor has
    bool fuse = true;                      // false: every step by itself, which tests compare with
};

// "cpu", "cuda", "cuda:N", "emulation", "auto" (a card if one is usable, else the CPU).
// Errors: InvalidArgument for another name; DeviceUnavailable with the reason.
Result<std::shared_ptr<Backend>> find_backend(std::string_view device, const CpuOptions& options);

}  // namespace deepwell::engine
