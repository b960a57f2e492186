#include "engine/backend/cuda/cuda_layout.h"

#include <algorithm>

#include "engine/backend/activation_choice.h"
#include "kernels/cuda/code_books.h"
#include "kernels/cuda/planes.h"
#include "kernels/formats/table.h"

namespace deepwell::engine {
namespace {

namespace card = kernels::cuda;

constexpr std::uint64_t kAlignment = 256;
constexpr std::uint64_t kChunkBytes = 16u << 20;

std::uint64_t take(std::uint64_t& arena, std::uint64_t bytes) {
    const std::uint64_t at = arena;
    arena += (bytes + kAlignment - 1) / kAlignment * kAlignment;
    return at;
}

class Planner {
public:
    Planner(const Plan& plan, const Limits& limits, bool library)
        : plan_(plan), layout_(std::make_shared<CudaLayout>()) {
        layout_->large_products = library && limits.batch >= card::kLargeBatch;
        layout_->limits = limits;
        layout_->caches.resize(plan.caches.size());
        cache_seen_.resize(plan.caches.size());
    }

    Result<std::shared_ptr<CudaLayout>> run(std::span<const Segment> segments) {
        layout_->segments.assign(segments.begin(), segments.end());
        for (const Segment& segment : segments) {
            for (const StepPlace& place : segment.steps) {
                const Step& step = plan_.layers[place.layer].steps[place.step];
                if (auto planned = plan_step(step); !planned) return fail(planned.error());
            }
            for (const BufferId buffer : segment.inputs) need_buffer(buffer);
        }
        layout_->activations = take(layout_->workspace_bytes,
                                    units_ * layout_->limits.batch * sizeof(card::ActivationUnit));
        if (layout_->large_products) {
            layout_->large_weights = take(layout_->workspace_bytes, large_.weights);
            layout_->large_activations = take(layout_->workspace_bytes, large_.activations);
            layout_->large_scales = take(layout_->workspace_bytes, large_.scales);
            layout_->library = take(layout_->workspace_bytes, card::kMatrixLibraryBytes);
        }
        layout_->code_books = take(layout_->weight_bytes, sizeof(card::CodeBooks));
        layout_->wanted = take(layout_->workspace_bytes, 4ull * layout_->limits.batch);
        return layout_;
    }

private:
    Result<void> plan_step(const Step& step) {
        for (const BufferId buffer : buffers_read(step)) need_buffer(buffer);
        for (const BufferId buffer : buffers_written(step)) need_buffer(buffer);
        return std::visit([&](const auto& action) { return plan_action(step, action); },
                          step.action);
    }

    Result<void> plan_action(const Step&, const Embed&) { return {}; }
    Result<void> plan_action(const Step&, const Norm& norm) {
        need_floats(norm.weight);
        return {};
    }
    Result<void> plan_action(const Step& step, const Project& project) {
        for (const ProjectPart& part : project.parts) {
            if (!part.out.contiguous() || !project.in.contiguous()) return unsupported(step);
            need_matrix(part.weight);
            if (part.bias != kNone) need_floats(part.bias);
        }
        return {};
    }
    Result<void> plan_action(const Step&, const Rotate& rotate) {
        if (!layout_->rotation_tables.contains(rotate.rotation)) {
            const auto pairs = plan_.rotations[rotate.rotation].frequencies.size();
            layout_->rotation_tables[rotate.rotation] =
                take(layout_->workspace_bytes, 8ull * pairs * layout_->limits.batch);
        }
        return {};
    }
    Result<void> plan_action(const Step& step, const CacheWrite& write) {
        return need_cache(step, write.cache);
    }
    Result<void> plan_action(const Step& step, const Attend& attend) {
        return need_cache(step, attend.cache);
    }
    Result<void> plan_action(const Step& step, const GatedUnit& unit) {
        return unit.out.contiguous() ? Result<void>() : unsupported(step);
    }
    Result<void> plan_action(const Step& step, const Add& add) {
        return add.target.contiguous() && add.source.contiguous() ? Result<void>()
                                                                  : unsupported(step);
    }
    Result<void> plan_action(const Step& step, const Select& select) {
        for (const auto& pair : select.pairs) {
            if (!pair.in.contiguous() || !pair.out.contiguous()) return unsupported(step);
        }
        return {};
    }
    Result<void> plan_action(const Step&, const Logits& logits) {
        layout_->has_logits = true;
        layout_->vocabulary = static_cast<int>(plan_.weights[logits.weight].rows);
        layout_->logits =
            take(layout_->workspace_bytes, 4ull * layout_->vocabulary * layout_->limits.max_logits);
        need_matrix(logits.weight);
        return {};
    }
    template <class Other>
    Result<void> plan_action(const Step& step, const Other&) {
        return unsupported(step);
    }

    static Result<void> unsupported(const Step& step) {
        return fail(ErrorCode::UnsupportedStep,
                    "The graphics card's part of Deepwell cannot run a step of this model yet; it "
                    "runs on the processor.",
                    std::string(step_name(step)));
    }

    void need_matrix(WeightId id) {
        const Weight& weight = plan_.weights[id];
        using Element = card::MatrixProduct::Element;
        large_.add(takes_int8(weight.format) ? Element::Half : Element::Float, weight.format,
                   weight.rows, weight.columns, layout_->limits.batch);
        if (takes_int8(weight.format)) {
            units_ = std::max<std::uint64_t>(units_, card::units_of(weight.columns));
        }
        if (layout_->weights.contains(id)) return;
        layout_->weights[id] = take(layout_->weight_bytes,
                                    card::device_bytes(weight.format, weight.rows, weight.columns));
        const std::int64_t rows = std::min(rows_a_chunk(weight), weight.rows);
        const std::uint64_t staged =
            rows * kernels::row_bytes(weight.format, weight.columns) +
            card::tiles_of(rows) * card::tile_row_bytes(weight.format, weight.columns);
        layout_->staging_bytes = std::max(layout_->staging_bytes, staged);
    }

    void need_floats(WeightId id) {
        if (layout_->weights.contains(id)) return;
        const Weight& weight = plan_.weights[id];
        layout_->as_floats[id] = true;
        layout_->weights[id] = take(layout_->weight_bytes, 4ull * weight.rows * weight.columns);
    }

    Result<void> need_cache(const Step& step, CacheId id) {
        const CacheSpec& spec = plan_.caches[id];
        if (spec.kind != CacheSpec::Kind::KeyValue || spec.key_width > card::kMaxHeadWidth ||
            spec.value_width > card::kMaxHeadWidth) {
            return unsupported(step);
        }
        if (!cache_seen_[id]) {
            cache_seen_[id] = true;
            layout_->caches[id] =
                take(layout_->cache_bytes, card::cache_bytes(device_cache(spec, layout_->limits)));
        }
        return {};
    }

    void need_buffer(BufferId id) {
        if (layout_->buffers.contains(id)) return;
        const Buffer& buffer = plan_.buffers[id];
        const int rows =
            buffer.rows == RowCount::Batch ? layout_->limits.batch : layout_->limits.max_logits;
        layout_->buffers[id] = take(layout_->workspace_bytes, 4ull * buffer.width * rows);
    }

    const Plan& plan_;
    std::shared_ptr<CudaLayout> layout_;
    std::vector<bool> cache_seen_;
    std::uint64_t units_ = 0;
    card::LargeProductNeed large_;
};

}  // namespace

kernels::cuda::DeviceCache device_cache(const CacheSpec& spec, const Limits& limits) {
    card::DeviceCache cache;
    cache.format = limits.cache == CacheType::F32   ? card::CacheFormat::F32
                   : limits.cache == CacheType::F16 ? card::CacheFormat::F16
                                                    : card::CacheFormat::Q8_0;
    cache.kv_heads = spec.kv_heads;
    cache.key_width = spec.key_width;
    cache.value_width = spec.value_width;
    cache.capacity = limits.context;
    return cache;
}

std::int64_t rows_a_chunk(const Weight& weight) {
    const std::uint64_t row = kernels::row_bytes(weight.format, weight.columns);
    return std::max<std::int64_t>(1, kChunkBytes / row / card::kTileRows) * card::kTileRows;
}

Result<std::shared_ptr<CudaLayout>> lay_out_for_card(const Plan& plan,
                                                     std::span<const Segment> segments,
                                                     const Limits& limits, bool library) {
    return Planner(plan, limits, library).run(segments);
}

}  // namespace deepwell::engine
