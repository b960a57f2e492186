// Where everything of the CPU's part of a plan will lie: weights in one arena, caches in a second,
// working memory in a third. Made by lay_out, used by compile as it is.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/backend/backend.h"
#include "engine/backend/cpu/operation.h"
#include "kernels/cpu/attention.h"
#include "kernels/cpu/packed_matrix.h"

namespace deepwell::engine::cpu {

// How a weight is kept.
struct WeightPlace {
    enum class Kind {
        Unused,  // of another backend
        Rows,    // embedding rows: read from the file when a token asks for them
        Vector,  // norms and biases: float32
        Packed,  // `slices` packed matrices, slice_bytes apart
    };
    Kind kind = Kind::Unused;
    std::uint64_t offset = 0;
    std::uint64_t slice_bytes = 0;
};

struct CpuLayout final : LayoutDetails {
    static constexpr std::uint64_t kNowhere = ~0ull;

    std::vector<Segment> segments;
    Limits limits;
    OperationList operations;

    std::vector<WeightPlace> weights;  // by WeightId
    std::uint64_t weight_bytes = 0;

    std::vector<std::uint64_t> caches;  // by CacheId; kNowhere: of another backend
    std::uint64_t cache_bytes = 0;

    // Offsets into the workspace.
    std::vector<std::uint64_t> buffers;    // by BufferId; kNowhere: not allocated
    std::vector<std::uint64_t> shadows;    // by ShadowId
    std::vector<std::uint64_t> rotations;  // by RotationId: cosines, then sines, [batch, d / 2]
    std::uint64_t logits = kNowhere;
    std::uint64_t scratch = kNowhere;  // of attention, the router and the experts, in turn
    std::uint64_t workspace_bytes = 0;

    int expert_rows = 0;  // (token, expert) pairs that the experts' scratch holds at once
};

kernels::cpu::CacheShape cache_shape(const CacheSpec& spec, const Limits& limits);

// What MixExperts keeps in the scratch, each [rows, …], in this order.
struct ExpertScratch {
    std::uint64_t gate = 0;
    std::uint64_t up = 0;
    std::uint64_t quantized = 0;
    std::uint64_t down = 0;
    std::uint64_t bytes = 0;
};
ExpertScratch expert_scratch(const Plan& plan, const Experts& step, int rows);

std::shared_ptr<CpuLayout> make_cpu_layout(const Plan& plan, std::span<const Segment> segments,
                                           const Limits& limits, int threads, bool fuse);

}  // namespace deepwell::engine::cpu
