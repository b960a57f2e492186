// The commands of deepwell-cli, one file each.
//
// To add one: write app/cli/NAME_command.cpp with
//
//     void add_NAME(CLI::App& program, Shell& shell) {
//         auto options = std::make_shared<Options>();
//         CLI::App* command = program.add_subcommand("NAME", "One line that teaches");
//         command->add_option(…);
//         command->callback([=, &shell] { shell.exit_code = run(*options, shell); });
//     }
//
// declare add_NAME below, and add its row to the table in commands.cpp and its file to
// CMakeLists.txt. Results go to stdout, everything else to stderr; a command gives an ExitCode.
#pragma once

#include <vector>

#include "app/cli/shell.h"

namespace deepwell::app::cli {

using AddCommand = void (*)(CLI::App& program, Shell& shell);

void add_chat(CLI::App& program, Shell& shell);
void add_run(CLI::App& program, Shell& shell);
void add_inspect(CLI::App& program, Shell& shell);
void add_tokenize(CLI::App& program, Shell& shell);
void add_detokenize(CLI::App& program, Shell& shell);
void add_prompt(CLI::App& program, Shell& shell);
void add_devices(CLI::App& program, Shell& shell);
void add_logits(CLI::App& program, Shell& shell);
void add_perplexity(CLI::App& program, Shell& shell);
void add_bench(CLI::App& program, Shell& shell);
void add_conversations(CLI::App& program, Shell& shell);

// All commands, in the order in which --help lists them.
std::vector<AddCommand> commands();

// The whole program: parses, runs one command, gives the exit code.
int run_program(int argc, const char* const* argv, Shell& shell);

}  // namespace deepwell::app::cli
