// A CPU program: the arenas, and the code that runs each operation on the pool. One file a family:
// run_products.cpp, run_attention.cpp, run_experts.cpp, run_small.cpp.
#pragma once

#include <memory>
#include <mutex>
#include <vector>

#include "engine/backend/backend.h"
#include "engine/backend/cpu/arena.h"
#include "engine/backend/cpu/cpu_layout.h"
#include "engine/backend/cpu/expert_visits.h"
#include "kernels/cpu/matrix_product.h"

namespace deepwell::engine::cpu {

class CpuProgram final : public Program {
public:
    CpuProgram(const Plan& plan, std::shared_ptr<const CpuLayout> layout,
               std::shared_ptr<kernels::cpu::ThreadPool> pool, kernels::cpu::Isa isa,
               std::shared_ptr<const TensorReader> reader);

    // Allocates and loads; once, before anything else.
    Result<void> prepare(const Progress& progress, const StopFlag& stop);

    Result<void> start(int segment, const Batch& batch, Crossings& crossings,
                       const StopFlag& stop) override;
    Result<void> wait(int) override { return {}; }
    void commit(int tokens) override { length_ += tokens; }
    std::span<const float> logits() const override { return logits_; }
    bool queues() const override { return false; }
    int length() const override { return length_; }
    void truncate(int length) override;

private:
    // What holds while a batch runs.
    struct Running {
        std::span<const TokenId> tokens;
        std::span<const std::int32_t> wanted;
        kernels::cpu::Stop stop;
        bool stopped = false;
    };

    // --- the operations: `running_.stopped` is not an error, the caller looks at it ---
    Result<void> run(const EmbedRows& operation);
    Result<void> run(const NormRows& operation);
    Result<void> run(const QuantizeRows& operation);
    Result<void> run(const ProjectRows& operation);
    Result<void> run(const ProjectGated& operation);
    Result<void> run(const ProjectHeads& operation);
    Result<void> run(const RotateHeads& operation);
    Result<void> run(const WriteCache& operation);
    Result<void> run(const AttendCache& operation);
    Result<void> run(const GateRows& operation);
    Result<void> run(const RouteRows& operation);
    Result<void> run(const MixExperts& operation);
    Result<void> run(const AddRows& operation);
    Result<void> run(const SelectRows& operation);
    Result<void> run(const MakeLogits& operation);

    // --- where things are ---
    int rows(const View& view) const;  // T or S
    std::int64_t stride(const View& view) const { return plan_.buffers[view.buffer].width; }
    float* floats(const View& view) const;  // of row 0
    std::int32_t* ints(const View& view) const;
    std::byte* shadow(ShadowId id) const;
    const float* vector(WeightId id) const;  // null for kNone
    kernels::cpu::Matrix matrix(WeightId id, int slice = 0) const;
    kernels::cpu::Activations activations(const View& in, ShadowId in_shadow) const;
    // The same input without its int8 form, and the form that a weight's product takes.
    static kernels::cpu::Activations float_input(kernels::cpu::Activations input) {
        input.quantized = nullptr;
        return input;
    }
    kernels::cpu::Activations input_of(const kernels::cpu::Activations& input, WeightId id) const;
    std::byte* cache(CacheId id) const { return caches_.at(layout_->caches[id]); }
    template <class Type>
    Type* scratch(std::uint64_t offset = 0) const {
        return reinterpret_cast<Type*>(workspace_.at(layout_->scratch + offset));
    }

    // --- how work is shared out ---
    // task(row) for each of `count` rows: here if it is only one (a barrier would cost more), else
    // on the pool.
    template <class Task>
    void each_row(int count, const Task& task) {
        if (count == 1) {
            task(0);
        } else {
            pooled(count, [&](std::int64_t row) { task(static_cast<int>(row)); });
        }
    }
    template <class Task>
    void pooled(std::int64_t items, const Task& task) {
        if (!pool_->run(items, task, running_.stop)) running_.stopped = true;
    }

    void quantize_row(const View& view, ShadowId id, int row);
    // Columns [first, last) of it, at multiples of an activation block.
    void quantize_part(const View& view, ShadowId id, int row, std::int64_t first,
                       std::int64_t last);
    void fill_rotation_tables();
    void copy_crossings(const Segment& segment, bool in, Crossings& crossings);

    const Plan& plan_;
    std::shared_ptr<const CpuLayout> layout_;
    std::shared_ptr<kernels::cpu::ThreadPool> pool_;
    kernels::cpu::Isa isa_;
    std::shared_ptr<const TensorReader> reader_;
    Arena weights_;
    Arena caches_;
    Arena workspace_;
    Running running_;
    std::vector<std::byte> embedding_row_;
    ExpertVisits expert_visits_;
    // Positions that the rotation tables hold.
    std::int64_t table_first_ = -1;
    int table_count_ = 0;
    std::span<const float> logits_;
    int length_ = 0;
};

}  // namespace deepwell::engine::cpu
