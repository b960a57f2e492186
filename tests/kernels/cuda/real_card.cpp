#include <cuda_runtime_api.h>

#include "kernels/cuda/device.h"
#include "tests/kernels/cuda/card.h"

namespace deepwell::tests {

namespace card = kernels::cuda;

std::string card_is_absent() {
    const card::DeviceList list = card::list_devices();
    if (list.devices.empty()) return list.problem;
    const int code = card::use_device(list.devices.front().ordinal);
    return code == 0 ? std::string() : card::error_text(code);
}
std::string finish() {
    const int code = card::synchronize(nullptr);
    return code == 0 ? std::string() : card::error_text(code);
}
void set_thread_order(std::uint64_t) {}

void* allocate_for_both(std::size_t bytes) {
    void* memory = nullptr;
    return cudaMallocManaged(&memory, bytes) == cudaSuccess ? memory : nullptr;
}
void release_for_both(void* memory) {
    cudaFree(memory);
}

}  // namespace deepwell::tests
