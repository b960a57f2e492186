// The router, and the experts it chose: their weights are read only when some token wants them.
#include <algorithm>

#include "engine/backend/activation_choice.h"
#include "engine/backend/cpu/cpu_program.h"
#include "kernels/cpu/activations.h"
#include "kernels/cpu/elementwise.h"
#include "kernels/cpu/route.h"

namespace deepwell::engine::cpu {
namespace {

constexpr std::int64_t kTile = 64;  // rows of an expert's matrix that one task computes

}  // namespace

Result<void> CpuProgram::run(const RouteRows& operation) {
    const Route& step = operation.step;
    const auto input = activations(step.in, kNone);
    if (input.tokens == 0) return {};
    auto* scores = scratch<float>();
    const kernels::cpu::ProductPart part{matrix(step.weight),
                                         {scores, step.experts, nullptr, false}};
    if (!kernels::cpu::multiply(isa_, *pool_, std::span(&part, 1), input, running_.stop)) {
        running_.stopped = true;
        return {};
    }
    kernels::cpu::RouteRule rule;
    rule.experts = step.experts;
    rule.used = step.used;
    rule.sigmoid = step.gate == Route::Gate::Sigmoid;
    rule.groups = step.groups;
    rule.groups_used = step.groups_used;
    rule.normalise = step.normalise;
    rule.scale = step.scale;
    each_row(input.tokens, [&](int row) {
        kernels::cpu::route(rule, scores + static_cast<std::int64_t>(row) * step.experts,
                            vector(step.bias), ints(step.ids) + row * stride(step.ids),
                            floats(step.weights) + row * stride(step.weights));
    });
    return {};
}

// In rounds of as many (token, expert) pairs as the scratch holds, experts in ascending order, so
// that each token's sum has one order whatever the batch.
Result<void> CpuProgram::run(const MixExperts& operation) {
    const Experts& step = operation.step;
    const int tokens = rows(step.in), used = step.ids.columns();
    if (tokens == 0) return {};

    expert_visits_.collect({ints(step.ids), stride(step.ids), floats(step.weights),
                            stride(step.weights), tokens, used},
                           plan_.weights[step.gate].slices);
    for (int t = 0; t < tokens; ++t) {
        std::fill_n(floats(step.out) + t * stride(step.out), step.out.columns(), 0.0f);
    }

    const std::int64_t inner = plan_.weights[step.gate].rows;
    const std::int64_t outer = plan_.weights[step.down].rows;
    const ExpertScratch places = expert_scratch(plan_, step, layout_->expert_rows);
    auto* gate = scratch<float>(places.gate);
    auto* up = scratch<float>(places.up);
    auto* quantized = scratch<std::byte>(places.quantized);
    auto* down = scratch<float>(places.down);
    const bool down_int8 =
        kernels::activation_kind(plan_.weights[step.down].format) == kernels::ActivationKind::int8;
    const std::size_t quantized_row = down_int8 ? kernels::cpu::quantized_row_bytes(inner) : 0;

    while (!running_.stopped) {
        const auto round = expert_visits_.next_round(layout_->expert_rows);
        if (round.empty()) break;
        const std::int64_t pairs =
            round.back().first_row + static_cast<std::int64_t>(round.back().tokens.size());

        const std::int64_t inner_tiles = (inner + kTile - 1) / kTile;
        pooled(inner_tiles * static_cast<std::int64_t>(round.size()), [&](std::int64_t item) {
            const ExpertVisit& visit = round[static_cast<std::size_t>(item / inner_tiles)];
            const std::int64_t first = item % inner_tiles * kTile;
            const std::int64_t last = std::min(inner, first + kTile);
            auto input = activations(step.in, operation.in_shadow);
            input.tokens = static_cast<std::int32_t>(visit.tokens.size());
            input.rows = visit.tokens.data();
            float* own_gate = gate + visit.first_row * inner;
            float* own_up = up + visit.first_row * inner;
            kernels::cpu::multiply(isa_, matrix(step.gate, visit.expert),
                                   input_of(input, step.gate), first, last,
                                   {own_gate, inner, nullptr, false});
            kernels::cpu::multiply(isa_, matrix(step.up, visit.expert), input_of(input, step.up),
                                   first, last, {own_up, inner, nullptr, false});
            for (std::int64_t t = 0; t < input.tokens; ++t) {
                float* gated = own_gate + t * inner + first;
                kernels::cpu::gated_unit(isa_, gated, own_up + t * inner + first, last - first,
                                         gated);
            }
        });
        if (running_.stopped) break;
        if (down_int8) {
            each_row(static_cast<int>(pairs), [&](int row) {
                kernels::cpu::quantize_rows(
                    isa_, gate + static_cast<std::int64_t>(row) * inner, inner, inner, 1,
                    quantized + static_cast<std::size_t>(row) * quantized_row);
            });
        }
        const std::int64_t outer_tiles = (outer + kTile - 1) / kTile;
        pooled(outer_tiles * static_cast<std::int64_t>(round.size()), [&](std::int64_t item) {
            const ExpertVisit& visit = round[static_cast<std::size_t>(item / outer_tiles)];
            const std::int64_t first = item % outer_tiles * kTile;
            kernels::cpu::Activations input;
            input.tokens = static_cast<std::int32_t>(visit.tokens.size());
            input.values = gate + visit.first_row * inner;
            input.stride = inner;
            if (down_int8) {
                input.quantized =
                    quantized + static_cast<std::size_t>(visit.first_row) * quantized_row;
            }
            kernels::cpu::multiply(isa_, matrix(step.down, visit.expert), input, first,
                                   std::min(outer, first + kTile),
                                   {down + visit.first_row * outer, outer, nullptr, false});
        });
        // Columns are shared out, so that the sums of a token stay in order.
        pooled(outer_tiles, [&](std::int64_t tile) {
            const std::int64_t first = tile * kTile;
            const std::int64_t count = std::min(outer, first + kTile) - first;
            for (const ExpertVisit& visit : round) {
                for (std::size_t i = 0; i < visit.tokens.size(); ++i) {
                    const float* source =
                        down + (visit.first_row + static_cast<std::int64_t>(i)) * outer + first;
                    kernels::cpu::add_weighted(
                        source, visit.weights[i], count,
                        floats(step.out) + visit.tokens[i] * stride(step.out) + first);
                }
            }
        });
    }
    return {};
}

}  // namespace deepwell::engine::cpu
