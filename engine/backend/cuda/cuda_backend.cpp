#include "engine/backend/cuda/cuda_backend.h"

#include "engine/backend/cuda/cuda_layout.h"
#include "engine/backend/cuda/cuda_program.h"

namespace deepwell::engine {

double CudaBackend::measure_read_bandwidth() const {
    return kernels::cuda::use_device(device_) == 0 ? kernels::cuda::measure_read_bandwidth() : 0;
}

Result<Layout> CudaBackend::lay_out(const Plan& plan, std::span<const Segment> segments,
                                    const Limits& limits) const {
    auto planned = lay_out_for_card(plan, segments, limits, static_cast<bool>(library_));
    if (!planned) return fail(planned.error());
    Layout layout;
    layout.device_weights = (*planned)->weight_bytes;
    layout.device_cache = (*planned)->cache_bytes;
    layout.device_workspace = (*planned)->workspace_bytes;
    layout.staging = (*planned)->staging_bytes;
    layout.workspace =
        (*planned)->has_logits ? 4ull * (*planned)->vocabulary * limits.max_logits : 0;
    layout.details = std::move(*planned);
    return layout;
}

Result<std::unique_ptr<Program>> CudaBackend::compile(const Plan& plan, const Layout& layout,
                                                      std::shared_ptr<const TensorReader> reader,
                                                      const Progress& progress,
                                                      const StopFlag& stop) {
    auto details = std::dynamic_pointer_cast<const CudaLayout>(layout.details);
    if (!details) return fail(ErrorCode::Internal, "The layout is of another backend.");
    return CudaProgram::make(plan, std::move(details), device_, std::move(reader), library_,
                             progress, stop);
}

}  // namespace deepwell::engine
