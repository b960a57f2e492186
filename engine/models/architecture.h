// The table of architectures: general.architecture → the function that writes its plan.
// To add one: a file with that function, a declaration and a row here.
#pragma once

#include <span>
#include <string_view>

#include "engine/models/plan_builder.h"

namespace deepwell::engine {

struct Architecture {
    std::string_view name;             // general.architecture
    Rotation::Pairing pairing;         // which values of a head turn together
    void (*build)(PlanBuilder& plan);  // all layers; errors stick to the builder
};

std::span<const Architecture> architectures();
const Architecture* find_architecture(std::string_view name);  // null: not one of ours

// The plan of a model. Errors: UnsupportedArchitecture; FileDamaged with the tensor's name.
Result<Plan> build_plan(const ModelDescription& description);

// Each in the file of its name.
void build_qwen2(PlanBuilder& plan);
void build_llama(PlanBuilder& plan);
void build_qwen3(PlanBuilder& plan);
void build_qwen3moe(PlanBuilder& plan);
void build_deepseek2(PlanBuilder& plan);

}  // namespace deepwell::engine
