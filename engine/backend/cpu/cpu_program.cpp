#include "engine/backend/cpu/cpu_program.h"

#include <algorithm>
#include <cstring>

#include "engine/backend/activation_choice.h"
#include "engine/backend/cpu/pool_stop.h"
#include "engine/backend/cpu/weight_loader.h"
#include "kernels/cpu/rope.h"

namespace deepwell::engine::cpu {

CpuProgram::CpuProgram(const Plan& plan, std::shared_ptr<const CpuLayout> layout,
                       std::shared_ptr<kernels::cpu::ThreadPool> pool, kernels::cpu::Isa isa,
                       std::shared_ptr<const TensorReader> reader)
    : plan_(plan),
      layout_(std::move(layout)),
      pool_(std::move(pool)),
      isa_(isa),
      reader_(std::move(reader)) {}

Result<void> CpuProgram::prepare(const Progress& progress, const StopFlag& stop) {
    auto weights = Arena::allocate(layout_->weight_bytes);
    if (!weights) return fail(weights.error());
    weights_ = std::move(*weights);
    auto caches = Arena::allocate(layout_->cache_bytes);
    if (!caches) return fail(caches.error());
    caches_ = std::move(*caches);
    auto workspace = Arena::allocate(layout_->workspace_bytes);
    if (!workspace) return fail(workspace.error());
    workspace_ = std::move(*workspace);
    caches_.touch(*pool_);
    workspace_.touch(*pool_);
    return load_weights(plan_, *layout_, *reader_, *pool_, weights_, progress, stop);
}

void CpuProgram::truncate(int length) {
    length_ = std::clamp(length, 0, length_);
}

Result<void> CpuProgram::start(int segment, const Batch& batch, Crossings& crossings,
                               const StopFlag& stop) {
    running_ = {batch.tokens, batch.wanted, pool_stop(stop), false};
    logits_ = {};
    const Segment& place = layout_->segments[static_cast<std::size_t>(segment)];
    fill_rotation_tables();
    copy_crossings(place, true, crossings);
    for (const PlacedOperation& placed :
         layout_->operations.segments[static_cast<std::size_t>(segment)]) {
        auto done =
            std::visit([this](const auto& operation) { return run(operation); }, placed.action);
        if (!done) return done;
        if (running_.stopped || stop.stop_requested()) {
            return fail(ErrorCode::Cancelled, "The computation was stopped.");
        }
    }
    copy_crossings(place, false, crossings);
    return {};
}

void CpuProgram::copy_crossings(const Segment& segment, bool in, Crossings& crossings) {
    for (BufferId id : in ? segment.inputs : segment.outputs) {
        const Buffer& buffer = plan_.buffers[id];
        const std::size_t count =
            buffer.rows == RowCount::Batch ? running_.tokens.size() : running_.wanted.size();
        std::byte* own = workspace_.at(layout_->buffers[id]);
        auto* foreign = reinterpret_cast<std::byte*>(crossings.words(id).data());
        const std::size_t bytes = count * static_cast<std::size_t>(buffer.width) * 4;
        std::memcpy(in ? own : foreign, in ? foreign : own, bytes);
    }
}

// All segments of a batch see the same positions: the tables are filled by the first.
void CpuProgram::fill_rotation_tables() {
    const std::int64_t first = length_ + layout_->limits.position_offset;
    const int count = static_cast<int>(running_.tokens.size());
    if (first == table_first_ && count <= table_count_) return;
    for (std::size_t i = 0; i < plan_.rotations.size(); ++i) {
        if (layout_->rotations[i] == CpuLayout::kNowhere) continue;
        const Rotation& rotation = plan_.rotations[i];
        const std::size_t pairs = rotation.frequencies.size();
        auto* cosines = reinterpret_cast<float*>(workspace_.at(layout_->rotations[i]));
        float* sines = cosines + pairs * static_cast<std::size_t>(layout_->limits.batch);
        kernels::cpu::rotation_table(rotation.frequencies, rotation.magnitude, first, count,
                                     cosines, sines);
    }
    table_first_ = first;
    table_count_ = count;
}

int CpuProgram::rows(const View& view) const {
    return static_cast<int>(plan_.buffers[view.buffer].rows == RowCount::Batch
                                ? running_.tokens.size()
                                : running_.wanted.size());
}

float* CpuProgram::floats(const View& view) const {
    return reinterpret_cast<float*>(workspace_.at(layout_->buffers[view.buffer])) + view.offset;
}

std::int32_t* CpuProgram::ints(const View& view) const {
    return reinterpret_cast<std::int32_t*>(workspace_.at(layout_->buffers[view.buffer])) +
           view.offset;
}

std::byte* CpuProgram::shadow(ShadowId id) const {
    return workspace_.at(layout_->shadows[id]);
}

const float* CpuProgram::vector(WeightId id) const {
    if (id == kNone) return nullptr;
    return reinterpret_cast<const float*>(weights_.at(layout_->weights[id].offset));
}

kernels::cpu::Matrix CpuProgram::matrix(WeightId id, int slice) const {
    const Weight& weight = plan_.weights[id];
    const WeightPlace& place = layout_->weights[id];
    kernels::cpu::Matrix matrix;
    matrix.format = weight.format;
    matrix.rows = weight.rows;
    matrix.columns = weight.columns;
    matrix.data = weights_.at(place.offset + static_cast<std::uint64_t>(slice) * place.slice_bytes);
    return matrix;
}

kernels::cpu::Activations CpuProgram::input_of(const kernels::cpu::Activations& input,
                                               WeightId id) const {
    return takes_int8(plan_.weights[id].format) ? input : float_input(input);
}

kernels::cpu::Activations CpuProgram::activations(const View& in, ShadowId in_shadow) const {
    kernels::cpu::Activations input;
    input.tokens = rows(in);
    input.values = floats(in);
    input.stride = stride(in);
    if (in_shadow != kNone) input.quantized = shadow(in_shadow);
    return input;
}

}  // namespace deepwell::engine::cpu
