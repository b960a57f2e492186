#include "app/cli/restore_command.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <atomic>
#include <iostream>
#include <memory>

#include "app/base/profile_lock.h"
#include "app/base/wait_for.h"
#include "app/problems/numbers.h"
#include "app/storage/copies.h"

namespace deepwell::app::cli {
namespace {

struct RestoreChoices {
    std::string copy;  // a day, or a file; empty: the newest
    bool list = false;
};

int list_them(const std::vector<StoreCopy>& copies) {
    for (const auto& copy : copies) {
        std::cout << fmt::format("{}  {:>10}  {}\n", copy.day, gibibytes(copy.size),
                                 copy.file.string());
    }
    if (copies.empty()) std::cerr << "There are no daily copies in this profile yet.\n";
    return kOk;
}

Result<std::filesystem::path> find_copy(const std::string& named,
                                        const std::vector<StoreCopy>& copies) {
    for (const auto& copy : copies) {
        if (named.empty() || copy.day == named) return copy.file;
    }
    std::error_code error;
    if (!named.empty() && std::filesystem::is_regular_file(named, error)) return named;
    return fail(ErrorCode::NotFound,
                named.empty() ? "There are no daily copies in this profile yet."
                              : fmt::format("There is no copy of '{}'. `deepwell-cli conversations "
                                            "restore --list` shows them.",
                                            named));
}

int restore(const RestoreChoices& choices, const Shell& shell) {
    const auto profile = shell.profile();
    const auto copies = list_copies(profile);
    if (choices.list) return list_them(copies);
    const auto copy = find_copy(choices.copy, copies);
    if (!copy) return shell.report(copy.error());
    if (auto made = create_profile(profile); !made) return shell.report(made.error());
    const auto lock = ProfileLock::take(profile);
    if (!lock) return shell.report(lock.error());
    const SystemClock clock;
    Store store(profile, clock);
    const auto opened = wait_for<OpenReport>([&](auto done) { store.open(done); });
    if (!opened) return shell.report(opened.error());
    if (opened->salvage) std::cerr << *opened->salvage << "\n";
    const std::atomic<bool> never{false};
    const auto counts = restore_copy(*copy, store, never);
    if (!counts) return shell.report(counts.error());
    std::cout << fmt::format("{}: brought back {}, completed {}, there already {}, failed {}\n",
                             copy->string(), counts->brought, counts->updated,
                             counts->already_there, counts->failed);
    for (const auto& sentence : counts->failures) std::cerr << sentence << "\n";
    store.close(std::chrono::seconds(10));
    return counts->failed == 0 ? kOk : kFailed;
}

}  // namespace

void add_restore(CLI::App& conversations, Shell& shell) {
    auto choices = std::make_shared<RestoreChoices>();
    CLI::App* command = conversations.add_subcommand(
        "restore",
        "Bring back from a daily copy what is missing; nothing that is there is touched");
    command->add_option("COPY", choices->copy,
                        "A day such as 2026-11-24, or a file (default: the newest copy)");
    command->add_flag("--list", choices->list, "Only list the copies");
    command->callback([=, &shell] { shell.exit_code = restore(*choices, shell); });
}

}  // namespace deepwell::app::cli
