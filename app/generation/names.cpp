// The words of the values, as the exchange file and the command line write them.

#include "app/generation/event.h"
#include "app/generation/request.h"

namespace deepwell::app {

std::optional<int> budget_of(Thinking::Effort effort) {
    switch (effort) {
        case Thinking::Effort::Off:
            return 0;
        case Thinking::Effort::Short:
            return 1024;
        case Thinking::Effort::Medium:
            return 4096;
        case Thinking::Effort::Long:
            return 16384;
        case Thinking::Effort::Unlimited:
            break;
    }
    return std::nullopt;
}

const char* effort_name(Thinking::Effort effort) {
    switch (effort) {
        case Thinking::Effort::Off:
            return "off";
        case Thinking::Effort::Short:
            return "short";
        case Thinking::Effort::Medium:
            return "medium";
        case Thinking::Effort::Long:
            return "long";
        case Thinking::Effort::Unlimited:
            break;
    }
    return "unlimited";
}

std::optional<Thinking::Effort> parse_effort(const std::string& name) {
    using Effort = Thinking::Effort;
    for (const Effort effort :
         {Effort::Off, Effort::Short, Effort::Medium, Effort::Long, Effort::Unlimited}) {
        if (name == effort_name(effort)) return effort;
    }
    return std::nullopt;
}

const char* ended_by_name(ThoughtEndedBy by) {
    switch (by) {
        case ThoughtEndedBy::Model:
            return "model";
        case ThoughtEndedBy::Budget:
            return "budget";
        case ThoughtEndedBy::Reserve:
            return "reserve";
        case ThoughtEndedBy::AnswerNow:
            return "answer-now";
        case ThoughtEndedBy::LoopGuard:
            return "loop-guard";
        case ThoughtEndedBy::Stop:
            return "stop";
        case ThoughtEndedBy::Interruption:
            return "interruption";
        case ThoughtEndedBy::Never:
            break;
    }
    return "never";
}

const char* stop_reason_name(StopReason reason) {
    switch (reason) {
        case StopReason::End:
            return "end";
        case StopReason::StopString:
            return "stop-string";
        case StopReason::MaxTokens:
            return "max-tokens";
        case StopReason::ContextFull:
            return "context-full";
        case StopReason::Stopped:
            return "stopped";
        case StopReason::LoopGuard:
            return "loop-guard";
        case StopReason::Failed:
            break;
    }
    return "failed";
}

}  // namespace deepwell::app
