// What went wrong, in the words of the window: an Error or an ended reply becomes a Problem, with
// what a person can do about it. The table of words is problem_table.cpp.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "app/problems/numbers.h"
#include "engine/base/error.h"

namespace deepwell::app {

enum class Severity { Info, Warning, Bad };
enum class Place { Banner, InReply, Composer, ModelDetails, Foot, Toast };

// What a button does. The window knows how; text is what stands on it.
enum class ActionKind {
    LoadShorterContext,
    LoadPartlyOnCpu,
    MoveLayersToCpu,
    LowerContext,
    SmallerCache,
    RaiseContext,
    LeaveOut,
    SendTheEndOnly,
    NewConversation,
    OtherModel,
    ChooseFile,
    Rescan,
    ShowFile,
    ShowFolder,
    RemoveFromList,
    CheckAgain,
    Details,
    LoadAgain,
    UseCpu,
    Continue,
    TryAgain,
    AnswerFromHere,
    KeepGoing,
    Export,
    SaveAs,
    Quit,
    ShowCopy,
    Restore,
    Wait,
    StopAndSwitch,
};

// "Lower the context": what stands on the button where the case has no words of its own.
const char* action_label(ActionKind kind);

struct Action {
    ActionKind kind;
    std::string text;
};

struct Problem {
    std::string code;     // stable: "out-of-memory", "file-damaged", …
    std::string subject;  // one problem per (code, subject): a file's path, a reply's id
    Severity severity = Severity::Bad;
    Place place = Place::Banner;
    std::string title;
    std::string text;
    std::vector<Action> actions;  // the first is primary
    std::string details;          // to copy
};

// Facts that the words need; what is not known is left empty and the sentence does without it.
struct ProblemFacts {
    std::string subject;
    std::string name;  // of the file or model
    std::string folder;
    std::string kind;  // architecture or format
    int part = 0, parts = 0;
    std::optional<std::uint64_t> needed, free, size_now, size_full;
    int context_that_fits = 0;
    int driver = 0;            // installed
    int tokens = 0;            // of a reply, or of a question
    int room = 0;              // tokens that fit
    int messages = 0;          // that do not fit
    int piece = 0, times = 0;  // of a loop
    double next_temperature = 0;
    bool in_reply = false;  // it came while a reply ran: the text is kept
};

Problem make_problem(const engine::Error& error, const ProblemFacts& facts);

// Problems that have no Error behind them.
Problem loop_guard_problem(const ProblemFacts& facts);
Problem context_full_problem(const ProblemFacts& facts);       // before sending
Problem question_too_long_problem(const ProblemFacts& facts);  // in the composer
Problem reply_running_problem(const ProblemFacts& facts);      // switch while a reply runs
Problem no_card_problem(const std::string& reason);

// The line at the foot of a reply: "Stopped by you after 312 tokens", and its actions.
enum class FootKind { Stopped, Limit, Interrupted };
Problem foot_of(FootKind kind, int tokens);

}  // namespace deepwell::app
