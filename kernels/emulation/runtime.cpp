// kernels/cuda/device.h on the processor: device memory is main memory, a stream does its work at
// once, and there is always one device.
#include <sys/sysinfo.h>

#include <cstdlib>
#include <cstring>

#include "kernels/cuda/device.h"
#include "kernels/emulation/broken_card.h"
#include "kernels/emulation/emulator.h"

namespace deepwell::kernels::cuda {
namespace {

// 1 is what a launch gives (emulator.h).
constexpr int kBroken = 1;
constexpr int kNoMemory = 2;

}  // namespace

DeviceList list_devices() {
    DeviceList list;
    struct sysinfo memory {};
    sysinfo(&memory);
    DeviceInfo info;
    info.name = "Emulated card (runs on the processor, for tests)";
    info.major = 9;
    info.processors = 1;
    info.total_bytes = static_cast<std::uint64_t>(memory.totalram) * memory.mem_unit;
    info.free_bytes = static_cast<std::uint64_t>(memory.freeram) * memory.mem_unit;
    list.devices.push_back(info);
    return list;
}

std::string error_text(int code) {
    if (code == 0) return "no error";
    if (code == kNoMemory) return "out of memory";
    const std::string fault = gpu::emulation::take_fault();
    return fault.empty() ? "the card is broken" : fault;
}

int use_device(int) {
    return 0;
}
int check_kernels() {
    return 0;
}
double measure_read_bandwidth() {
    return 0;
}

int create_stream(StreamHandle* stream) {
    *stream = nullptr;
    return 0;
}
void destroy_stream(StreamHandle) {}
int synchronize(StreamHandle) {
    return gpu::emulation::card_breaks() ? kBroken : 0;
}

int allocate(void** memory, std::size_t bytes) {
    *memory = std::aligned_alloc(256, (bytes + 255) / 256 * 256);
    return *memory == nullptr ? kNoMemory : 0;
}
void release(void* memory) {
    std::free(memory);
}
int clear(void* memory, std::size_t bytes, StreamHandle) {
    if (gpu::emulation::card_breaks()) return kBroken;
    std::memset(memory, 0, bytes);
    return 0;
}
int copy_to_device(void* to, const void* from, std::size_t bytes, StreamHandle) {
    if (gpu::emulation::card_breaks()) return kBroken;
    std::memcpy(to, from, bytes);
    return 0;
}
int copy_to_host(void* to, const void* from, std::size_t bytes, StreamHandle) {
    if (gpu::emulation::card_breaks()) return kBroken;
    std::memcpy(to, from, bytes);
    return 0;
}

}  // namespace deepwell::kernels::cuda
