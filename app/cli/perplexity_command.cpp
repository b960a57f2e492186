// deepwell-cli perplexity: how well a model foretells a text.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <iostream>

#include "app/cli/commands.h"
#include "app/cli/engine_options.h"
#include "engine/bench/perplexity.h"

namespace deepwell::app::cli {
namespace {

struct Options {
    std::string model;
    std::string file;
    int window = 512;
    ModelOptions how;
};

engine::Result<void> run(const Options& options, const Shell& shell) {
    auto file = shell.find_model(options.model);
    if (!file) return engine::fail(file.error());
    auto text = read_input(options.file);
    if (!text) return engine::fail(text.error());
    engine::LoadOptions how = engine_options(options.how);
    how.context = options.window;
    how.batch = std::min(options.window, 128);
    how.max_logits = how.batch;
    const engine::StopFlag stop;
    auto model = engine::LoadedModel::load(*file, how, {}, stop);
    if (!model) return engine::fail(model.error());
    const engine::Tokenizer& tokenizer = *(*model)->tokenizer();
    const auto tokens = tokenizer.encode(*text);
    const auto bos = tokenizer.add_bos() ? tokenizer.bos() : std::nullopt;
    engine::Session session(*model);
    auto result = engine::bench::measure_perplexity(
        session, tokens, options.window, bos,
        [](int window, int windows, double so_far) {
            std::cerr << fmt::format("window {} of {}: {:.4f}\n", window, windows, so_far);
        },
        stop);
    if (!result) return engine::fail(result.error());
    std::cout << fmt::format("perplexity {:.4f} +- {:.4f} ({} tokens scored in {} windows of {})\n",
                             result->perplexity, result->error, result->scored, result->windows,
                             options.window);
    return {};
}

}  // namespace

void add_perplexity(CLI::App& program, Shell& shell) {
    auto options = std::make_shared<Options>();
    CLI::App* command = program.add_subcommand(
        "perplexity",
        "Measure how well a model foretells a text\n\n"
        "  deepwell-cli perplexity MODEL --file text.txt --context 512\n\n"
        "The text is cut into windows of --context tokens; the second half of each is scored.");
    command->add_option("model", options->model, "Path or name of the model")->required();
    command->add_option("--file", options->file, "The text (\"-\": standard input)")->required();
    add_model_options(*command, options->how);
    // The common --context would be the cache's size; here it is the window.
    command->get_option("--context")->description("Tokens of a window (512)");
    command->callback([options, &shell] {
        if (options->how.context > 0) options->window = options->how.context;
        auto done = run(*options, shell);
        if (!done) shell.exit_code = shell.report(done.error());
    });
}

}  // namespace deepwell::app::cli
