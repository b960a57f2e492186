#include "engine/backend/backend.h"

namespace deepwell::engine {

Crossings::Crossings(const Plan& plan, std::span<const BufferId> buffers, int batch) {
    buffers_.resize(plan.buffers.size());
    for (BufferId buffer : buffers) {
        buffers_[buffer].resize(static_cast<std::size_t>(batch) *
                                static_cast<std::size_t>(plan.buffers[buffer].width));
    }
}

std::uint64_t Crossings::bytes() const {
    std::uint64_t sum = 0;
    for (const auto& buffer : buffers_) sum += buffer.size() * sizeof(std::uint32_t);
    return sum;
}

}  // namespace deepwell::engine
