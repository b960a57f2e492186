// Compiles plans for a card.
#pragma once

#include <string>

#include "engine/backend/backend.h"
#include "kernels/cuda/device.h"
#include "kernels/cuda/matrix_library.h"

namespace deepwell::engine {

class CudaBackend : public Backend {
public:
    // `library`: for large products; empty where this build has none.
    CudaBackend(std::string name, const kernels::cuda::DeviceInfo& info,
                kernels::cuda::OpenMatrixLibrary library)
        : name_(std::move(name)),
          device_(info.ordinal),
          description_(info.name),
          library_(std::move(library)) {}

    std::string_view name() const override { return name_; }
    std::string description() const override { return description_; }

    double measure_read_bandwidth() const override;
    Result<Layout> lay_out(const Plan& plan, std::span<const Segment> segments,
                           const Limits& limits) const override;
    Result<std::unique_ptr<Program>> compile(const Plan& plan, const Layout& layout,
                                             std::shared_ptr<const TensorReader> reader,
                                             const Progress& progress,
                                             const StopFlag& stop) override;

private:
    std::string name_;
    int device_;
    std::string description_;
    kernels::cuda::OpenMatrixLibrary library_;
};

}  // namespace deepwell::engine
