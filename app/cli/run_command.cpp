#include <CLI/CLI.hpp>
#include <iostream>
#include <nlohmann/json.hpp>

#include "app/cli/commands.h"
#include "app/cli/talk.h"
#include "app/cli/terminal/line_reader.h"

namespace deepwell::app::cli {
namespace {

struct RunOptions {
    std::vector<std::string> words;  // [MODEL] QUESTION
    bool json = false;
    bool answer_only = false;
    ModelOptions model;
    ReplyOptions reply;
};

const char* finish_word(const LiveReply& live) {
    switch (live.message.statistics ? live.message.statistics->stop_reason.value_or(StopReason::End)
                                    : StopReason::End) {
        case StopReason::End:
        case StopReason::StopString:
            return "stop";
        case StopReason::MaxTokens:
        case StopReason::ContextFull:
            return "length";
        default:
            return "cancelled";
    }
}

void print_json(const LiveReply& live, const Talk& talk) {
    const Message& message = live.message;
    const Statistics statistics = message.statistics.value_or(Statistics());
    nlohmann::ordered_json line;
    line["thinking"] = message.thought ? message.thought->text : std::string();
    line["answer"] = message.answer;
    line["finish"] = finish_word(live);
    line["prompt_tokens"] = live.prompt_tokens;
    line["tokens"] = statistics.thought_tokens.value_or(0) + statistics.answer_tokens.value_or(0);
    line["tokens_per_second"] = talk.tokens_per_second();
    line["seed"] = message.generation ? message.generation->seed : 0;
    line["model"] = talk.model_name();
    std::cout << line.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) << std::endl;
}

int run(RunOptions& options, Shell& shell) {
    std::string model;
    std::string question;
    if (options.words.size() > 1) {
        model = options.words.front();
        question = options.words[1];
    } else if (options.words.size() == 1) {
        question = options.words.front();
    }
    if (options.words.empty() || question == "-") {
        if (input_is_terminal() && question != "-") {
            std::cerr << "deepwell-cli run: a question is missing. For example:\n"
                         "  deepwell-cli run \"What is 17 + 25?\"\n";
            return kUsage;
        }
        const auto read = read_input("-");
        if (!read) return shell.report(read.error());
        question = *read;
        while (!question.empty() && question.back() == '\n') question.pop_back();
    }
    auto talk = Talk::open(shell, model, options.model, options.reply, LoopGuardChoice::Off, false);
    if (!talk) return shell.report(talk.error());

    PrinterOptions printing;
    printing.text = !options.json;
    printing.thought = !options.answer_only;
    printing.colours = output_is_terminal();
    printing.progress = errors_are_terminal();
    Interrupt interrupt;
    LiveReply live;
    {
        ReplyPrinter printer(printing);
        live = (*talk)->ask(question, printer, interrupt);
    }
    if (live.error) return shell.report(*live.error);
    if (options.json) print_json(live, **talk);
    const bool stopped =
        live.message.statistics && live.message.statistics->stop_reason == StopReason::Stopped;
    return stopped ? kStopped : kOk;
}

}  // namespace

void add_run(CLI::App& program, Shell& shell) {
    auto options = std::make_shared<RunOptions>();
    CLI::App* command = program.add_subcommand(
        "run",
        "Ask one question and print the reply: the thought, an empty line, the answer\n\n"
        "  deepwell-cli run \"What is 17 + 25?\"\n"
        "  deepwell-cli run DeepSeek-R1-Distill-Qwen-7B-Q4_K_M \"Why is the sky blue?\" --json\n"
        "  cat notes.txt | deepwell-cli run -\n");
    command->add_option("words", options->words, "[MODEL] QUESTION; \"-\" reads it from a pipe")
        ->type_name("[MODEL] QUESTION")
        ->expected(0, 2);
    command->add_flag("--json", options->json,
                      "One line of JSON instead: thinking, answer, finish, prompt_tokens, tokens, "
                      "tokens_per_second, seed, model");
    command->add_flag("--answer-only", options->answer_only, "Leave the thought out");
    add_model_options(*command, options->model);
    add_reply_options(*command, options->reply);
    command->callback([options, &shell] { shell.exit_code = run(*options, shell); });
}

}  // namespace deepwell::app::cli
