#include <CLI/CLI.hpp>
#include <iostream>

#include "app/cli/commands.h"
#include "app/cli/save_conversation.h"
#include "app/cli/talk.h"
#include "app/cli/terminal/line_reader.h"
#include "app/problems/numbers.h"
#include "app/problems/problem.h"

namespace deepwell::app::cli {
namespace {

struct ChatOptions {
    std::string model;
    ModelOptions how;
    ReplyOptions reply;
};

constexpr const char* kHelp =
    "  /model [NAME]   another model, from the next question on; alone: which one it is\n"
    "  /think WORD     on, off, short, medium, long\n"
    "  /new            a new conversation\n"
    "  /save           keep this conversation in the profile, where the window finds it\n"
    "  /help           this list\n"
    "  /quit           the end (also Ctrl-D)\n"
    "Ctrl-C stops a reply; what it has said so far is kept.\n";

// The chat itself: lines in, replies out.
class Chat {
public:
    Chat(Shell& shell, Talk& talk) : shell_(shell), talk_(talk) {
        typed_ = input_is_terminal();
        printing_.colours = output_is_terminal();
        printing_.progress = errors_are_terminal();
    }

    int run() {
        if (typed_) {
            std::cout << "Deepwell, " << talk_.model().name << ". /help lists what you can type.\n";
        }
        LineReader lines;
        std::string line;
        for (;;) {
            if (typed_) std::cout << (asked_any_ ? "\n> " : "> ") << std::flush;
            switch (lines.next(line)) {
                case LineReader::Result::End:
                    if (typed_) std::cout << '\n';
                    return exit_code_;
                case LineReader::Result::Interrupted:
                    // Nothing runs here: the second Ctrl-C in a row is the end.
                    if (!interrupt_.take() || !typed_) return kStopped;
                    if (interrupted_) return kOk;
                    interrupted_ = true;
                    std::cout << "\n(Ctrl-C once more, or /quit, ends the chat.)\n";
                    continue;
                case LineReader::Result::Line:
                    break;
            }
            interrupted_ = false;
            if (line.find_first_not_of(" \t") == std::string::npos) continue;
            if (is_command(line)) {
                if (!command(line)) return exit_code_;
            } else if (!ask(line)) {
                return exit_code_;
            }
        }
    }

private:
    // "/word" and "/word …"; a path such as /etc/hosts is a question.
    static bool is_command(const std::string& line) {
        if (line.size() < 2 || line[0] != '/') return false;
        const std::string word = line.substr(1, line.find_first_of(" \t") - 1);
        return !word.empty() &&
               word.find_first_not_of("abcdefghijklmnopqrstuvwxyz") == std::string::npos;
    }

    // False: the chat ends.
    bool command(const std::string& line) {
        const std::size_t blank = line.find_first_of(" \t");
        const std::string word = line.substr(1, blank - 1);
        const std::size_t from =
            blank == std::string::npos ? blank : line.find_first_not_of(" \t", blank);
        const std::string rest = from == std::string::npos ? "" : line.substr(from);
        if (word == "quit" || word == "exit") return false;
        if (word == "help") {
            std::cout << kHelp;
        } else if (word == "new") {
            talk_.forget();
            asked_any_ = false;
            std::cout << "A new conversation.\n";
        } else if (word == "model") {
            model(rest);
        } else if (word == "think") {
            think(rest);
        } else if (word == "save") {
            save();
        } else {
            std::cout << "There is no /" << word << ".\n" << kHelp;
        }
        return true;
    }

    void model(const std::string& name) {
        if (!name.empty()) {
            if (const auto changed = talk_.change_model(shell_, name); !changed) {
                shell_.report(changed.error());
                return;
            }
        }
        const ModelFile& model = talk_.model();
        std::cout << model.name;
        if (!model.quantization.empty()) std::cout << ", " << model.quantization;
        if (model.size > 0) std::cout << ", " << gibibytes(model.size);
        std::cout << '\n';
    }

    void think(const std::string& word) {
        ReplyOptions tried = talk_.options();
        tried.think = word;
        ReplySettings settings;
        if (const auto applied = tried.apply(settings); !applied || word.empty()) {
            std::cout << "Thinking is on, off, short, medium or long.\n";
            return;
        }
        talk_.options().think = word;
        std::cout << "Thinking: " << word << ".\n";
    }

    void save() {
        if (talk_.conversation().messages.empty()) {
            std::cout << "There is nothing to save yet.\n";
            return;
        }
        const auto saved = save_conversation(shell_.profile(), talk_.conversation());
        if (!saved) {
            shell_.report(saved.error());
            if (!typed_) exit_code_ = kFailed;
            return;
        }
        std::cout << "Saved: " << talk_.conversation().title << '\n';
    }

    bool ask(const std::string& question) {
        if (!typed_ && asked_any_) std::cout << '\n';
        asked_any_ = true;
        LiveReply live;
        {
            ReplyPrinter printer(printing_);
            live = talk_.ask(question, printer, interrupt_);
        }
        if (live.error) {
            const int code = shell_.report(*live.error);
            if (!typed_) exit_code_ = code;
            return typed_;
        }
        if (live.message.state == MessageState::Stopped) foot(live);
        if (!typed_ && live.message.statistics &&
            live.message.statistics->stop_reason == StopReason::Stopped) {
            exit_code_ = kStopped;
            return false;
        }
        return true;
    }

    void foot(const LiveReply& live) const {
        const Statistics statistics = live.message.statistics.value_or(Statistics());
        const int tokens = static_cast<int>(statistics.thought_tokens.value_or(0) +
                                            statistics.answer_tokens.value_or(0));
        std::string line;
        if (statistics.stop_reason == StopReason::Stopped) {
            line = foot_of(FootKind::Stopped, tokens).title;
        } else if (statistics.stop_reason == StopReason::LoopGuard) {
            line = loop_guard_problem({}).title + " (" + live.loop + ")";
        } else {
            line = foot_of(FootKind::Limit, tokens).title;
        }
        std::cerr << "(" << line << ")\n";
    }

    Shell& shell_;
    Talk& talk_;
    Interrupt interrupt_;
    PrinterOptions printing_;
    bool typed_ = false;
    bool asked_any_ = false;
    bool interrupted_ = false;
    int exit_code_ = kOk;
};

int chat(const ChatOptions& options, Shell& shell) {
    auto talk = Talk::open(shell, options.model, options.how, options.reply,
                           shell.settings().generation.loop_guard, true);
    if (!talk) return shell.report(talk.error());
    return Chat(shell, **talk).run();
}

}  // namespace

void add_chat(CLI::App& program, Shell& shell) {
    auto options = std::make_shared<ChatOptions>();
    CLI::App* command =
        program.add_subcommand("chat",
                               "Talk with a model; with piped input each line is a question\n\n"
                               "  deepwell-cli chat\n"
                               "  echo \"What is 17 + 25?\" | deepwell-cli chat\n");
    command->add_option("model", options->model, "A path or a name; without it the starter model");
    add_model_options(*command, options->how);
    add_reply_options(*command, options->reply);
    command->callback([options, &shell] { shell.exit_code = chat(*options, shell); });
}

}  // namespace deepwell::app::cli
