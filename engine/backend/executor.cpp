#include "engine/backend/executor.h"

#include <fmt/format.h>

#include <algorithm>

namespace deepwell::engine {

Executor::Executor(const Plan& plan, std::vector<Segment> segments,
                   std::vector<std::unique_ptr<Program>> programs, const Limits& limits)
    : segments_(std::move(segments)),
      programs_(std::move(programs)),
      limits_(limits),
      crossings_(plan, crossing_buffers(segments_), limits.batch) {
    std::vector<int> counts(programs_.size(), 0);
    for (const Segment& segment : segments_) {
        place_in_program_.push_back(counts[static_cast<std::size_t>(segment.backend)]++);
    }
}

Executor::~Executor() = default;

Result<std::span<const float>> Executor::run(const Batch& batch, const StopFlag& stop) {
    const int tokens = static_cast<int>(batch.tokens.size());
    if (tokens == 0) return fail(ErrorCode::InvalidArgument, "There is nothing to compute.");
    if (tokens > limits_.batch) {
        return fail(ErrorCode::InvalidArgument,
                    fmt::format("{} tokens at once, where {} fit.", tokens, limits_.batch));
    }
    if (length_ + tokens > limits_.context) {
        return fail(ErrorCode::ContextFull, "The conversation no longer fits into the context.",
                    fmt::format("{} + {} tokens of {}", length_, tokens, limits_.context));
    }
    if (static_cast<int>(batch.wanted.size()) > limits_.max_logits) {
        return fail(ErrorCode::InvalidArgument,
                    fmt::format("Logits of {} rows at once, where {} fit.", batch.wanted.size(),
                                limits_.max_logits));
    }
    for (std::size_t i = 0; i < batch.wanted.size(); ++i) {
        const bool ascending = i == 0 || batch.wanted[i] > batch.wanted[i - 1];
        if (!ascending || batch.wanted[i] < 0 || batch.wanted[i] >= tokens) {
            return fail(ErrorCode::InvalidArgument, "Logits of a row that is not in the batch.");
        }
    }
    if (auto done = run_segments(batch, stop); !done) return fail(done.error());
    for (const auto& program : programs_) {
        if (program) program->commit(tokens);
    }
    length_ += tokens;
    for (const auto& program : programs_) {
        if (program && !program->logits().empty()) return program->logits();
    }
    return std::span<const float>();
}

// Segments in the plan's order; but before one that runs here (the CPU's), every later segment of
// a queueing backend whose inputs are there is started, so that the card works beside the CPU.
Result<void> Executor::run_segments(const Batch& batch, const StopFlag& stop) {
    using State = SegmentState;
    states_.assign(segments_.size(), State::Waiting);
    const auto program_of = [&](std::size_t i) -> Program& {
        return *programs_[static_cast<std::size_t>(segments_[i].backend)];
    };
    const auto start = [&](std::size_t i) {
        states_[i] = State::Started;
        return program_of(i).start(place_in_program_[i], batch, crossings_, stop);
    };
    const auto finish = [&](std::size_t i) -> Result<void> {
        if (states_[i] != State::Started) return {};
        states_[i] = State::Done;
        return program_of(i).wait(place_in_program_[i]);
    };
    const auto inputs_there = [&](std::size_t i) {
        return std::all_of(segments_[i].after.begin(), segments_[i].after.end(), [&](int source) {
            return states_[static_cast<std::size_t>(source)] == State::Done;
        });
    };
    // The next segment of each queueing backend behind `here`, as far as nothing holds it up.
    const auto start_ahead = [&](std::size_t here) -> Result<void> {
        held_.assign(programs_.size(), false);
        for (std::size_t i = here + 1; i < segments_.size(); ++i) {
            const auto backend = static_cast<std::size_t>(segments_[i].backend);
            if (held_[backend] || states_[i] != State::Waiting || !program_of(i).queues()) continue;
            if (!inputs_there(i)) {
                held_[backend] = true;
            } else if (auto done = start(i); !done) {
                return done;
            }
        }
        return {};
    };

    Result<void> outcome;
    for (std::size_t i = 0; i < segments_.size() && outcome; ++i) {
        if (states_[i] != State::Waiting) continue;
        for (int source : segments_[i].after) {
            if (outcome) outcome = finish(static_cast<std::size_t>(source));
        }
        if (outcome && !program_of(i).queues()) outcome = start_ahead(i);
        if (outcome) outcome = start(i);
    }
    // Also after an error: nothing may still run when the caller goes on.
    for (std::size_t i = 0; i < segments_.size(); ++i) {
        if (auto done = finish(i); !done && outcome) outcome = std::move(done);
    }
    return outcome;
}

void Executor::truncate(int length) {
    length_ = std::clamp(length, 0, length_);
    for (const auto& program : programs_) {
        if (program) program->truncate(length_);
    }
}

}  // namespace deepwell::engine
