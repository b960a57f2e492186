// DeepSeek V2, V3, R1 671B, Moonlight, Kimi K2: latent attention, leading dense layers, then routed
// and shared experts.
//
// Attention is absorbed at every batch size: the cache keeps c (C values) and k_pe (R) of a
// position, u_h = k_b[h] q_nope_h stands in for the query, v_b[h] makes each head's value from the
// mixed latents. Files differ in how they name the bytes of k_b and v_b:
//   newer (MLA): attn_k_b [N, C, H], attn_v_b [C, V, H];
//   older: attn_kv_b [C, H (N + V)], per head N rows for keys (to be turned over) and V for values.
#include "engine/models/architecture.h"
#include "engine/models/blocks.h"
#include "engine/models/rotation.h"

namespace deepwell::engine {
namespace {

struct LatentHeads {
    WeightId key = kNone;    // k_b: H slices [C, N]
    WeightId value = kNone;  // v_b: H slices [V, C]
};

LatentHeads latent_heads(PlanBuilder& plan, int layer, int N, int V) {
    const ModelDescription& model = plan.description();
    const int C = model.latent_width, H = model.heads;
    const std::string key = blk(layer, "attn_k_b.weight");
    const std::string value = blk(layer, "attn_v_b.weight");
    const std::string both = blk(layer, "attn_kv_b.weight");
    if (plan.has(key) && plan.has(value)) {
        plan.ignore(both);
        return {plan.slices(key, N, C, H, WeightClass::Attention),
                plan.slices(value, C, V, H, WeightClass::Attention)};
    }
    return {plan.transposed_row_range(both, C, N, H, 0, N + V, WeightClass::Attention),
            plan.row_range(both, C, V, H, N, N + V, WeightClass::Attention)};
}

void write_latent_attention(PlanBuilder& plan, int layer, View& x, RotationId rotation) {
    const ModelDescription& model = plan.description();
    const int E = model.width, H = model.heads, C = model.latent_width, R = model.rope_width;
    const int K = model.key_width, V = model.value_width, N = K - R, Q = model.query_rank;
    const auto w = [&](std::string_view name, int columns, int rows) {
        return plan.linear(blk(layer, name), columns, rows, WeightClass::Attention);
    };
    plan.begin_part(WeightClass::Attention);
    const View y = plan.norm(x, plan.norm_weight(blk(layer, "attn_norm.weight"), E));
    View q, kv;
    if (Q > 0) {
        const auto [q_a, kv_a] =
            plan.project<2>(y, {w("attn_q_a", E, Q), w("attn_kv_a_mqa", E, C + R)});
        plan.norm_in_place(q_a, plan.norm_weight(blk(layer, "attn_q_a_norm.weight"), Q));
        q = plan.project(q_a, w("attn_q_b", Q, H * K));
        kv = kv_a;
    } else {
        const auto [q_all, kv_a] =
            plan.project<2>(y, {w("attn_q", E, H * K), w("attn_kv_a_mqa", E, C + R)});
        q = q_all;
        kv = kv_a;
    }
    const View latent = part(kv, 0, C), k_pe = part(kv, C, R);
    const View q_nope = part(heads(q, H), 0, N), q_pe = part(heads(q, H), N, R);
    plan.norm_in_place(latent, plan.norm_weight(blk(layer, "attn_kv_a_norm.weight"), C));
    plan.rotate(k_pe, rotation);
    plan.rotate(q_pe, rotation);
    const CacheId cache = plan.latent_cache(layer, C, R);
    plan.write(cache, latent, k_pe);
    const LatentHeads by_head = latent_heads(plan, layer, N, V);
    const View u = plan.head_project(q_nope, by_head.key);
    const View r = plan.latent_attend(cache, u, q_pe, latent_score_scale(model, K));
    View o = plan.head_project(r, by_head.value);
    o = View{o.buffer, o.offset, 1, o.columns(), o.columns()};
    if (layer == model.block_count - 1) plan.select({&o, &x});
    plan.add(x, plan.project(o, w("attn_output", H * V, E)));
}

}  // namespace

void build_deepseek2(PlanBuilder& plan) {
    const ModelDescription& model = plan.description();
    plan.begin_layer(-1);
    View x = plan.embed("token_embd");
    const RotationId rotation = plan.rotation(make_rotation(model, Rotation::Pairing::Interleaved));
    for (int layer = 0; layer < model.block_count; ++layer) {
        plan.begin_layer(layer);
        write_latent_attention(plan, layer, x, rotation);
        if (layer < model.leading_dense) {
            write_dense_ffn(plan, layer, x);
            continue;
        }
        plan.begin_part(WeightClass::Router);
        const View y = plan.norm(x, plan.norm_weight(blk(layer, "ffn_norm.weight"), model.width));
        const View mixed = write_experts(plan, layer, y);
        if (model.experts_shared > 0) {
            // Between Experts and the sum: a card works on it while the CPU has the experts.
            plan.begin_part(WeightClass::SharedExpert);
            const int inner = model.experts_shared * model.expert_feed_forward;
            plan.add(x, swiglu(plan, layer, y, inner, WeightClass::SharedExpert, "_shexp"));
        }
        plan.add(x, mixed);
    }
    write_output(plan, x);
}

}  // namespace deepwell::engine
