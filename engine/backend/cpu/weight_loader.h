// Reads the weights of a layout into its arena, in chunks by pread, packed by all threads at once.
#pragma once

#include "engine/backend/cpu/arena.h"
#include "engine/backend/cpu/cpu_layout.h"

namespace deepwell::engine::cpu {

// Bytes of the staging buffers for `threads` threads: each reads a chunk and packs it while it is
// still in the core's own cache.
std::uint64_t staging_bytes(const Plan& plan, const CpuLayout& layout, int threads);

// Errors: what reading gives, Cancelled.
Result<void> load_weights(const Plan& plan, const CpuLayout& layout, const TensorReader& reader,
                          kernels::cpu::ThreadPool& pool, const Arena& arena,
                          const Progress& progress, const StopFlag& stop);

}  // namespace deepwell::engine::cpu
