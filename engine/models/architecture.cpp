#include "engine/models/architecture.h"

#include <fmt/format.h>

namespace deepwell::engine {
namespace {

constexpr Architecture kArchitectures[] = {
    {"qwen2", Rotation::Pairing::Halves, build_qwen2},
    {"llama", Rotation::Pairing::Interleaved, build_llama},
    {"qwen3", Rotation::Pairing::Halves, build_qwen3},
    {"qwen3moe", Rotation::Pairing::Halves, build_qwen3moe},
    {"deepseek2", Rotation::Pairing::Interleaved, build_deepseek2},
};

}  // namespace

std::span<const Architecture> architectures() {
    return kArchitectures;
}

const Architecture* find_architecture(std::string_view name) {
    for (const Architecture& architecture : kArchitectures) {
        if (architecture.name == name) return &architecture;
    }
    return nullptr;
}

Result<Plan> build_plan(const ModelDescription& description) {
    const Architecture* architecture = find_architecture(description.architecture);
    if (architecture == nullptr) {
        return fail(ErrorCode::UnsupportedArchitecture,
                    fmt::format("Models of the architecture \"{}\" cannot be run here.",
                                description.architecture),
                    description.architecture);
    }
    PlanBuilder plan(description);
    architecture->build(plan);
    return plan.finish();
}

}  // namespace deepwell::engine
