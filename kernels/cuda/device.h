// The card's runtime behind plain types, so that whoever launches kernels needs no CUDA header.
// Two bodies: runtime.cu (a card) and kernels/emulation/runtime.cpp (the processor).
//
// One thread uses a device at a time. Codes: 0 is well; error_text explains the others. An error of
// a kernel may show only at a later call and then stays: the process must make a fresh context.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace deepwell::kernels::cuda {

struct DeviceInfo {
    int ordinal = 0;  // the runtime's number: cards that cannot be used have one too
    std::string name;
    int major = 0;  // compute capability
    int minor = 0;
    int processors = 0;
    std::uint64_t total_bytes = 0;
    std::uint64_t free_bytes = 0;
};

// What the machine offers. `problem` says in a sentence for people why the list is empty.
struct DeviceList {
    std::vector<DeviceInfo> devices;
    int driver_version = 0;   // 12040 for 12.4; 0: no driver
    int runtime_version = 0;  // what this build needs
    std::string problem;
};
// Makes no context where NVML tells the free memory: one costs some hundred megabytes of each card.
DeviceList list_devices();

std::string error_text(int code);

// Makes the device with this ordinal the one that the calls of this thread mean.
int use_device(int ordinal);
// Whether the kernels of this build run on the device in use: they may be made for other cards, or
// by a toolkit that is newer than the driver.
int check_kernels();

// Bytes a second that the device in use reads its memory with, measured now; 0 where that has no
// meaning (emulated) or there is no room for it (1 GiB).
double measure_read_bandwidth();

using StreamHandle = void*;
int create_stream(StreamHandle* stream);
void destroy_stream(StreamHandle stream);
int synchronize(StreamHandle stream);

int allocate(void** memory, std::size_t bytes);
void release(void* memory);
int clear(void* memory, std::size_t bytes, StreamHandle stream);
// `from` must stay until the stream is synchronized, where it is not pinned.
int copy_to_device(void* to, const void* from, std::size_t bytes, StreamHandle stream);
int copy_to_host(void* to, const void* from, std::size_t bytes, StreamHandle stream);

}  // namespace deepwell::kernels::cuda
