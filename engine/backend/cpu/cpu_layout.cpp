#include "engine/backend/cpu/cpu_layout.h"

#include <algorithm>
#include <map>
#include <set>

#include "engine/backend/activation_choice.h"
#include "engine/backend/cpu/fusing.h"
#include "kernels/cpu/activations.h"
#include "kernels/formats/table.h"

namespace deepwell::engine::cpu {
namespace {

constexpr std::uint64_t kAlignment = 64;

std::uint64_t aligned(std::uint64_t bytes) {
    return (bytes + kAlignment - 1) / kAlignment * kAlignment;
}

// --- weights and caches --------------------------------------------------------------------------

void place_weights(const Plan& plan, CpuLayout& layout) {
    layout.weights.resize(plan.weights.size());
    const auto place = [&](WeightId id, WeightPlace::Kind kind) {
        WeightPlace& at = layout.weights[id];
        if (at.kind != WeightPlace::Kind::Unused) return;
        const Weight& weight = plan.weights[id];
        at.kind = kind;
        if (kind == WeightPlace::Kind::Rows) return;
        at.offset = layout.weight_bytes;
        at.slice_bytes =
            kind == WeightPlace::Kind::Vector
                ? aligned(static_cast<std::uint64_t>(weight.columns) * sizeof(float))
                : aligned(kernels::cpu::packed_bytes(weight.format, weight.rows, weight.columns));
        layout.weight_bytes += at.slice_bytes * static_cast<std::uint64_t>(weight.slices);
    };
    for (const Segment& segment : layout.segments) {
        for (const StepPlace& where : segment.steps) {
            const Step& step = plan.layers[where.layer].steps[where.step];
            const bool embed = std::holds_alternative<Embed>(step.action);
            for (WeightId id : weights_used(step)) {
                const bool vector = plan.weights[id].weight_class == WeightClass::Norm;
                place(id, embed    ? WeightPlace::Kind::Rows
                          : vector ? WeightPlace::Kind::Vector
                                   : WeightPlace::Kind::Packed);
            }
        }
    }
}

void place_caches(const Plan& plan, CpuLayout& layout) {
    layout.caches.assign(plan.caches.size(), CpuLayout::kNowhere);
    for (const Segment& segment : layout.segments) {
        for (const StepPlace& where : segment.steps) {
            const CacheId id = cache_used(plan.layers[where.layer].steps[where.step]);
            if (id == kNone || layout.caches[id] != CpuLayout::kNowhere) continue;
            layout.caches[id] = layout.cache_bytes;
            layout.cache_bytes +=
                aligned(kernels::cpu::cache_bytes(cache_shape(plan.caches[id], layout.limits)));
        }
    }
}

// --- working memory ------------------------------------------------------------------------------

// A piece of working memory and when it is in use: the span of operations in each layer, or always.
struct Piece {
    std::uint64_t bytes = 0;
    bool always = false;
    std::map<int, std::pair<int, int>> spans;  // layer → first and last operation
    std::uint64_t* place = nullptr;

    void touch(int layer, int at) {
        const auto [it, fresh] = spans.try_emplace(layer, at, at);
        if (!fresh) it->second.second = at;
    }
    bool meets(const Piece& other) const {
        if (always || other.always) return true;
        for (const auto& [layer, span] : spans) {
            const auto found = other.spans.find(layer);
            if (found == other.spans.end()) continue;
            if (span.first <= found->second.second && found->second.first <= span.second) {
                return true;
            }
        }
        return false;
    }
};

// First fit, largest first: each piece at the lowest place where it meets no other in time.
std::uint64_t place_pieces(std::vector<Piece>& pieces) {
    std::vector<Piece*> order;
    for (Piece& piece : pieces) {
        if (piece.bytes > 0 && piece.place != nullptr && (piece.always || !piece.spans.empty())) {
            order.push_back(&piece);
        }
    }
    std::stable_sort(order.begin(), order.end(),
                     [](const Piece* a, const Piece* b) { return a->bytes > b->bytes; });
    std::uint64_t total = 0;
    for (std::size_t i = 0; i < order.size(); ++i) {
        std::vector<std::pair<std::uint64_t, std::uint64_t>> taken;
        for (std::size_t j = 0; j < i; ++j) {
            if (!order[i]->meets(*order[j])) continue;
            taken.emplace_back(*order[j]->place, *order[j]->place + order[j]->bytes);
        }
        std::sort(taken.begin(), taken.end());
        std::uint64_t at = 0;
        for (const auto& [begin, end] : taken) {
            if (at + order[i]->bytes <= begin) break;
            at = std::max(at, end);
        }
        *order[i]->place = at;
        total = std::max(total, at + order[i]->bytes);
    }
    return total;
}

// Scratch of the operations that need some: one piece for all, used in turn.
std::uint64_t scratch_bytes(const Plan& plan, CpuLayout& layout, int threads) {
    std::uint64_t most = 0;
    const int batch = layout.limits.batch;
    for (const auto& segment : layout.operations.segments) {
        for (const PlacedOperation& placed : segment) {
            if (const auto* attend = std::get_if<AttendCache>(&placed.action)) {
                most = std::max<std::uint64_t>(
                    most, kernels::cpu::attention_scratch_bytes(
                              cache_shape(plan.caches[attend->cache], layout.limits),
                              attend->query.heads, batch, threads));
            } else if (const auto* route = std::get_if<RouteRows>(&placed.action)) {
                most = std::max<std::uint64_t>(most,
                                               sizeof(float) * static_cast<std::uint64_t>(batch) *
                                                   static_cast<std::uint64_t>(route->step.experts));
            } else if (const auto* mix = std::get_if<MixExperts>(&placed.action)) {
                // At least one expert's tokens, at most all pairs; room for a decode's in one go.
                const int used = mix->step.ids.columns();
                layout.expert_rows = std::max(batch, used);
                most = std::max(most, expert_scratch(plan, mix->step, layout.expert_rows).bytes);
            }
        }
    }
    return most;
}

void place_workspace(const Plan& plan, CpuLayout& layout, int threads) {
    const Limits& limits = layout.limits;
    const auto rows_of = [&](RowCount rows) {
        return static_cast<std::uint64_t>(rows == RowCount::Batch ? limits.batch
                                                                  : limits.max_logits);
    };
    layout.buffers.assign(plan.buffers.size(), CpuLayout::kNowhere);
    layout.shadows.assign(layout.operations.shadows.size(), CpuLayout::kNowhere);
    layout.rotations.assign(plan.rotations.size(), CpuLayout::kNowhere);

    std::vector<Piece> pieces(plan.buffers.size() + layout.shadows.size());
    for (std::size_t i = 0; i < plan.buffers.size(); ++i) {
        pieces[i].place = &layout.buffers[i];
        pieces[i].bytes = aligned(rows_of(plan.buffers[i].rows) * 4 *
                                  static_cast<std::uint64_t>(plan.buffers[i].width));
    }
    for (std::size_t i = 0; i < layout.shadows.size(); ++i) {
        Piece& piece = pieces[plan.buffers.size() + i];
        const Shadow& shadow = layout.operations.shadows[i];
        piece.place = &layout.shadows[i];
        piece.bytes = aligned(rows_of(shadow.rows) *
                              kernels::cpu::quantized_row_bytes(shadow.view.columns()));
    }
    std::set<int> rotations;
    bool has_logits = false;
    for (const auto& segment : layout.operations.segments) {
        std::set<std::pair<int, BufferId>> written;  // (layer, buffer)
        for (std::size_t at = 0; at < segment.size(); ++at) {
            const int layer = segment[at].layer;
            const Touched touch = touched(segment[at].action);
            for (BufferId buffer : touch.read) {
                pieces[buffer].touch(layer, static_cast<int>(at));
                // Read before it is written here: it comes from an earlier layer or segment.
                if (!written.contains({layer, buffer})) pieces[buffer].always = true;
            }
            for (BufferId buffer : touch.written) {
                pieces[buffer].touch(layer, static_cast<int>(at));
                written.insert({layer, buffer});
            }
            for (ShadowId shadow : touch.shadows) {
                pieces[plan.buffers.size() + shadow].touch(layer, static_cast<int>(at));
            }
            if (const auto* rotate = std::get_if<RotateHeads>(&segment[at].action)) {
                rotations.insert(rotate->step.rotation);
            }
            has_logits |= std::holds_alternative<MakeLogits>(segment[at].action);
        }
    }
    for (const Segment& segment : layout.segments) {
        for (BufferId buffer : segment.inputs) pieces[buffer].always = true;
        for (BufferId buffer : segment.outputs) pieces[buffer].always = true;
    }

    const auto always = [&](std::uint64_t bytes, std::uint64_t& place) {
        Piece piece;
        piece.bytes = aligned(bytes);
        piece.always = true;
        piece.place = &place;
        pieces.push_back(piece);
    };
    for (int rotation : rotations) {
        always(rows_of(RowCount::Batch) * sizeof(float) *
                   static_cast<std::uint64_t>(plan.rotations[rotation].width()),
               layout.rotations[rotation]);
    }
    if (has_logits) {
        always(rows_of(RowCount::Selected) * sizeof(float) *
                   static_cast<std::uint64_t>(plan.vocabulary),
               layout.logits);
    }
    if (const std::uint64_t scratch = scratch_bytes(plan, layout, threads); scratch > 0) {
        always(scratch, layout.scratch);
    }
    layout.workspace_bytes = place_pieces(pieces);
}

}  // namespace

kernels::cpu::CacheShape cache_shape(const CacheSpec& spec, const Limits& limits) {
    kernels::cpu::CacheShape shape;
    switch (limits.cache) {
        case CacheType::F32:
            shape.type = kernels::cpu::CacheType::F32;
            break;
        case CacheType::F16:
            shape.type = kernels::cpu::CacheType::F16;
            break;
        case CacheType::Q8_0:
            shape.type = kernels::cpu::CacheType::Q8_0;
            break;
    }
    shape.slot_count = limits.context;
    if (spec.kind == CacheSpec::Kind::KeyValue) {
        shape.kv_heads = spec.kv_heads;
        shape.key_width = spec.key_width;
        shape.value_width = spec.value_width;
    } else {
        shape.latent = true;
        shape.kv_heads = 1;
        shape.key_width = spec.latent_width + spec.rope_width;
        shape.value_width = spec.latent_width;
    }
    return shape;
}

ExpertScratch expert_scratch(const Plan& plan, const Experts& step, int rows) {
    const auto inner = static_cast<std::uint64_t>(plan.weights[step.gate].rows);
    const auto outer = static_cast<std::uint64_t>(plan.weights[step.down].rows);
    const auto count = static_cast<std::uint64_t>(rows);
    ExpertScratch scratch;
    scratch.up = scratch.gate + aligned(count * inner * sizeof(float));
    scratch.quantized = scratch.up + aligned(count * inner * sizeof(float));
    const bool int8 = takes_int8(plan.weights[step.down].format);
    scratch.down =
        scratch.quantized +
        (int8 ? aligned(count * kernels::cpu::quantized_row_bytes(static_cast<std::int64_t>(inner)))
              : 0);
    scratch.bytes = scratch.down + aligned(count * outer * sizeof(float));
    return scratch;
}

std::shared_ptr<CpuLayout> make_cpu_layout(const Plan& plan, std::span<const Segment> segments,
                                           const Limits& limits, int threads, bool fuse) {
    auto layout = std::make_shared<CpuLayout>();
    layout->segments.assign(segments.begin(), segments.end());
    layout->limits = limits;
    layout->operations = make_operations(plan, segments, fuse);
    place_weights(plan, *layout);
    place_caches(plan, *layout);
    place_workspace(plan, *layout, threads);
    return layout;
}

}  // namespace deepwell::engine::cpu
