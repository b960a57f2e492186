// What every command of deepwell-cli gets: where the profile is, which models there are, how to
// report. Nothing global: main makes one and hands it to the commands.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "app/base/paths.h"
#include "app/base/settings.h"
#include "app/models/variant_plan.h"
#include "engine/base/result.h"

namespace CLI {
class App;
}

namespace deepwell::app::cli {

enum ExitCode {
    kOk = 0,
    kFailed = 1,         // it was tried and did not work: the reason is on stderr
    kUsage = 2,          // the command line makes no sense
    kTemplateError = 3,  // the model's chat template failed (prompt)
    kStopped = 130,      // Ctrl-C, as shells count it
};

class Shell {
public:
    explicit Shell(std::filesystem::path program_folder);

    // --data DIR, else the platform's folder. It may not exist yet.
    Profile profile() const { return find_profile(data_); }
    void set_data_folder(std::filesystem::path folder) { data_ = std::move(folder); }
    // settings.json as it stands there; the defaults where it is absent or not readable. The file
    // is left alone: mending it is the window's.
    Settings settings() const;

    // The models folders of the profile: its own, then those of settings.json.
    std::vector<std::filesystem::path> models_folders() const;
    std::filesystem::path starter() const;

    // A path; else the name of a file in the models folders, with or without ".gguf"; empty: the
    // starter. Errors: FileNotFound, naming what there is.
    engine::Result<std::filesystem::path> find_model(const std::string& name) const;

    // Prints the error on stderr, one sentence and its details, and gives the exit code for it.
    int report(const engine::Error& error) const;
    int report(const Error& error) const;

    int exit_code = kOk;  // set by the command that ran

private:
    std::filesystem::path program_folder_;
    std::optional<std::filesystem::path> data_;
};

// Options that choose how a model is run, the same words in every command.
struct ModelOptions {
    int context = 0;
    std::string device = "auto";
    int card_layers = -1;
    std::string cache = "f16";
    std::string isa;
    int threads = 0;

    VariantPlan plan(const std::filesystem::path& file) const;
};

// --context, --device, --layers, --kv, --isa, --threads
void add_model_options(CLI::App& command, ModelOptions& options);

// The whole of a file, or of standard input for "-". Errors: FileNotFound, FileNotReadable.
engine::Result<std::string> read_input(const std::string& path);

}  // namespace deepwell::app::cli
