// The devices that this machine can run models on, by the name that a user gives.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "engine/backend/backend.h"
#include "kernels/cpu/dispatch.h"

namespace deepwell::engine {

struct CpuOptions {
    int threads = 0;  // 0: one a physical core, never more than this process may use
    kernels::cpu::Isa isa = kernels::cpu::Isa::Best;
};

// "cpu", "cuda", "cuda:N", "emulation", "auto" (a card if one is usable, else the CPU).
// Errors: InvalidArgument for another name; DeviceUnavailable with the reason.
Result<std::shared_ptr<Backend>> find_backend(std::string_view device, const CpuOptions& options);

}  // namespace deepwell::engine
