// What runs plans. A backend lays out and compiles its segments of a plan into a program; the
// executor (executor.h) runs the programs of all backends batch after batch.
//
// Reference and most general: cpu/, which runs every step and format. To add a backend: lay_out,
// compile, the steps; it says in lay_out what it cannot run, and the placement gives that part to
// the CPU.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/backend/layout.h"
#include "engine/backend/tensor_reader.h"
#include "engine/base/progress.h"
#include "engine/base/result.h"
#include "engine/base/stop_flag.h"
#include "engine/models/plan.h"

namespace deepwell::engine {

struct Limits {
    int context = 4096;  // slots of each cache
    int batch = 512;     // largest T
    int max_logits = 1;  // largest number of wanted rows in one batch
    CacheType cache = CacheType::F16;
    // Added to a slot's number to give its position (the shift test of long contexts; else 0).
    std::int64_t position_offset = 0;
};

// tokens stand in the slots from the program's length on. wanted: rows of this batch whose logits
// are asked for, ascending; may be empty (inner batches of a prompt).
struct Batch {
    std::span<const TokenId> tokens;
    std::span<const std::int32_t> wanted;
};

// A maximal run of steps on one backend. Steps are named by their places in the plan.
struct StepPlace {
    int layer = 0;  // place in Plan::layers
    int step = 0;
};
struct Segment {
    int backend = 0;  // which of the placement's
    std::vector<StepPlace> steps;
    std::vector<BufferId> inputs;   // written by another backend, read here
    std::vector<BufferId> outputs;  // written here, read by another backend
    // Places in the list of all segments that must be done before this one starts.
    std::vector<int> after;
};

// The buffers that pass between backends, in host memory, [rows, width] each; the same memory for
// the whole life of the programs. Device backends copy from and to it in their own queue.
class Crossings {
public:
    Crossings() = default;
    // Room for `batch` rows of each of these buffers.
    Crossings(const Plan& plan, std::span<const BufferId> buffers, int batch);

    // float32 or int32 words, as the buffer has it; empty for a buffer that does not cross.
    std::span<std::uint32_t> words(BufferId buffer) {
        if (static_cast<std::size_t>(buffer) >= buffers_.size()) return {};
        return buffers_[static_cast<std::size_t>(buffer)];
    }
    std::uint64_t bytes() const;

private:
    std::vector<std::vector<std::uint32_t>> buffers_;  // by BufferId
};

// Owns weights, caches and workspace of one backend's segments. One thread uses it.
class Program {
public:
    virtual ~Program() = default;

    // Runs the segment (place in the list handed to compile) over the batch. A device only queues
    // it; the CPU runs it here, on its pool. The first segment of a batch takes the batch's tokens;
    // all segments of one batch get the same batch. Caches grow when commit is called.
    // Errors: Cancelled (the flag was raised: nothing has changed), what reading embedding rows
    // gives, DeviceLost.
    virtual Result<void> start(int segment, const Batch& batch, Crossings& crossings,
                               const StopFlag& stop) = 0;
    // Until the segment's outputs lie in the crossings and its logits in logits().
    virtual Result<void> wait(int segment) = 0;

    // The batch is done in every segment: its slots count from now on. Without it (a stopped or
    // failed batch) every cache has its former length.
    virtual void commit(int tokens) = 0;

    // [wanted, vocabulary], until the next start; empty where this program has no Logits step.
    virtual std::span<const float> logits() const = 0;

    // Whether start only queues: such segments are started before the CPU's, to run beside them.
    virtual bool queues() const = 0;

    virtual int length() const = 0;
    virtual void truncate(int length) = 0;  // of all its caches
};

class Backend {
public:
    virtual ~Backend() = default;

    virtual std::string_view name() const = 0;  // "cpu", "cuda:0", "emulation"
    // For people: "AMD EPYC …, 2 threads, AVX-512" or "NVIDIA H100, 80 GB".
    virtual std::string description() const = 0;

    // Bytes a second that the device reads its memory with, measured now; 0 where the backend does
    // not measure it (the CPU: engine/bench does).
    virtual double measure_read_bandwidth() const { return 0; }

    // Bytes of each thing for these segments. No allocation of that size, no file access.
    // Errors: UnsupportedStep, UnsupportedFormat with the step or tensor in the context.
    virtual Result<Layout> lay_out(const Plan& plan, std::span<const Segment> segments,
                                   const Limits& limits) const = 0;

    // Loads the weights and makes the program; allocates what `layout` (of lay_out) says.
    // The program keeps the reader for embedding rows. The plan must outlive the program.
    // Errors: Cancelled, OutOfMemory, OutOfDeviceMemory, FileNotReadable, FileDamaged.
    virtual Result<std::unique_ptr<Program>> compile(const Plan& plan, const Layout& layout,
                                                     std::shared_ptr<const TensorReader> reader,
                                                     const Progress& progress,
                                                     const StopFlag& stop) = 0;
};

}  // namespace deepwell::engine
