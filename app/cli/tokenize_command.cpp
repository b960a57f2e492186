// deepwell-cli tokenize and detokenize: text to token ids and back.
#include <CLI/CLI.hpp>
#include <iostream>

#include "app/cli/commands.h"
#include "app/cli/json_texts.h"
#include "app/cli/model_head.h"

namespace deepwell::app::cli {
namespace {

using engine::TokenId;

struct Options {
    std::string model;
    std::string text;
    std::string json;
    bool special = false;
    bool show = false;
};

void show_tokens(const engine::Tokenizer& tokenizer, const std::vector<TokenId>& ids) {
    for (const TokenId id : ids) {
        std::cout << id << '\t' << json_of(std::string(tokenizer.token_bytes(id))).dump() << '\n';
    }
}

engine::Result<void> tokenize(const Options& options, const Shell& shell) {
    const auto head = open_head(shell, options.model);
    if (!head) return engine::fail(head.error());
    const auto match = options.special ? engine::Match::all : engine::Match::literal;

    if (options.json.empty()) {
        const auto ids = head->tokenizer->encode(options.text, match);
        if (options.show) {
            show_tokens(*head->tokenizer, ids);
        } else {
            std::cout << nlohmann::json(ids).dump() << '\n';
        }
        return {};
    }
    const auto texts = read_json(options.json);
    if (!texts) return engine::fail(texts.error());
    if (!texts->is_array()) {
        return engine::fail(engine::ErrorCode::InvalidArgument,
                            "The file must hold a JSON list of texts.", options.json);
    }
    auto lists = nlohmann::ordered_json::array();
    for (const auto& item : *texts) {
        const auto text = text_of(item);
        if (!text) return engine::fail(text.error());
        const auto ids = head->tokenizer->encode(*text, match);
        if (options.show) {
            show_tokens(*head->tokenizer, ids);
            std::cout << '\n';
        }
        lists.push_back(ids);
    }
    if (!options.show) std::cout << lists.dump() << '\n';
    return {};
}

engine::Result<void> detokenize(const Options& options, const Shell& shell) {
    const auto head = open_head(shell, options.model);
    if (!head) return engine::fail(head.error());
    const auto lists = read_json(options.json);
    if (!lists) return engine::fail(lists.error());
    auto texts = nlohmann::ordered_json::array();
    try {
        for (const auto& list : *lists) {
            texts.push_back(json_of(head->tokenizer->decode(list.get<std::vector<TokenId>>())));
        }
    } catch (const nlohmann::json::exception& error) {
        return engine::fail(engine::ErrorCode::InvalidArgument,
                            "The file must hold a JSON list of lists of token ids.", error.what());
    }
    std::cout << texts.dump() << '\n';
    return {};
}

}  // namespace

void add_tokenize(CLI::App& program, Shell& shell) {
    auto options = std::make_shared<Options>();
    CLI::App* command = program.add_subcommand(
        "tokenize",
        "Turn text into a model's token ids\n\n"
        "  deepwell-cli tokenize MODEL \"Hello\"            → [9707]\n"
        "  deepwell-cli tokenize MODEL --json texts.json   → a list of ids for each text\n\n"
        "The file holds a JSON list of texts (or {\"base64\": \"…\"} for bytes). No BOS is added, "
        "and\ncontrol tokens in the text stay letters unless --special is given.");
    command->add_option("model", options->model, "Path or name of the model")->required();
    auto* text = command->add_option("text", options->text, "The text");
    auto* json = command->add_option("--json", options->json, "File with a JSON list of texts");
    text->excludes(json);
    command->add_flag("--special", options->special, "Recognise control tokens in the text");
    command->add_flag("--show", options->show, "One line a token: its id and its text");
    command->callback([options, &shell] {
        const auto done = tokenize(*options, shell);
        if (!done) shell.exit_code = shell.report(done.error());
    });
}

void add_detokenize(CLI::App& program, Shell& shell) {
    auto options = std::make_shared<Options>();
    CLI::App* command = program.add_subcommand(
        "detokenize",
        "Turn token ids back into text\n\n"
        "  deepwell-cli detokenize MODEL --json ids.json\n\n"
        "The file holds a JSON list of lists of ids; the result is a JSON list of texts, with\n"
        "{\"base64\": \"…\"} where the bytes are no whole UTF-8.");
    command->add_option("model", options->model, "Path or name of the model")->required();
    command->add_option("--json", options->json, "File with a JSON list of lists of ids")
        ->required();
    command->callback([options, &shell] {
        const auto done = detokenize(*options, shell);
        if (!done) shell.exit_code = shell.report(done.error());
    });
}

}  // namespace deepwell::app::cli
