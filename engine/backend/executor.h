// Runs a plan that has been compiled by one or several backends, batch after batch, on the caller's
// thread: queues every device segment whose inputs are there, runs the CPU's, waits. The same walk
// runs one segment or 180.
#pragma once

#include <memory>
#include <vector>

#include "engine/backend/placement.h"

namespace deepwell::engine {

class Executor {
public:
    // programs[b]: what backend b compiled from segments_of(segments, b); null if it has none.
    Executor(const Plan& plan, std::vector<Segment> segments,
             std::vector<std::unique_ptr<Program>> programs, const Limits& limits);
    ~Executor();

    // One batch; then length() has grown by its tokens. Result: logits [wanted, vocabulary], until
    // the next call. An error leaves length() as it was.
    // Errors: ContextFull, InvalidArgument (too many tokens, an id outside the vocabulary),
    // Cancelled, what the programs give.
    Result<std::span<const float>> run(const Batch& batch, const StopFlag& stop);

    int length() const { return length_; }
    void truncate(int length);
    const Limits& limits() const { return limits_; }

private:
    enum class SegmentState { Waiting, Started, Done };

    Result<void> run_segments(const Batch& batch, const StopFlag& stop);

    std::vector<Segment> segments_;
    std::vector<int> place_in_program_;  // of each segment, among its backend's
    std::vector<std::unique_ptr<Program>> programs_;
    Limits limits_;
    Crossings crossings_;
    // Of the batch that runs: kept, so that a token allocates nothing.
    std::vector<SegmentState> states_;  // of each segment
    std::vector<bool> held_;            // by backend
    int length_ = 0;
};

}  // namespace deepwell::engine
