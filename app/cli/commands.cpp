#include "app/cli/commands.h"

#include <CLI/CLI.hpp>
#include <iostream>

namespace deepwell::app::cli {
namespace {

constexpr const char* kDescription =
    "Deepwell in the terminal: talk with R1 models on this computer.\n\n"
    "  deepwell-cli chat                          a conversation with the starter model\n"
    "  deepwell-cli run \"What is 17 + 25?\"         one question, one reply\n"
    "  deepwell-cli run NAME \"…\" --json            the same with another model, for scripts\n\n"
    "A model is named by a path, or by the name of its file in a models folder. Without a name "
    "the\n"
    "starter model is used. `deepwell-cli COMMAND --help` tells more of each command.";

constexpr const char* kFooter =
    "Exit codes: 0 done, 1 it did not work, 2 wrong arguments, 3 a chat template failed,\n"
    "130 stopped with Ctrl-C.";

}  // namespace

std::vector<AddCommand> commands() {
    return {
        add_chat,    add_run,    add_inspect,    add_tokenize, add_detokenize,    add_prompt,
        add_devices, add_logits, add_perplexity, add_bench,    add_conversations,
    };
}

int run_program(int argc, const char* const* argv, Shell& shell) {
    CLI::App program(kDescription, "deepwell-cli");
    program.footer(kFooter);
    program.require_subcommand(1);
    program.fallthrough();
    program.set_version_flag("--version", "Deepwell " DEEPWELL_VERSION);
    program.add_option_function<std::string>(
        "--data", [&shell](const std::string& folder) { shell.set_data_folder(folder); },
        "The folder of the profile (default: ~/.local/share/deepwell)");
    for (const AddCommand add : commands()) add(program, shell);
    try {
        program.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        const int code = program.exit(error, std::cout, std::cerr);
        return code == 0 ? kOk : kUsage;
    }
    return shell.exit_code;
}

}  // namespace deepwell::app::cli
