// Qwen3 with experts (Qwen3-30B-A3B): attention as qwen3; the feed-forward part of every layer is a
// choice of experts, softmax gate, weights always normalised (no key says so), none shared.
#include "engine/models/architecture.h"
#include "engine/models/blocks.h"

namespace deepwell::engine {

void build_qwen3moe(PlanBuilder& plan) {
    const ModelDescription& model = plan.description();
    plan.begin_layer(-1);
    View x = plan.embed("token_embd");
    for (int layer = 0; layer < model.block_count; ++layer) {
        plan.begin_layer(layer);
        write_attention(plan, layer, x, {Rotation::Pairing::Halves, true});
        plan.begin_part(WeightClass::Router);
        const View y = plan.norm(x, plan.norm_weight(blk(layer, "ffn_norm.weight"), model.width));
        plan.add(x, write_experts(plan, layer, y));
    }
    write_output(plan, x);
}

}  // namespace deepwell::engine
