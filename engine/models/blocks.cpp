#include "engine/models/blocks.h"

#include <fmt/format.h>

#include <cmath>

#include "engine/models/rotation.h"

namespace deepwell::engine {

std::string blk(int layer, std::string_view name) {
    return fmt::format("blk.{}.{}", layer, name);
}

void write_output(PlanBuilder& plan, View x) {
    const ModelDescription& model = plan.description();
    plan.begin_layer(model.block_count);
    plan.begin_part(WeightClass::Output);
    const View y = plan.norm(x, plan.norm_weight("output_norm.weight", model.width));
    const std::string matrix = plan.has("output.weight") ? "output" : "token_embd";
    plan.logits(y, plan.linear(matrix, model.width, model.vocabulary, WeightClass::Output));
}

void write_attention(PlanBuilder& plan, int layer, View& x, const GroupedAttention& form) {
    const ModelDescription& model = plan.description();
    const int E = model.width, H = model.heads, G = model.kv_heads, D = model.key_width;
    const auto w = [&](std::string_view name, int columns, int rows) {
        return plan.linear(blk(layer, name), columns, rows, WeightClass::Attention);
    };
    plan.begin_part(WeightClass::Attention);
    const View y = plan.norm(x, plan.norm_weight(blk(layer, "attn_norm.weight"), E));
    const auto [q, k, v] = plan.project<3>(
        y, {w("attn_q", E, H * D), w("attn_k", E, G * D), w("attn_v", E, G * model.value_width)});
    if (form.head_norms) {
        plan.norm_in_place(heads(q, H), plan.norm_weight(blk(layer, "attn_q_norm.weight"), D));
        plan.norm_in_place(heads(k, G), plan.norm_weight(blk(layer, "attn_k_norm.weight"), D));
    }
    const RotationId rotation = plan.rotation(make_rotation(model, form.pairing));
    const int turning = model.rope_width;
    plan.rotate(part(heads(q, H), 0, turning), rotation);
    plan.rotate(part(heads(k, G), 0, turning), rotation);
    const CacheId cache = plan.key_value_cache(layer, G, D, model.value_width);
    plan.write(cache, heads(k, G), heads(v, G));
    View o = plan.attend(cache, heads(q, H), 1 / std::sqrt(static_cast<double>(D)));
    if (layer == model.block_count - 1) plan.select({&o, &x});
    plan.add(x, plan.project(o, w("attn_output", H * model.value_width, E)));
}

View swiglu(PlanBuilder& plan, int layer, View y, int inner, WeightClass weight_class,
            std::string_view suffix) {
    const int E = plan.description().width;
    const auto w = [&](std::string_view name, int columns, int rows) {
        return plan.linear(blk(layer, fmt::format("{}{}", name, suffix)), columns, rows,
                           weight_class);
    };
    const auto [gate, up] = plan.project<2>(y, {w("ffn_gate", E, inner), w("ffn_up", E, inner)});
    return plan.project(plan.gated_unit(gate, up), w("ffn_down", inner, E));
}

void write_dense_ffn(PlanBuilder& plan, int layer, View x) {
    const ModelDescription& model = plan.description();
    plan.begin_part(WeightClass::DenseFfn);
    const View y = plan.norm(x, plan.norm_weight(blk(layer, "ffn_norm.weight"), model.width));
    plan.add(x, swiglu(plan, layer, y, model.feed_forward, WeightClass::DenseFfn, ""));
}

View write_experts(PlanBuilder& plan, int layer, View y) {
    const ModelDescription& model = plan.description();
    const int E = model.width, X = model.experts, F = model.expert_feed_forward;
    plan.begin_part(WeightClass::Router);
    const Linear router = plan.linear(blk(layer, "ffn_gate_inp"), E, X, WeightClass::Router);
    const std::string bias = blk(layer, "exp_probs_b.bias");
    Route route;
    route.experts = X;
    route.used = model.experts_used;
    route.gate = model.expert_sigmoid ? Route::Gate::Sigmoid : Route::Gate::Softmax;
    route.groups = model.expert_groups;
    route.groups_used = model.expert_groups_used;
    route.normalise = model.expert_normalise;
    route.scale = model.expert_scale;
    const auto routing =
        plan.route(y, router.weight, plan.has(bias) ? plan.bias(bias, X) : kNone, route);
    const auto slices = [&](std::string_view name, int columns, int rows) {
        return plan.slices(blk(layer, name), columns, rows, X, WeightClass::RoutedExpert);
    };
    return plan.experts(y, routing, slices("ffn_gate_exps.weight", E, F),
                        slices("ffn_up_exps.weight", E, F), slices("ffn_down_exps.weight", F, E));
}

}  // namespace deepwell::engine
