// Qwen3 (R1-0528-Qwen3-8B): grouped heads, each head of Q and K normed before it is rotated in
// halves, YaRN where the file asks for it, SwiGLU. The heads together may be wider than the model.
#include "engine/models/architecture.h"
#include "engine/models/blocks.h"

namespace deepwell::engine {

void build_qwen3(PlanBuilder& plan) {
    plan.begin_layer(-1);
    View x = plan.embed("token_embd");
    for (int layer = 0; layer < plan.description().block_count; ++layer) {
        plan.begin_layer(layer);
        write_attention(plan, layer, x, {Rotation::Pairing::Halves, true});
        write_dense_ffn(plan, layer, x);
    }
    write_output(plan, x);
}

}  // namespace deepwell::engine
