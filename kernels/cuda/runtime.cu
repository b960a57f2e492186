// device.h over the CUDA runtime, which is linked statically: without a driver every call answers
// with an error, and nothing fails to load.
#include <cuda_runtime.h>

#include "kernels/cuda/device.h"

namespace deepwell::kernels::cuda {
namespace {

constexpr int kOldestMajor = 7;
constexpr int kOldestMinor = 5;

cudaStream_t stream_of(StreamHandle stream) {
    return static_cast<cudaStream_t>(stream);
}

std::string version_text(int version) {
    return std::to_string(version / 1000) + "." + std::to_string(version % 1000 / 10);
}

}  // namespace

DeviceList list_devices() {
    DeviceList list;
    cudaRuntimeGetVersion(&list.runtime_version);
    cudaDriverGetVersion(&list.driver_version);
    if (list.driver_version == 0) {
        list.problem = "No NVIDIA driver answered. Install the driver, then check again.";
        return list;
    }
    if (list.driver_version / 1000 < list.runtime_version / 1000) {
        list.problem = "The NVIDIA driver is too old: it supports CUDA " +
                       version_text(list.driver_version) + ", and this build needs " +
                       version_text(list.runtime_version) + " or later. Update the driver.";
        return list;
    }
    int count = 0;
    const cudaError_t error = cudaGetDeviceCount(&count);
    if (error != cudaSuccess) {
        list.problem =
            std::string("The graphics card did not answer: ") + cudaGetErrorString(error) + ".";
        return list;
    }
    for (int device = 0; device < count; ++device) {
        cudaDeviceProp properties;
        if (cudaGetDeviceProperties(&properties, device) != cudaSuccess) continue;
        DeviceInfo info;
        info.name = properties.name;
        info.major = properties.major;
        info.minor = properties.minor;
        info.processors = properties.multiProcessorCount;
        info.total_bytes = properties.totalGlobalMem;
        if (info.major < kOldestMajor ||
            (info.major == kOldestMajor && info.minor < kOldestMinor)) {
            list.problem = "The card " + info.name + " is too old: compute capability " +
                           std::to_string(info.major) + "." + std::to_string(info.minor) +
                           ", and 7.5 or later is needed.";
            continue;
        }
        std::size_t free = 0;
        std::size_t total = 0;
        if (cudaSetDevice(device) == cudaSuccess && cudaMemGetInfo(&free, &total) == cudaSuccess) {
            info.free_bytes = free;
        }
        list.devices.push_back(info);
    }
    if (!list.devices.empty()) list.problem.clear();
    if (list.devices.empty() && list.problem.empty()) list.problem = "No graphics card was found.";
    return list;
}

std::string error_text(int code) {
    return cudaGetErrorString(static_cast<cudaError_t>(code));
}
int use_device(int device) {
    return cudaSetDevice(device);
}

int create_stream(StreamHandle* stream) {
    cudaStream_t made = nullptr;
    const int code = cudaStreamCreateWithFlags(&made, cudaStreamNonBlocking);
    *stream = made;
    return code;
}
void destroy_stream(StreamHandle stream) {
    cudaStreamDestroy(stream_of(stream));
}
int synchronize(StreamHandle stream) {
    return cudaStreamSynchronize(stream_of(stream));
}

int allocate(void** memory, std::size_t bytes) {
    return cudaMalloc(memory, bytes);
}
void release(void* memory) {
    cudaFree(memory);
}
int clear(void* memory, std::size_t bytes, StreamHandle stream) {
    return cudaMemsetAsync(memory, 0, bytes, stream_of(stream));
}
int copy_to_device(void* to, const void* from, std::size_t bytes, StreamHandle stream) {
    return cudaMemcpyAsync(to, from, bytes, cudaMemcpyHostToDevice, stream_of(stream));
}
int copy_to_host(void* to, const void* from, std::size_t bytes, StreamHandle stream) {
    return cudaMemcpyAsync(to, from, bytes, cudaMemcpyDeviceToHost, stream_of(stream));
}

}  // namespace deepwell::kernels::cuda
