// Llama 3 (R1-Distill-Llama): grouped heads without biases, rotation of neighbours (the converter
// has reordered the rows of Q and K for it), frequencies divided by rope_freqs where the file has
// that tensor, SwiGLU.
#include "engine/models/architecture.h"
#include "engine/models/blocks.h"

namespace deepwell::engine {

void build_llama(PlanBuilder& plan) {
    plan.begin_layer(-1);
    View x = plan.embed("token_embd");
    for (int layer = 0; layer < plan.description().block_count; ++layer) {
        plan.begin_layer(layer);
        write_attention(plan, layer, x, {Rotation::Pairing::Interleaved, false});
        write_dense_ffn(plan, layer, x);
    }
    write_output(plan, x);
}

}  // namespace deepwell::engine
