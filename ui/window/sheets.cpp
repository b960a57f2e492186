#include "ui/window/sheets.h"

#include "app/problems/problem.h"
#include "ui/viewmodels/program/problem_model.h"

namespace deepwell::ui {
namespace {

using app::ProblemFacts;
using engine::Error;
using engine::ErrorCode;

constexpr std::uint64_t kMiB = 1024 * 1024;

QVariantMap sample(const char* caption, const app::Problem& problem,
                   const QVariantList& steps = {}) {
    QVariantMap map = problem_map(problem);
    map["steps"] = steps;
    return {{"caption", QString::fromUtf8(caption)}, {"problem", map}};
}

QVariantMap step(bool done, const char* text) {
    return {{"done", done}, {"text", QString::fromUtf8(text)}};
}

app::Problem of(ErrorCode code, const ProblemFacts& facts, const char* message = "") {
    return app::make_problem(Error{code, message, {}}, facts);
}

app::Problem out_of_memory() {
    ProblemFacts facts;
    facts.in_reply = true;
    return of(ErrorCode::OutOfDeviceMemory, facts);
}

QVariantList ladder_steps() {
    return {step(true, "Freed the unused model and its cache"),
            step(true, "Made the working area smaller"),
            step(false, "Lower the context from 16,384 to 8,192 tokens"),
            step(false, "Move 6 of 48 layers to the CPU, about half the speed")};
}

}  // namespace

void raise_ladder(ProblemModel& problems) {
    problems.raise(out_of_memory(), {}, ladder_steps());
}

QVariantList problem_samples() {
    ProblemFacts in_reply;
    in_reply.in_reply = true;
    ProblemFacts loading;
    loading.needed = 12186 * kMiB;
    loading.free = 11366 * kMiB;
    loading.context_that_fits = 8192;
    ProblemFacts cut;
    cut.name = "R1 Distill Llama 8B Q5_K_M";
    cut.size_now = 4200 * kMiB;
    cut.size_full = 5430 * kMiB;
    ProblemFacts loop;
    loop.piece = 38;
    loop.times = 6;
    loop.next_temperature = 0.7;
    ProblemFacts part;
    part.part = 3;
    part.parts = 9;
    ProblemFacts kind;
    kind.kind = "mamba";
    ProblemFacts gone;
    gone.folder = "/media/models";
    ProblemFacts full;
    full.messages = 4;
    return {
        sample("Out of memory in a reply: the ladder", out_of_memory(), ladder_steps()),
        sample("File cut off", of(ErrorCode::FileDamaged, cut)),
        sample("Loop guard, in place of the rest of the reply", app::loop_guard_problem(loop)),
        sample("No graphics card", app::no_card_problem("The NVIDIA driver did not answer.")),
        sample("Out of memory on load", of(ErrorCode::OutOfDeviceMemory, loading)),
        sample("Card lost in a reply", of(ErrorCode::DeviceLost, in_reply)),
        sample("Context full, before sending", app::context_full_problem(full)),
        sample("Switch while a reply runs", app::reply_running_problem({})),
        sample("Part missing", of(ErrorCode::FilePartMissing, part)),
        sample("Unknown architecture", of(ErrorCode::UnsupportedArchitecture, kind)),
        sample("File gone", of(ErrorCode::FileNotFound, gone)),
        sample("Not a GGUF", of(ErrorCode::NotAModelFile, {})),
    };
}

}  // namespace deepwell::ui
