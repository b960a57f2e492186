// The table of look.md 6: what is said of each error, and what is offered. One function a case;
// words that depend on facts leave out what is not known.
#include "app/problems/problem.h"

#include <fmt/format.h>

#include <initializer_list>

namespace deepwell::app {
namespace {

using engine::Error;
using engine::ErrorCode;

void offer(Problem& problem, std::initializer_list<ActionKind> kinds) {
    for (const ActionKind kind : kinds) problem.actions.push_back({kind, action_label(kind)});
}

std::string name_of(const ProblemFacts& facts) {
    return facts.name.empty() ? "The file" : facts.name;
}

// "4.1" of "4.1 of 5.3 GiB": the unit once, where it is the same.
std::string size_beside(std::uint64_t size, std::uint64_t other) {
    std::string text = gibibytes(size);
    const std::string unit = text.substr(text.find(' '));
    if (gibibytes(other).ends_with(unit)) text.erase(text.size() - unit.size());
    return text;
}

void out_of_memory(const Error& error, const ProblemFacts& facts, Problem& problem) {
    const bool card = error.code == ErrorCode::OutOfDeviceMemory;
    const std::string memory = card ? "graphics memory" : "main memory";
    problem.severity = Severity::Warning;
    if (facts.in_reply) {
        problem.title =
            card ? "The graphics card ran out of memory" : "This computer ran out of main memory";
        problem.text = "The reply is kept up to the last word. Choose how to go on.";
        if (card) {
            offer(problem,
                  {ActionKind::LowerContext, ActionKind::MoveLayersToCpu, ActionKind::OtherModel});
        } else {
            offer(problem, {ActionKind::LowerContext, ActionKind::OtherModel});
        }
        return;
    }
    if (facts.needed && facts.free) {
        problem.title = fmt::format("This model needs {}; {} are free", gibibytes(*facts.needed),
                                    gibibytes(*facts.free));
    } else {
        problem.title = fmt::format("There is not enough {}", memory);
    }
    if (facts.context_that_fits > 0) {
        const std::string context = thousands(facts.context_that_fits);
        problem.text = fmt::format("A context of {} tokens fits.", context);
        problem.actions.push_back({ActionKind::LoadShorterContext, "Load with " + context});
    } else if (!card) {
        problem.title = "This model is too large for this computer";
        problem.text = facts.needed && facts.free
                           ? fmt::format(
                                 "It needs {} of main memory; {} are free. Choose a "
                                 "smaller model or a smaller file of it.",
                                 gibibytes(*facts.needed), gibibytes(*facts.free))
                           : "Choose a smaller model or a smaller file of it.";
    } else {
        problem.text = "Part of it can run on the CPU, which is slower.";
    }
    if (card) offer(problem, {ActionKind::LoadPartlyOnCpu});
    offer(problem, {ActionKind::OtherModel});
}

void damaged(const ProblemFacts& facts, Problem& problem) {
    problem.title = "This model file is damaged";
    if (facts.size_now && facts.size_full) {
        problem.text = fmt::format(
            "{} ends after {} of {}. The copy was probably cut off. Copy or download "
            "the file again, then rescan.",
            name_of(facts), size_beside(*facts.size_now, *facts.size_full),
            gibibytes(*facts.size_full));
    } else {
        problem.text = name_of(facts) +
                       " contradicts itself or is cut off. Copy or download the file again, then "
                       "rescan.";
    }
    offer(problem, {ActionKind::Rescan, ActionKind::ShowFile, ActionKind::RemoveFromList});
}

void device(const Error& error, Problem& problem) {
    problem.severity = Severity::Warning;
    problem.title = "No graphics card found, running on the CPU";
    problem.text = error.message +
                   " Replies work but are slow. Install or restart the driver, then check again.";
    offer(problem, {ActionKind::CheckAgain, ActionKind::Details});
}

}  // namespace

const char* action_label(ActionKind kind) {
    switch (kind) {
        case ActionKind::LoadShorterContext:
            return "Load with less context";
        case ActionKind::LoadPartlyOnCpu:
            return "Load partly on CPU";
        case ActionKind::MoveLayersToCpu:
            return "Move layers to the CPU";
        case ActionKind::LowerContext:
            return "Lower the context";
        case ActionKind::SmallerCache:
            return "Use an 8-bit cache";
        case ActionKind::RaiseContext:
            return "Raise the context";
        case ActionKind::LeaveOut:
            return "Leave them out";
        case ActionKind::SendTheEndOnly:
            return "Send the end only";
        case ActionKind::NewConversation:
            return "New conversation";
        case ActionKind::OtherModel:
            return "Other model…";
        case ActionKind::ChooseFile:
            return "Choose file…";
        case ActionKind::Rescan:
            return "Rescan";
        case ActionKind::ShowFile:
            return "Show file";
        case ActionKind::ShowFolder:
            return "Show folder";
        case ActionKind::RemoveFromList:
            return "Remove from list";
        case ActionKind::CheckAgain:
            return "Check again";
        case ActionKind::Details:
            return "Details";
        case ActionKind::LoadAgain:
            return "Load again";
        case ActionKind::UseCpu:
            return "Use the CPU";
        case ActionKind::Continue:
            return "Continue";
        case ActionKind::TryAgain:
            return "Try again";
        case ActionKind::AnswerFromHere:
            return "Answer from here";
        case ActionKind::KeepGoing:
            return "Keep going";
        case ActionKind::Export:
            return "Export…";
        case ActionKind::SaveAs:
            return "Save as…";
        case ActionKind::Quit:
            return "Quit";
        case ActionKind::ShowCopy:
            return "Show copy";
        case ActionKind::Restore:
            return "Bring back from the copy";
        case ActionKind::Wait:
            return "Wait";
        case ActionKind::StopAndSwitch:
            return "Stop and switch";
    }
    return "";
}

Problem make_problem(const Error& error, const ProblemFacts& facts) {
    Problem problem;
    problem.code = engine::error_code_name(error.code);
    problem.subject = facts.subject;
    problem.details = engine::describe(error);
    switch (error.code) {
        case ErrorCode::OutOfMemory:
        case ErrorCode::OutOfDeviceMemory:
            out_of_memory(error, facts, problem);
            break;
        case ErrorCode::FileDamaged:
            damaged(facts, problem);
            break;
        case ErrorCode::NotAModelFile:
            problem.title = "This is not a model file";
            problem.text = "Deepwell reads GGUF files. Choose one that ends in .gguf.";
            problem.actions = {{ActionKind::ChooseFile, "Choose another…"}};
            break;
        case ErrorCode::UnsupportedArchitecture:
        case ErrorCode::UnsupportedStep:
            problem.title = "Deepwell cannot run this model";
            problem.text = facts.kind.empty()
                               ? error.message
                               : fmt::format("It is of the kind \"{}\".", facts.kind);
            problem.text += " R1 models and their Qwen and Llama distills work.";
            offer(problem, {ActionKind::OtherModel});
            break;
        case ErrorCode::UnsupportedTokenizer:
            problem.title = "Deepwell cannot run this model";
            problem.text = error.message;
            offer(problem, {ActionKind::OtherModel});
            break;
        case ErrorCode::UnsupportedFormat:
        case ErrorCode::FileTooOld:
        case ErrorCode::FileTooNew:
            problem.title = "This format is not supported yet";
            problem.text =
                facts.kind.empty() ? error.message : fmt::format("The file uses {}.", facts.kind);
            problem.text += " Try the Q4_K_M or Q8_0 file of the same model.";
            offer(problem, {ActionKind::OtherModel});
            break;
        case ErrorCode::FilePartMissing:
            problem.title = facts.part > 0
                                ? fmt::format("Part {} of {} is missing", facts.part, facts.parts)
                                : "A part of this model is missing";
            problem.text = "Put all parts in one folder, then rescan.";
            offer(problem, {ActionKind::Rescan, ActionKind::ShowFolder});
            break;
        case ErrorCode::FileNotFound:
        case ErrorCode::FileNotReadable:
            problem.title = error.code == ErrorCode::FileNotFound
                                ? "The model file is no longer there"
                                : "The model file cannot be read";
            problem.text = facts.folder.empty() ? "" : fmt::format("It was in {}. ", facts.folder);
            problem.text += "Connect the drive or choose the file again.";
            offer(problem, {ActionKind::TryAgain, ActionKind::ChooseFile});
            break;
        case ErrorCode::DeviceUnavailable:
            device(error, problem);
            break;
        case ErrorCode::DeviceLost:
            problem.title = "The graphics card stopped answering";
            problem.text = "The reply is kept. Load the model again to go on.";
            offer(problem, {ActionKind::LoadAgain, ActionKind::UseCpu});
            break;
        case ErrorCode::ContextFull:
            problem = context_full_problem(facts);
            problem.details = engine::describe(error);
            break;
        case ErrorCode::TemplateError:
            problem.place = Place::InReply;
            problem.title = "This model's chat template failed";
            problem.text = error.message;
            offer(problem, {ActionKind::OtherModel, ActionKind::Details});
            break;
        case ErrorCode::InvalidNumbers:
        case ErrorCode::NoTokenAllowed:
            problem.place = Place::InReply;
            problem.title = error.code == ErrorCode::InvalidNumbers
                                ? "The model gave invalid numbers"
                                : "The settings leave the model no word to say";
            problem.text = "The reply is kept up to the last word.";
            offer(problem, {ActionKind::TryAgain, ActionKind::OtherModel});
            break;
        case ErrorCode::InvalidArgument:
        case ErrorCode::Cancelled:
        case ErrorCode::Internal:
            problem.place = facts.in_reply ? Place::InReply : Place::Banner;
            problem.title = "That did not work";
            problem.text = error.message;
            offer(problem, {ActionKind::TryAgain, ActionKind::Details});
            break;
    }
    return problem;
}

Problem loop_guard_problem(const ProblemFacts& facts) {
    Problem problem;
    problem.code = "loop-guard";
    problem.subject = facts.subject;
    problem.severity = Severity::Info;  // nothing is at fault
    problem.place = Place::InReply;
    problem.title = "The reply was going round in circles";
    problem.text = facts.piece > 0 && facts.times > 0
                       ? fmt::format(
                             "The same {} tokens came back {} times, so Deepwell stopped "
                             "it. The repeats are hidden.",
                             facts.piece, facts.times)
                       : "The same words came back again and again, so Deepwell stopped it. The "
                         "repeats are hidden.";
    offer(problem, {ActionKind::AnswerFromHere});
    problem.actions.push_back(
        {ActionKind::TryAgain,
         facts.next_temperature > 0
             ? fmt::format("Try again, temperature {:.2f}", facts.next_temperature)
             : "Try again"});
    offer(problem, {ActionKind::KeepGoing});
    return problem;
}

Problem context_full_problem(const ProblemFacts& facts) {
    Problem problem;
    problem.code = "context-full";
    problem.subject = facts.subject;
    problem.severity = Severity::Warning;
    problem.title = "The conversation is longer than the context";
    problem.text = facts.messages > 1
                       ? fmt::format("The oldest {} messages do not fit any more.", facts.messages)
                   : facts.messages == 1 ? "The oldest message does not fit any more."
                                         : "The oldest messages do not fit any more.";
    offer(problem, {ActionKind::RaiseContext, ActionKind::LeaveOut, ActionKind::NewConversation});
    return problem;
}

Problem question_too_long_problem(const ProblemFacts& facts) {
    Problem problem;
    problem.code = "question-too-long";
    problem.subject = facts.subject;
    problem.severity = Severity::Warning;
    problem.place = Place::Composer;
    problem.title =
        fmt::format("{} tokens; only {} fit", thousands(facts.tokens), thousands(facts.room));
    offer(problem, {ActionKind::RaiseContext, ActionKind::SendTheEndOnly});
    return problem;
}

Problem reply_running_problem(const ProblemFacts& facts) {
    Problem problem;
    problem.code = "reply-running";
    problem.subject = facts.subject;
    problem.severity = Severity::Info;
    problem.title = "A reply is still running";
    problem.text =
        "The model changes when it is finished, or at once if you stop it. The text so far is "
        "kept.";
    offer(problem, {ActionKind::Wait, ActionKind::StopAndSwitch});
    return problem;
}

Problem no_card_problem(const std::string& reason) {
    Problem problem;
    problem.code = "device-unavailable";
    device(Error{ErrorCode::DeviceUnavailable, reason, {}}, problem);
    problem.details = reason;
    return problem;
}

Problem foot_of(FootKind kind, int tokens) {
    Problem problem;
    problem.severity = Severity::Info;
    problem.place = Place::Foot;
    const std::string count = tokens == 1 ? "1 token" : thousands(tokens) + " tokens";
    switch (kind) {
        case FootKind::Stopped:
            problem.code = "stopped";
            problem.title = "Stopped by you after " + count;
            offer(problem, {ActionKind::Continue, ActionKind::TryAgain});
            break;
        case FootKind::Limit:
            problem.code = "limit";
            problem.title = "Stopped at the limit of " + count;
            offer(problem, {ActionKind::Continue});
            break;
        case FootKind::Interrupted:
            problem.code = "interrupted";
            problem.title = "Interrupted after " + count;
            offer(problem, {ActionKind::Continue, ActionKind::TryAgain});
            break;
    }
    return problem;
}

}  // namespace deepwell::app
