// Products with the weights.
#include <algorithm>
#include <array>

#include "engine/backend/activation_choice.h"
#include "engine/backend/cpu/cpu_program.h"
#include "kernels/cpu/activations.h"
#include "kernels/cpu/elementwise.h"
#include "kernels/formats/activation.h"

namespace deepwell::engine::cpu {
namespace {

using kernels::cpu::kRowGroup;

// Parts of a product that one step of the pool computes: Q, K and V are three.
constexpr std::size_t kPartsTogether = 4;

// Rows of a tile: enough work that handing it out costs nothing, little enough that threads end
// together and that a stop is seen soon (2^22 multiply-adds are under 1 ms for one row of a batch,
// and about 40 ms with scalar code).
std::int64_t tile_rows(std::int64_t rows, std::int64_t columns, std::int64_t tokens) {
    constexpr std::int64_t kWork = 1 << 22;
    const std::int64_t wanted = kWork / std::max<std::int64_t>(1, columns * tokens);
    const std::int64_t groups = std::clamp<std::int64_t>(wanted / kRowGroup, 1, 8);
    return std::min(groups * kRowGroup, (rows + kRowGroup - 1) / kRowGroup * kRowGroup);
}

}  // namespace

Result<void> CpuProgram::run(const ProjectRows& operation) {
    const Project& step = operation.step;
    const auto input = activations(step.in, operation.in_shadow);
    if (input.tokens == 0) return {};
    // Parts with int8 input together, those with float32 input together; on the stack, since this
    // runs for each token.
    std::array<kernels::cpu::ProductPart, kPartsTogether> parts{};
    for (const bool int8 : {true, false}) {
        std::size_t count = 0;
        const auto flush = [&] {
            if (count == 0) return;
            if (!kernels::cpu::multiply(isa_, *pool_, std::span(parts.data(), count),
                                        int8 ? input : float_input(input), running_.stop)) {
                running_.stopped = true;
            }
            count = 0;
        };
        for (const ProjectPart& part : step.parts) {
            if (takes_int8(plan_.weights[part.weight].format) != int8) continue;
            parts[count++] = {
                matrix(part.weight),
                {floats(part.out), stride(part.out), vector(part.bias), operation.add}};
            if (count == parts.size()) flush();
        }
        flush();
    }
    return {};
}

// A tile computes the same rows of gate and up and joins them while they are in the cache.
Result<void> CpuProgram::run(const ProjectGated& operation) {
    const auto input = activations(operation.in, operation.in_shadow);
    if (input.tokens == 0) return {};
    const auto gate = matrix(operation.gate.weight), up = matrix(operation.up.weight);
    const kernels::cpu::ProductOutput gate_out{floats(operation.out), stride(operation.out),
                                               vector(operation.gate.bias), false};
    const kernels::cpu::ProductOutput up_out{floats(operation.up.out), stride(operation.up.out),
                                             vector(operation.up.bias), false};
    const auto gate_in = input_of(input, operation.gate.weight);
    const auto up_in = input_of(input, operation.up.weight);
    // Whole blocks of activations, so that a tile can make its part of the shadow as well.
    constexpr std::int64_t kBlock = kernels::kActivationBlock;
    const std::int64_t tile =
        (tile_rows(gate.rows, gate.columns, input.tokens) + kBlock - 1) / kBlock * kBlock;
    pooled((gate.rows + tile - 1) / tile, [&](std::int64_t item) {
        const std::int64_t first = item * tile, last = std::min(gate.rows, first + tile);
        kernels::cpu::multiply(isa_, gate, gate_in, first, last, gate_out);
        kernels::cpu::multiply(isa_, up, up_in, first, last, up_out);
        for (std::int64_t t = 0; t < input.tokens; ++t) {
            float* gated = gate_out.values + t * gate_out.stride + first;
            kernels::cpu::gated_unit(isa_, gated, up_out.values + t * up_out.stride + first,
                                     last - first, gated);
            if (operation.shadow == kNone) continue;
            quantize_part(operation.out, operation.shadow, static_cast<int>(t), first, last);
        }
    });
    return {};
}

Result<void> CpuProgram::run(const ProjectHeads& operation) {
    const HeadProject& step = operation.step;
    const int tokens = rows(step.in);
    if (tokens == 0) return {};
    const Weight& weight = plan_.weights[step.weight];
    const std::int64_t tile = tile_rows(weight.rows, weight.columns, tokens);
    const std::int64_t tiles = (weight.rows + tile - 1) / tile;
    pooled(tiles * step.in.heads, [&](std::int64_t item) {
        const auto head = static_cast<int>(item / tiles);
        const std::int64_t first = item % tiles * tile, last = std::min(weight.rows, first + tile);
        kernels::cpu::Activations input;  // float32: int8 here costs choices of experts
        input.tokens = tokens;
        input.values = floats(step.in) + static_cast<std::int64_t>(head) * step.in.stride;
        input.stride = stride(step.in);
        kernels::cpu::multiply(
            isa_, matrix(step.weight, head), input, first, last,
            {floats(step.out) + static_cast<std::int64_t>(head) * step.out.stride, stride(step.out),
             nullptr, false});
    });
    return {};
}

Result<void> CpuProgram::run(const MakeLogits& operation) {
    const auto input = activations(operation.step.in, operation.in_shadow);
    if (input.tokens == 0) return {};
    auto* out = reinterpret_cast<float*>(workspace_.at(layout_->logits));
    const kernels::cpu::ProductPart part{matrix(operation.step.weight),
                                         {out, plan_.vocabulary, nullptr, false}};
    if (!kernels::cpu::multiply(isa_, *pool_, std::span(&part, 1), input, running_.stop)) {
        running_.stopped = true;
    }
    logits_ = {out,
               static_cast<std::size_t>(input.tokens) * static_cast<std::size_t>(plan_.vocabulary)};
    return {};
}

}  // namespace deepwell::engine::cpu
