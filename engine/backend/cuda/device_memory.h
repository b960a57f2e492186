// Memory of the card, owned.
#pragma once

#include <cstddef>
#include <utility>

#include "engine/base/result.h"
#include "kernels/cuda/device.h"

namespace deepwell::engine {

class DeviceMemory {
public:
    DeviceMemory() = default;
    ~DeviceMemory() {
        if (data_ != nullptr) kernels::cuda::release(data_);
    }
    DeviceMemory(DeviceMemory&& other) noexcept : data_(std::exchange(other.data_, nullptr)) {}
    DeviceMemory& operator=(DeviceMemory&& other) noexcept {
        std::swap(data_, other.data_);
        return *this;
    }

    // Errors: OutOfDeviceMemory.
    static Result<DeviceMemory> of(std::size_t bytes) {
        DeviceMemory memory;
        const int code = kernels::cuda::allocate(&memory.data_, bytes == 0 ? 1 : bytes);
        if (code != 0) {
            memory.data_ = nullptr;
            return fail(
                ErrorCode::OutOfDeviceMemory,
                "The graphics card has no room for this model. Choose a smaller context or a "
                "smaller file of the model.",
                std::to_string(bytes) + " bytes: " + kernels::cuda::error_text(code));
        }
        return memory;
    }

    std::byte* at(std::size_t offset) const { return static_cast<std::byte*>(data_) + offset; }

private:
    void* data_ = nullptr;
};

}  // namespace deepwell::engine
