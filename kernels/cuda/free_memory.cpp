#include "kernels/cuda/free_memory.h"

#include <dlfcn.h>

namespace deepwell::kernels::cuda {
namespace {

// The part of NVML's interface that is used (its header is not in every toolkit). 0 is well.
struct MemoryInfo {
    unsigned long long total;
    unsigned long long free;
    unsigned long long used;
};
using Device = void*;
using Init = int (*)();
using FindByBusId = int (*)(const char*, Device*);
using AskMemory = int (*)(Device, MemoryInfo*);

template <class Function>
bool find(void* library, const char* name, Function& function) {
    function = reinterpret_cast<Function>(dlsym(library, name));
    return function != nullptr;
}

}  // namespace

std::uint64_t free_memory(const char* pci_bus_id) {
    // Kept open for the life of the process: loading it again and again costs more.
    static void* const library = dlopen("libnvidia-ml.so.1", RTLD_NOW | RTLD_LOCAL);
    if (library == nullptr) return 0;
    Init init = nullptr;
    FindByBusId find_by_bus_id = nullptr;
    AskMemory ask_memory = nullptr;
    Init shut_down = nullptr;
    if (!find(library, "nvmlInit_v2", init) || !find(library, "nvmlShutdown", shut_down) ||
        !find(library, "nvmlDeviceGetHandleByPciBusId_v2", find_by_bus_id) ||
        !find(library, "nvmlDeviceGetMemoryInfo", ask_memory)) {
        return 0;
    }
    if (init() != 0) return 0;
    Device device = nullptr;
    MemoryInfo memory{};
    const bool known = find_by_bus_id(pci_bus_id, &device) == 0 && ask_memory(device, &memory) == 0;
    shut_down();
    return known ? memory.free : 0;
}

}  // namespace deepwell::kernels::cuda
