// device.h over the CUDA runtime, which is linked statically: without a driver every call answers
// with an error, and nothing fails to load.
#include <cuda_runtime.h>

#include "kernels/cuda/device.h"
#include "kernels/cuda/device_problem.h"
#include "kernels/cuda/free_memory.h"

namespace deepwell::kernels::cuda {
namespace {

__global__ void nothing_kernel() {}

cudaStream_t stream_of(StreamHandle stream) {
    return static_cast<cudaStream_t>(stream);
}

// The runtime also remembers an error, and would report it at the next launch: it has been told.
int told(cudaError_t error) {
    if (error != cudaSuccess) cudaGetLastError();
    return static_cast<int>(error);
}

// Where NVML does not tell; the context stays.
std::uint64_t free_memory_by_context(int ordinal) {
    std::size_t free = 0;
    std::size_t total = 0;
    if (told(cudaSetDevice(ordinal)) != 0 || told(cudaMemGetInfo(&free, &total)) != 0) return 0;
    return free;
}

}  // namespace

DeviceList list_devices() {
    DeviceList list;
    told(cudaRuntimeGetVersion(&list.runtime_version));
    told(cudaDriverGetVersion(&list.driver_version));
    list.problem = driver_problem(list.driver_version, list.runtime_version);
    if (!list.problem.empty()) return list;
    int count = 0;
    const cudaError_t error = cudaGetDeviceCount(&count);
    if (told(error) != 0 && error != cudaErrorNoDevice) {
        list.problem =
            std::string("The graphics card did not answer: ") + cudaGetErrorString(error) + ".";
        return list;
    }
    for (int ordinal = 0; ordinal < count; ++ordinal) {
        cudaDeviceProp properties;
        if (told(cudaGetDeviceProperties(&properties, ordinal)) != 0) continue;
        const std::string problem =
            card_problem(properties.name, properties.major, properties.minor);
        if (!problem.empty()) {
            list.problem = problem;
            continue;
        }
        DeviceInfo info;
        info.ordinal = ordinal;
        info.name = properties.name;
        info.major = properties.major;
        info.minor = properties.minor;
        info.processors = properties.multiProcessorCount;
        info.total_bytes = properties.totalGlobalMem;
        char bus[32] = "";
        if (told(cudaDeviceGetPCIBusId(bus, sizeof bus, ordinal)) == 0) {
            info.free_bytes = free_memory(bus);
        }
        if (info.free_bytes == 0) info.free_bytes = free_memory_by_context(ordinal);
        list.devices.push_back(info);
    }
    if (!list.devices.empty()) {
        list.problem.clear();
    } else if (list.problem.empty()) {
        list.problem = "The NVIDIA driver is there, but no graphics card was found.";
    }
    return list;
}

std::string error_text(int code) {
    return cudaGetErrorString(static_cast<cudaError_t>(code));
}
int use_device(int ordinal) {
    return told(cudaSetDevice(ordinal));
}
int check_kernels() {
    cudaFuncAttributes attributes;
    return told(cudaFuncGetAttributes(&attributes, nothing_kernel));
}

int create_stream(StreamHandle* stream) {
    cudaStream_t made = nullptr;
    const int code = told(cudaStreamCreateWithFlags(&made, cudaStreamNonBlocking));
    *stream = made;
    return code;
}
void destroy_stream(StreamHandle stream) {
    told(cudaStreamDestroy(stream_of(stream)));
}
int synchronize(StreamHandle stream) {
    return told(cudaStreamSynchronize(stream_of(stream)));
}

int allocate(void** memory, std::size_t bytes) {
    return told(cudaMalloc(memory, bytes));
}
void release(void* memory) {
    told(cudaFree(memory));
}
int clear(void* memory, std::size_t bytes, StreamHandle stream) {
    return told(cudaMemsetAsync(memory, 0, bytes, stream_of(stream)));
}
int copy_to_device(void* to, const void* from, std::size_t bytes, StreamHandle stream) {
    if (bytes == 0) return 0;
    return told(cudaMemcpyAsync(to, from, bytes, cudaMemcpyHostToDevice, stream_of(stream)));
}
int copy_to_host(void* to, const void* from, std::size_t bytes, StreamHandle stream) {
    if (bytes == 0) return 0;
    return told(cudaMemcpyAsync(to, from, bytes, cudaMemcpyDeviceToHost, stream_of(stream)));
}

}  // namespace deepwell::kernels::cuda
