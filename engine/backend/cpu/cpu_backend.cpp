#include "engine/backend/cpu/cpu_backend.h"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>

#include "engine/backend/cpu/cpu_program.h"
#include "engine/backend/cpu/weight_loader.h"
#include "kernels/cpu/processors.h"

namespace deepwell::engine {
namespace {

// "AMD EPYC 9B14", as the system writes it; empty where it does not.
std::string processor_name() {
    std::ifstream info("/proc/cpuinfo");
    std::string line;
    while (std::getline(info, line)) {
        if (!line.starts_with("model name")) continue;
        const auto colon = line.find(": ");
        if (colon != std::string::npos) return line.substr(colon + 2);
    }
    return {};
}

// As many threads as were asked for, but no more than can run at once; 0: one a core.
int threads_of(const CpuOptions& options) {
    return std::min(options.threads, kernels::cpu::usable_processors());
}

}  // namespace

CpuBackend::CpuBackend(const CpuOptions& options)
    : pool_(std::make_shared<kernels::cpu::ThreadPool>(threads_of(options))),
      isa_(options.isa.value_or(kernels::cpu::best_isa())),
      fuse_(options.fuse) {}

CpuBackend::~CpuBackend() = default;

std::string CpuBackend::description() const {
    const std::string name = processor_name();
    return fmt::format("{}, {} {}, {}", name.empty() ? "processor" : name, pool_->threads(),
                       pool_->threads() == 1 ? "thread" : "threads", kernels::cpu::isa_name(isa_));
}

Result<Layout> CpuBackend::lay_out(const Plan& plan, std::span<const Segment> segments,
                                   const Limits& limits) const {
    if (limits.context < 1 || limits.batch < 1 || limits.max_logits < 1) {
        return fail(ErrorCode::InvalidArgument, "Context and batch must be at least one token.");
    }
    const auto details = cpu::make_cpu_layout(plan, segments, limits, pool_->threads(), fuse_);
    Layout layout;
    layout.weights = details->weight_bytes;
    layout.cache = details->cache_bytes;
    layout.workspace = details->workspace_bytes;
    layout.staging = cpu::staging_bytes(plan, *details, pool_->threads());
    layout.details = details;
    return layout;
}

Result<std::unique_ptr<Program>> CpuBackend::compile(const Plan& plan, const Layout& layout,
                                                     std::shared_ptr<const TensorReader> reader,
                                                     const Progress& progress,
                                                     const StopFlag& stop) {
    auto details = std::dynamic_pointer_cast<const cpu::CpuLayout>(layout.details);
    if (details == nullptr) {
        return fail(ErrorCode::Internal, "A layout of another backend was handed to the CPU's.");
    }
    auto program =
        std::make_unique<cpu::CpuProgram>(plan, std::move(details), pool_, isa_, std::move(reader));
    if (auto done = program->prepare(progress, stop); !done) return fail(done.error());
    return program;
}

}  // namespace deepwell::engine
