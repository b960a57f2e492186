// deepwell-cli logits: what a model makes of a list of token ids, number by number. For comparing
// engines, backends and instruction sets.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <charconv>
#include <fstream>
#include <iostream>

#include "app/cli/commands.h"
#include "app/cli/engine_options.h"
#include "engine/session/session.h"

namespace deepwell::app::cli {
namespace {

namespace fs = std::filesystem;

struct Options {
    std::string model;
    std::string tokens;
    std::string out;
    int greedy = 0;
    int batch = 0;
    std::int64_t position = 0;
    ModelOptions how;
};

engine::Result<std::vector<engine::TokenId>> read_ids(const std::string& path) {
    auto text = read_input(path);
    if (!text) return engine::fail(text.error());
    std::vector<engine::TokenId> ids;
    const char* at = text->data();
    const char* const end = at + text->size();
    while (true) {
        while (at != end && std::isspace(static_cast<unsigned char>(*at)) != 0) ++at;
        if (at == end) return ids;
        engine::TokenId id = 0;
        const auto [next, error] = std::from_chars(at, end, id);
        if (error != std::errc()) {
            return engine::fail(engine::ErrorCode::InvalidArgument,
                                "The file of token ids holds something that is no number.", path);
        }
        ids.push_back(id);
        at = next;
    }
}

engine::Result<void> run(const Options& options, const Shell& shell) {
    auto file = shell.find_model(options.model);
    if (!file) return engine::fail(file.error());
    auto tokens = read_ids(options.tokens);
    if (!tokens) return engine::fail(tokens.error());
    if (tokens->empty()) {
        return engine::fail(engine::ErrorCode::InvalidArgument, "There are no token ids.",
                            options.tokens);
    }
    engine::LoadOptions how = engine_options(options.how);
    const int count = static_cast<int>(tokens->size());
    how.context = std::max(how.context, count + options.greedy);
    how.batch = options.batch > 0 ? options.batch : std::min(count, 128);
    how.max_logits = how.batch;
    how.position_offset = options.position;
    const engine::StopFlag stop;
    auto model = engine::LoadedModel::load(*file, how, {}, stop);
    if (!model) return engine::fail(model.error());

    std::ofstream out;
    if (!options.out.empty()) {
        out.open(options.out, std::ios::binary);
        if (!out) {
            return engine::fail(engine::ErrorCode::FileNotReadable,
                                "The result cannot be written to " + options.out + ".");
        }
    }
    engine::Session session(*model);
    engine::TokenId best = 0;
    const auto largest = [](std::span<const float> logits) {
        return static_cast<engine::TokenId>(std::max_element(logits.begin(), logits.end()) -
                                            logits.begin());
    };
    auto fed = session.logits_of_all(
        *tokens, how.batch,
        [&](int, std::span<const float> logits) -> engine::Result<void> {
            if (out.is_open()) {
                out.write(reinterpret_cast<const char*>(logits.data()),
                          static_cast<std::streamsize>(logits.size_bytes()));
            }
            best = largest(logits);
            return {};
        },
        stop);
    if (!fed) return fed;
    if (out.is_open()) {
        out.close();
        if (!out) {
            return engine::fail(engine::ErrorCode::FileNotReadable,
                                "The result cannot be written to " + options.out + ".");
        }
    }
    for (int i = 0; i < options.greedy; ++i) {
        std::cout << (i == 0 ? "" : " ") << best;
        if (i + 1 == options.greedy) break;
        auto logits = session.decode(best, stop);
        if (!logits) return engine::fail(logits.error());
        best = largest(*logits);
    }
    if (options.greedy > 0) std::cout << '\n';
    return {};
}

}  // namespace

void add_logits(CLI::App& program, Shell& shell) {
    auto options = std::make_shared<Options>();
    CLI::App* command = program.add_subcommand(
        "logits",
        "Run a model over token ids and write its logits\n\n"
        "  deepwell-cli logits MODEL --tokens ids.txt --out logits.f32\n\n"
        "The file of ids holds numbers separated by white space (\"-\": standard input). The\n"
        "result is float32, little-endian, [ids, vocabulary]. With --greedy N the last line of "
        "the\n"
        "output is the N ids that follow when the largest logit is taken each time.");
    command->add_option("model", options->model, "Path or name of the model")->required();
    command->add_option("--tokens", options->tokens, "File of token ids")->required();
    command->add_option("--out", options->out, "File for the logits");
    command
        ->add_option("--greedy", options->greedy, "Go on for N tokens, always with the likeliest")
        ->check(CLI::NonNegativeNumber);
    command->add_option("--batch", options->batch, "Ids that are computed at once")
        ->check(CLI::PositiveNumber);
    command->add_option("--position", options->position, "Position of the first id")
        ->check(CLI::NonNegativeNumber);
    add_model_options(*command, options->how);
    command->callback([options, &shell] {
        auto done = run(*options, shell);
        if (!done) shell.exit_code = shell.report(done.error());
    });
}

}  // namespace deepwell::app::cli
