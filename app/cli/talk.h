// What `run` and `chat` share: a model (or a recording) that is asked, a conversation that grows.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "app/base/clock.h"
#include "app/cli/shell.h"
#include "app/cli/terminal/event_queue.h"
#include "app/cli/terminal/interrupt.h"
#include "app/cli/terminal/reply_printer.h"
#include "app/conversations/conversation.h"
#include "app/generation/live_reply.h"
#include "app/generation/reply_settings.h"

namespace CLI {
class App;
}

namespace deepwell::app::cli {

// Options on how replies are made; what is not given comes from the model's own advice.
struct ReplyOptions {
    std::optional<double> temperature, top_p, min_p, repeat_penalty;
    std::optional<int> top_k, max_tokens, budget;
    std::optional<std::uint64_t> seed;
    std::string system_prompt;
    std::string think;  // "", "on", "off", "short", "medium", "long"
    std::string order;  // "", "temperature-first", "temperature-last"
    std::vector<std::string> stop;
    std::string play;  // a recording instead of a model

    // Errors: InvalidArgument.
    engine::Result<void> apply(ReplySettings& settings) const;
};

void add_reply_options(CLI::App& command, ReplyOptions& options);

class Talk {
public:
    // Errors: those of finding the model, of reading the recording, of the options.
    // profile_settings: the layers of the profile's settings.json are used too.
    static engine::Result<std::unique_ptr<Talk>> open(const Shell& shell, const std::string& model,
                                                      const ModelOptions& model_options,
                                                      const ReplyOptions& options,
                                                      LoopGuardChoice guard, bool profile_settings);
    ~Talk();

    // Asks and waits for the whole reply; Ctrl-C stops it. The question and its reply become part
    // of the conversation.
    LiveReply ask(const std::string& question, ReplyPrinter& printer, Interrupt& interrupt);
    // How fast the last reply came, thought and answer together.
    double tokens_per_second() const { return tokens_per_second_; }

    // Another model, from the next question on. Errors: FileNotFound.
    engine::Result<void> change_model(const Shell& shell, const std::string& name);
    void forget();  // a new conversation
    ReplyOptions& options() { return options_; }
    const ModelFile& model() const { return model_; }
    // "qwen2-tied.Q8_0": the file's name, as it can be given on the command line.
    std::string model_name() const;
    const Conversation& conversation() const { return conversation_; }

private:
    Talk() = default;
    engine::Result<ReplySettings> settings() const;

    SystemClock clock_;
    ModelOptions model_options_;
    ReplyOptions options_;
    Settings profile_;
    LoopGuardChoice guard_ = LoopGuardChoice::Off;
    ModelFile model_;
    Conversation conversation_;
    EventQueue events_;
    std::unique_ptr<Generator> generator_;
    double tokens_per_second_ = 0;
};

}  // namespace deepwell::app::cli
