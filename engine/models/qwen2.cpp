// Qwen2 and Qwen2.5 (R1-Distill-Qwen): grouped heads with biases on Q, K and V, rotation in halves,
// SwiGLU.
#include "engine/models/architecture.h"
#include "engine/models/blocks.h"

namespace deepwell::engine {

void build_qwen2(PlanBuilder& plan) {
    plan.begin_layer(-1);
    View x = plan.embed("token_embd");
    for (int layer = 0; layer < plan.description().block_count; ++layer) {
        plan.begin_layer(layer);
        write_attention(plan, layer, x, {Rotation::Pairing::Halves, false});
        write_dense_ffn(plan, layer, x);
    }
    write_output(plan, x);
}

}  // namespace deepwell::engine
