// What several architectures have in common: the frame around the layers, attention with grouped
// heads, the plain feed-forward part. `blk(i, name)` = "blk.i.name".
#pragma once

#include <string>

#include "engine/models/plan_builder.h"

namespace deepwell::engine {

std::string blk(int layer, std::string_view name);

// Final norm and output matrix (tied to the embedding where the file has none).
void write_output(PlanBuilder& plan, View x);

// x += attention(norm x) of layer i. In the last layer only the wanted rows go on (x is replaced).
struct GroupedAttention {
    Rotation::Pairing pairing = Rotation::Pairing::Halves;
    bool head_norms = false;  // QK norm: attn_q_norm, attn_k_norm before the rotation
};
void write_attention(PlanBuilder& plan, int layer, View& x, const GroupedAttention& form);

// x += swiglu(norm x).
void write_dense_ffn(PlanBuilder& plan, int layer, View x);

// swiglu of y with the weights blk.i.{gate}, {up}, {down}, `inner` wide.
View swiglu(PlanBuilder& plan, int layer, View y, int inner, WeightClass weight_class,
            std::string_view suffix);

// Router and experts: the sum of the chosen ones.
View write_experts(PlanBuilder& plan, int layer, View y);

}  // namespace deepwell::engine
