// The cache: writing it and attending to it.
#include "engine/backend/cpu/cpu_program.h"
#include "kernels/cpu/attention.h"
#include "kernels/cpu/cache.h"

namespace deepwell::engine::cpu {

Result<void> CpuProgram::run(const WriteCache& operation) {
    const CacheWrite& step = operation.step;
    const auto shape = cache_shape(plan_.caches[step.cache], layout_->limits);
    each_row(rows(step.key), [&](int row) {
        const float* key = floats(step.key) + row * stride(step.key);
        const float* value = floats(step.value) + row * stride(step.value);
        if (shape.latent) {
            kernels::cpu::write_latent_cache(shape, cache(step.cache), length_ + row, 1, key,
                                             stride(step.key), value, stride(step.value));
        } else {
            kernels::cpu::write_cache(shape, cache(step.cache), length_ + row, 1, key,
                                      stride(step.key), value, stride(step.value));
        }
    });
    return {};
}

Result<void> CpuProgram::run(const AttendCache& operation) {
    kernels::cpu::AttentionInput input;
    input.shape = cache_shape(plan_.caches[operation.cache], layout_->limits);
    input.cache = cache(operation.cache);
    input.heads = operation.query.heads;
    input.tokens = rows(operation.query);
    input.first_slot = length_;
    input.q = {floats(operation.query), operation.query.width, stride(operation.query),
               operation.query.stride};
    if (operation.rope_query.buffer != kNone) {
        input.q_rest = {floats(operation.rope_query), operation.rope_query.width,
                        stride(operation.rope_query), operation.rope_query.stride};
    }
    input.scale = operation.scale;
    input.out = floats(operation.out);
    input.out_stride = stride(operation.out);
    if (!kernels::cpu::attend(isa_, *pool_, input, scratch<std::byte>(), running_.stop)) {
        running_.stopped = true;
    }
    return {};
}

}  // namespace deepwell::engine::cpu
