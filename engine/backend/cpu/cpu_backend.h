// The backend that runs every step and every format: kernels/cpu on a thread pool.
#pragma once

#include "engine/backend/backend.h"
#include "engine/backend/devices.h"
#include "kernels/cpu/thread_pool.h"

namespace deepwell::engine {

class CpuBackend final : public Backend {
public:
    // Starts the threads of the pool.
    explicit CpuBackend(const CpuOptions& options);
    ~CpuBackend() override;

    std::string_view name() const override { return "cpu"; }
    std::string description() const override;
    Result<Layout> lay_out(const Plan& plan, std::span<const Segment> segments,
                           const Limits& limits) const override;
    Result<std::unique_ptr<Program>> compile(const Plan& plan, const Layout& layout,
                                             std::shared_ptr<const TensorReader> reader,
                                             const Progress& progress,
                                             const StopFlag& stop) override;

    kernels::cpu::ThreadPool& pool() { return *pool_; }
    kernels::cpu::Isa isa() const { return isa_; }

private:
    std::shared_ptr<kernels::cpu::ThreadPool> pool_;
    kernels::cpu::Isa isa_;
    bool fuse_;
};

}  // namespace deepwell::engine
