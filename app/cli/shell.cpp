#include "app/cli/shell.h"

#include <CLI/CLI.hpp>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <iterator>
#include <nlohmann/json.hpp>

#include "app/models/library.h"

namespace deepwell::app::cli {

namespace fs = std::filesystem;

Shell::Shell(fs::path program_folder) : program_folder_(std::move(program_folder)) {}

fs::path Shell::data_folder() const {
    if (!data_.empty()) return data_;
    if (const char* named = std::getenv("DEEPWELL_DATA"); named != nullptr && *named != '\0') {
        return named;
    }
    if (const char* xdg = std::getenv("XDG_DATA_HOME"); xdg != nullptr && *xdg == '/') {
        return fs::path(xdg) / "deepwell";
    }
    const char* home = std::getenv("HOME");
    return fs::path(home != nullptr ? home : ".") / ".local/share/deepwell";
}

std::vector<fs::path> Shell::models_folders() const {
    std::vector<fs::path> folders = {data_folder() / "models"};
    std::ifstream file(data_folder() / "settings.json");
    // An unreadable file is the window's to mend; here it only means: no further folders.
    const auto settings = nlohmann::json::parse(file, nullptr, false);
    if (!settings.is_object()) return folders;
    const auto listed =
        settings.value(nlohmann::json::json_pointer("/models/folders"), nlohmann::json::array());
    if (!listed.is_array()) return folders;
    for (const auto& folder : listed) {
        if (folder.is_string()) folders.emplace_back(folder.get<std::string>());
    }
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
