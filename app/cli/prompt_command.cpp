// deepwell-cli prompt: the exact prompt that a chat template makes of messages.
#include <CLI/CLI.hpp>
#include <iostream>
#include <sstream>

#include "app/cli/commands.h"
#include "app/cli/json_texts.h"
#include "app/cli/model_head.h"
#include "engine/prompt/continued_render.h"
#include "engine/prompt/family_templates.h"

namespace deepwell::app::cli {
namespace {

using Json = nlohmann::ordered_json;

struct Options {
    std::string model;
    std::string messages;
    std::string options = "{}";
    std::string context;
    std::string chat_template;
    std::string now;
    std::optional<std::string> bos;
    std::optional<std::string> eos;
    bool continued = false;
};

// What the model's file says of prompting.
struct FromModel {
    std::string chat_template;
    std::string bos;
    std::string eos;
};

engine::Result<FromModel> read_model(const std::string& name, const Shell& shell) {
    const auto head = open_head(shell, name);
    if (!head) return engine::fail(head.error());
    FromModel found;
    const engine::Tokenizer& tokenizer = *head->tokenizer;
    if (tokenizer.bos()) found.bos = tokenizer.vocabulary().text(*tokenizer.bos());
    if (tokenizer.eos()) found.eos = tokenizer.vocabulary().text(*tokenizer.eos());
    const auto text = head->file->metadata().string_or("tokenizer.chat_template", "");
    if (text && !text->empty()) {
        found.chat_template = *text;
        return found;
    }
    engine::ModelPrompting prompting;
    for (std::size_t id = 0; id < tokenizer.vocabulary_size(); ++id) {
        const auto type = tokenizer.token_type(static_cast<engine::TokenId>(id));
        if (type == engine::TokenType::control || type == engine::TokenType::user_defined) {
            prompting.control_texts.emplace_back(
                tokenizer.vocabulary().text(static_cast<engine::TokenId>(id)));
        }
    }
    const auto family = engine::family_of(prompting);
    std::cerr << "deepwell-cli: the file has no chat template; the " << engine::family_name(family)
              << " family's is used.\n";
    found.chat_template =
        engine::family_template(family, tokenizer.find_added("</think>").has_value());
    return found;
}

engine::Result<std::chrono::local_seconds> parse_now(const std::string& text) {
    std::tm time{};
    std::istringstream stream(text);
    stream >> std::get_time(&time, "%Y-%m-%dT%H:%M:%S");
    if (stream.fail()) {
        return engine::fail(engine::ErrorCode::InvalidArgument,
                            "A time is written like 2025-02-21T09:05:07.", text);
    }
    const auto day = std::chrono::year(time.tm_year + 1900) / (time.tm_mon + 1) / time.tm_mday;
    return std::chrono::local_days(day) + std::chrono::hours(time.tm_hour) +
           std::chrono::minutes(time.tm_min) + std::chrono::seconds(time.tm_sec);
}

// messages, tools, documents, add_generation_prompt, the special tokens, then every option.
engine::Result<Json> context_of(const Options& options, const FromModel& model) {
    if (!options.context.empty()) return read_json(options.context);
    auto messages = read_json(options.messages);
    if (!messages) return engine::fail(messages.error());
    Json context;
    context["messages"] = std::move(*messages);
    context["tools"] = nullptr;
    context["documents"] = nullptr;
    context["add_generation_prompt"] = false;
    const std::string bos = options.bos.value_or(model.bos);
    const std::string eos = options.eos.value_or(model.eos);
    if (!bos.empty() || options.bos) context["bos_token"] = bos;
    if (!eos.empty() || options.eos) context["eos_token"] = eos;
    const Json given = Json::parse(options.options, nullptr, false);
    if (!given.is_object()) {
        return engine::fail(engine::ErrorCode::InvalidArgument, "--options takes a JSON object.",
                            options.options);
    }
    for (const auto& [key, value] : given.items()) context[key] = value;
    return context;
}

int template_failed(const engine::TemplateError& error) {
    std::cerr << "deepwell-cli: " << engine::template_error_kind_name(error.kind) << ": "
              << error.message;
    if (error.line > 0) std::cerr << " (line " << error.line << ", column " << error.column << ")";
    std::cerr << '\n';
    return kTemplateError;
}

int run(const Options& options, const Shell& shell) {
    FromModel model;
    if (!options.model.empty() || options.chat_template.empty()) {
        auto read = read_model(options.model, shell);
        if (!read) return shell.report(read.error());
        model = std::move(*read);
    }
    std::string text = model.chat_template;
    engine::RenderOptions how;
    if (!options.chat_template.empty()) {
        auto read = read_input(options.chat_template);
        if (!read) return shell.report(read.error());
        text = std::move(*read);
        // A template on trial is held to Jinja2's own rules.
        how.allow_list_changes = false;
    }
    if (!options.now.empty()) {
        const auto now = parse_now(options.now);
        if (!now) return shell.report(now.error());
        how.now = *now;
    }
    auto context = context_of(options, model);
    if (!context) return shell.report(context.error());
    bool continued = options.continued;
    if (context->is_object() && options.context.empty()) {
        const auto key = context->find("continue_final_message");
        if (key != context->end()) {
            continued = continued || (key->is_boolean() && key->get<bool>());
            context->erase(key);
        }
    }
    const auto parsed = engine::ChatTemplate::parse(text);
    if (!parsed) return template_failed(parsed.error());
    const auto rendered = continued ? engine::render_continued(*parsed, *context, how)
                                    : parsed->render(*context, how);
    if (!rendered) return template_failed(rendered.error());
    std::cout << rendered->text << std::flush;
    return kOk;
}

}  // namespace

void add_prompt(CLI::App& program, Shell& shell) {
    auto options = std::make_shared<Options>();
    CLI::App* command = program.add_subcommand(
        "prompt",
        "Print the exact prompt that a chat template makes, and nothing else\n\n"
        "  deepwell-cli prompt MODEL --messages m.json --options '{\"add_generation_prompt\": "
        "true}'\n"
        "  deepwell-cli prompt --template t.jinja --context c.json\n\n"
        "--messages takes a JSON list of messages, --context the template's whole context. An "
        "error\nof the template goes to stderr, with exit code 3.");
    command->add_option("model", options->model, "Path or name of the model");
    auto* messages = command->add_option("--messages", options->messages, "File of messages");
    auto* context =
        command->add_option("--context", options->context, "File with the whole context");
    messages->excludes(context);
    command->add_option("--options", options->options, "JSON object of further variables")
        ->excludes(context);
    command->add_option("--bos", options->bos, "Text of the BOS token")->excludes(context);
    command->add_option("--eos", options->eos, "Text of the EOS token")->excludes(context);
    command->add_option("--template", options->chat_template,
                        "File of a template, instead of the model's");
    command->add_option("--now", options->now, "The time that the template sees");
    command->add_flag("--continue", options->continued, "End right behind the last message's text");
    command->callback([options, &shell] {
        if (options->messages.empty() && options->context.empty()) {
            throw CLI::RequiredError("--messages or --context");
        }
        shell.exit_code = run(*options, shell);
    });
}

}  // namespace deepwell::app::cli
