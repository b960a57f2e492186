#include "app/cli/talk.h"

#include <CLI/CLI.hpp>
#include <chrono>
#include <random>

#include "app/base/ids.h"
#include "app/conversations/branches.h"
#include "app/conversations/title.h"
#include "app/generation/inference.h"
#include "app/generation/player.h"
#include "app/generation/request_builder.h"
#include "app/models/library.h"

namespace deepwell::app::cli {

using namespace std::chrono_literals;

namespace {

std::uint64_t fresh_seed() {
    std::random_device device;
    return (std::uint64_t(device()) << 32) | device();
}

}  // namespace

engine::Result<void> ReplyOptions::apply(ReplySettings& settings) const {
    engine::SamplerSettings& sampler = settings.sampler;
    if (temperature) sampler.temperature = *temperature;
    if (top_p) sampler.top_p = *top_p;
    if (top_k) sampler.top_k = *top_k;
    if (min_p) sampler.min_p = *min_p;
    if (repeat_penalty) sampler.repeat_penalty = *repeat_penalty;
    if (!order.empty()) engine::parse_sampler_order(order, sampler.order);
    if (max_tokens) settings.max_tokens = max_tokens;
    if (!stop.empty()) settings.stop = stop;
    if (!system_prompt.empty()) settings.system_prompt = system_prompt;
    if (think == "on") {
        settings.thinking.effort = Effort::Unlimited;
        settings.thinking.budget.reset();
        settings.thinking.force = true;
    } else if (!think.empty()) {
        const auto effort = effort_of(think);
        if (!effort) {
            return engine::fail(
                engine::ErrorCode::InvalidArgument,
                "Thinking is on, off, short, medium or long, not \"" + think + "\".");
        }
        settings.thinking.effort = *effort;
        settings.thinking.budget = budget_of(*effort);
    }
    if (budget) settings.thinking.budget = budget;
    return {};
}

void add_reply_options(CLI::App& command, ReplyOptions& options) {
    const std::string group = "How the reply is made (default: what the model's makers advise)";
    command.add_option("--temp", options.temperature, "Temperature; 0 takes the likeliest word")
        ->check(CLI::Range(0.0, 5.0))
        ->group(group);
    command.add_option("--top-p", options.top_p, "Keep the likeliest words up to this sum; 1: all")
        ->check(CLI::Range(0.0, 1.0))
        ->group(group);
    command.add_option("--top-k", options.top_k, "Keep this many words; 0: all")
        ->check(CLI::NonNegativeNumber)
        ->group(group);
    command.add_option("--min-p", options.min_p, "Keep words this likely beside the likeliest")
        ->check(CLI::Range(0.0, 1.0))
        ->group(group);
    command.add_option("--repeat-penalty", options.repeat_penalty, "1: none")
        ->check(CLI::Range(0.1, 5.0))
        ->group(group);
    command.add_option("--order", options.order, "temperature-first (default) or temperature-last")
        ->check(CLI::IsMember({"temperature-first", "temperature-last"}))
        ->group(group);
    command.add_option("--seed", options.seed, "The same seed gives the same reply")->group(group);
    command.add_option("--max-tokens", options.max_tokens, "End after this many tokens")
        ->check(CLI::PositiveNumber)
        ->group(group);
    command.add_option("--stop", options.stop, "End the answer before this text; may be repeated")
        ->group(group);
    command.add_option("--system", options.system_prompt, "System prompt")->group(group);
    command
        .add_option("--think", options.think,
                    "on, off, or short, medium, long: 1,024, 4,096, 16,384 tokens")
        ->check(CLI::IsMember({"on", "off", "short", "medium", "long"}))
        ->group(group);
    command.add_option("--budget", options.budget, "Tokens after which a thought is closed")
        ->check(CLI::PositiveNumber)
        ->group(group);
    command.add_option("--play", options.play, "Play recorded replies (JSON) instead of a model")
        ->group(group);
}

engine::Result<std::unique_ptr<Talk>> Talk::open(const Shell& shell, const std::string& model,
                                                 const ModelOptions& model_options,
                                                 const ReplyOptions& options, LoopGuardChoice guard,
                                                 bool profile_settings) {
    std::unique_ptr<Talk> talk(new Talk);
    talk->model_options_ = model_options;
    talk->options_ = options;
    talk->guard_ = guard;
    if (profile_settings) talk->profile_ = shell.settings();
    talk->forget();
    if (!options.play.empty()) {
        auto recording = read_recording(options.play);
        if (!recording) return engine::fail(recording.error());
        talk->model_.name = "Recording";
        talk->model_.path = options.play;
        talk->generator_ = start_player(std::move(*recording), talk->events_.sink());
    } else {
        if (const auto found = talk->change_model(shell, model); !found) {
            return engine::fail(found.error());
        }
        talk->generator_ = start_inference(talk->events_.sink());
    }
    if (const auto resolved = talk->settings(); !resolved) return engine::fail(resolved.error());
    return talk;
}

Talk::~Talk() = default;

engine::Result<void> Talk::change_model(const Shell& shell, const std::string& name) {
    const auto path = shell.find_model(name);
    if (!path) return engine::fail(path.error());
    ModelFile model = read_model_file(*path);
    if (model.problem) return engine::fail(*model.problem);
    if (model.only_vocabulary) {
        return engine::fail(engine::ErrorCode::InvalidArgument,
                            "This file is a vocabulary without a model: it works with `tokenize` "
                            "and `prompt` only.",
                            path->string());
    }
    model_ = std::move(model);
    return {};
}

void Talk::forget() {
    conversation_ = {};
    conversation_.id = new_id();
    conversation_.created = clock_.now_ms();
}

std::string Talk::model_name() const {
    return options_.play.empty() ? model_.path.stem().string() : "recording";
}

engine::Result<ReplySettings> Talk::settings() const {
    // Makers advise other sampling for plain replies than for thinking ones (Qwen3).
    ConversationSettings wanted;
    if (const auto effort = effort_of(options_.think)) {
        wanted.thinking.emplace().effort = *effort;
    }
    ReplySettings settings = resolve_settings(wanted, std::nullopt, profile_, model_);
    settings.guard = guard_;
    const int context = settings.variant.context;
    const std::string device = settings.variant.device;
    const int threads = settings.variant.threads;
    settings.variant = model_options_.plan(model_.path);
    // The command line first, then the profile.
    if (settings.variant.context == 0) settings.variant.context = context;
    if (settings.variant.device == "auto") settings.variant.device = device;
    if (settings.variant.threads == 0) settings.variant.threads = threads;
    if (const auto applied = options_.apply(settings); !applied) {
        return engine::fail(applied.error());
    }
    return settings;
}

LiveReply Talk::ask(const std::string& question, ReplyPrinter& printer, Interrupt& interrupt) {
    Message asked;
    asked.id = new_id();
    asked.parent = conversation_.current;
    asked.role = Role::User;
    asked.created = clock_.now_ms();
    asked.answer = question;
    if (conversation_.messages.empty()) {
        conversation_.title = title_from_question(question);
        conversation_.title_source = TitleSource::FirstQuestion;
    }
    LiveReply live;
    live.message = queued_reply(asked.id, new_id(), clock_.now_ms(), {});
    live.ref = {conversation_.id, live.message.id};
    conversation_.messages.push_back(asked);

    std::vector<Message> messages = conversation_.messages;
    messages.push_back(live.message);
    const auto settings = this->settings();
    Ended failed;
    if (!settings) {
        failed.reason = StopReason::Failed;
        failed.error = settings.error();
        apply_event(failed, clock_.now_ms(), live);
        conversation_.messages.pop_back();
        return live;
    }
    ReplyChoices choices;
    choices.seed = options_.seed;
    Request request = build_request(MessageTree(std::move(messages)), live.message.id, *settings,
                                    choices, fresh_seed());
    request.reply = live.message.id;
    live.message.generation = planned_generation(request);
    generator_->submit(std::move(request));
    while (live.running()) {
        if (interrupt.take()) generator_->stop(live.message.id);
        const auto item = events_.next(50ms);
        if (!item || (!item->first.empty() && item->first != live.message.id)) continue;
        if (!item->first.empty()) {
            if (const auto* ended = std::get_if<Ended>(&item->second)) {
                tokens_per_second_ = ended->tokens_per_second;
            }
            apply_event(item->second, clock_.now_ms(), live);
        }
        printer.take(item->second);
    }
    live.message.model_name = model_name();
    conversation_.messages.push_back(live.message);
    conversation_.current = live.message.id;
    conversation_.updated = clock_.now_ms();
    return live;
}

}  // namespace deepwell::app::cli
