#include "app/problems/storage_problem.h"

#include <fmt/format.h>

namespace deepwell::app {
namespace {

void exchange_failed(const Error& error, StorageWork work, const std::string& file,
                     Problem& problem) {
    if (work == StorageWork::Importing) {
        problem.title = "Nothing was imported";
        problem.text = error.message;
        problem.actions = {{ActionKind::ChooseFile, "Choose another…"}};
        return;
    }
    problem.title = "The file could not be saved";
    problem.text = error.code == ErrorCode::ReadOnly
                       ? fmt::format("{} does not allow writing. Choose another place.", file)
                       : error.message;
    problem.actions = {{ActionKind::SaveAs, "Save as…"}};
}

}  // namespace

Problem make_problem(const Error& error, StorageWork work, const std::string& file) {
    Problem problem;
    problem.code = error_code_name(error.code);
    problem.subject = file;
    problem.details = describe(error);
    if (work == StorageWork::Exporting || work == StorageWork::Importing) {
        exchange_failed(error, work, file, problem);
        return problem;
    }
    problem.actions = {{ActionKind::TryAgain, "Try again"}};
    switch (error.code) {
        case ErrorCode::NoRoom:
            problem.title = "There is no room to save";
            problem.text =
                "Your question stays in the field, a running reply in memory. Free some space, "
                "then try again.";
            problem.actions.push_back({ActionKind::Export, "Export…"});
            break;
        case ErrorCode::ReadOnly:
            problem.title = "The folder does not allow writing";
            problem.text =
                "Your question stays in the field, a running reply in memory. " +
                (file.empty() ? std::string("Allow writing, then try again.")
                              : fmt::format("Allow writing in {}, then try again.", file));
            problem.actions.push_back({ActionKind::Export, "Export…"});
            break;
        case ErrorCode::Locked:
            problem.title = "Another program holds the conversation store";
            problem.text = fmt::format(
                "Nothing is lost, but nothing can be saved. Close the program that has {} open, "
                "then try again.",
                file.empty() ? "it" : file);
            problem.actions.push_back({ActionKind::Quit, "Quit"});
            break;
        case ErrorCode::Damaged:
            problem.title = "The conversation store is damaged";
            problem.text = error.message;
            problem.actions = {{ActionKind::Continue, "Continue"},
                               {ActionKind::ShowCopy, "Show copy"}};
            break;
        case ErrorCode::Newer:
            problem.title = "These conversations were written by a later Deepwell";
            problem.text = "Nothing was changed. Update Deepwell to open them.";
            problem.actions = {{ActionKind::Quit, "Quit"}};
            break;
        default:
            problem.title = "Saving did not work";
            problem.text =
                error.message + " Your question stays in the field, a running reply in memory.";
            problem.actions.push_back({ActionKind::Export, "Export…"});
            break;
    }
    return problem;
}

}  // namespace deepwell::app
