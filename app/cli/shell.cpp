#include "app/cli/shell.h"

#include <CLI/CLI.hpp>
#include <fstream>
#include <iostream>
#include <iterator>

#include "app/models/library.h"

namespace deepwell::app::cli {

namespace fs = std::filesystem;

Shell::Shell(fs::path program_folder) : program_folder_(std::move(program_folder)) {}

Settings Shell::settings() const {
    std::ifstream file(profile().settings(), std::ios::binary);
    const std::string text(std::istreambuf_iterator<char>(file), {});
    const Json json = parse_json(text);
    return json.is_object() ? settings_from_json(json) : Settings();
}

std::vector<fs::path> Shell::models_folders() const {
    std::vector<fs::path> folders = {profile().models()};
    for (const std::string& folder : settings().models.folders) folders.emplace_back(folder);
    return folders;
}

fs::path Shell::starter() const {
    return find_starter(program_folder_);
}

engine::Result<fs::path> Shell::find_model(const std::string& name) const {
    return app::find_model(name, models_folders(), starter());
}

int Shell::report(const engine::Error& error) const {
    std::cerr << "deepwell-cli: " << error.message << '\n';
    if (!error.context.empty()) std::cerr << "  (" << error.context << ")\n";
    if (error.code == engine::ErrorCode::TemplateError) return kTemplateError;
    return error.code == engine::ErrorCode::Cancelled ? kStopped : kFailed;
}

int Shell::report(const Error& error) const {
    std::cerr << "deepwell-cli: " << error.message << '\n';
    if (!error.context.empty()) std::cerr << "  (" << error.context << ")\n";
    return error.code == ErrorCode::Cancelled ? kStopped : kFailed;
}

VariantPlan ModelOptions::plan(const fs::path& file) const {
    VariantPlan plan;
    plan.file = file;
    plan.context = context;
    plan.device = device;
    plan.card_layers = card_layers;
    plan.cache = cache == "f32"    ? CacheType::F32
                 : cache == "q8_0" ? CacheType::Q8_0
                                   : CacheType::F16;
    plan.isa = isa;
    plan.threads = threads;
    return plan;
}

void add_model_options(CLI::App& command, ModelOptions& options) {
    const std::string group = "How the model runs";
    command.add_option("--context", options.context, "Tokens that the conversation may have")
        ->check(CLI::NonNegativeNumber)
        ->group(group);
    command.add_option("--device", options.device, "auto, cpu, cuda, cuda:N or emulation")
        ->capture_default_str()
        ->group(group);
    command.add_option("--layers", options.card_layers, "Layers on the graphics card (-1: all)")
        ->group(group);
    command.add_option("--kv", options.cache, "Precision of the cache: f32, f16 or q8_0")
        ->check(CLI::IsMember({"f32", "f16", "q8_0"}))
        ->capture_default_str()
        ->group(group);
    command.add_option("--isa", options.isa, "Processor instructions: scalar, avx2 or avx512")
        ->check(CLI::IsMember({"scalar", "avx2", "avx512"}))
        ->group(group);
    command.add_option("--threads", options.threads, "Threads (0: one a core)")
        ->check(CLI::NonNegativeNumber)
        ->group(group);
}

engine::Result<std::string> read_input(const std::string& path) {
    if (path == "-") {
        return std::string(std::istreambuf_iterator<char>(std::cin), {});
    }
    std::error_code error;
    if (!fs::exists(path, error)) {
        return engine::fail(engine::ErrorCode::FileNotFound, "There is no such file: " + path);
    }
    std::ifstream file(path, std::ios::binary);
    std::string text(std::istreambuf_iterator<char>(file), {});
    if (!file.is_open() || file.bad()) {
        return engine::fail(engine::ErrorCode::FileNotReadable, "It cannot be read: " + path);
    }
    return text;
}

}  // namespace deepwell::app::cli
