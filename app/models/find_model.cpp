#include <algorithm>
#include <system_error>

#include "app/models/library.h"

namespace deepwell::app {

namespace fs = std::filesystem;

namespace {

constexpr const char* kStarterName = "deepwell-starter.gguf";

bool is_file(const fs::path& path) {
    std::error_code error;
    return fs::is_regular_file(path, error);
}

std::string names_there(const std::vector<fs::path>& folders) {
    std::string names;
    int count = 0;
    for (const fs::path& folder : folders) {
        std::error_code error;
        for (const auto& entry : fs::directory_iterator(folder, error)) {
            if (entry.path().extension() != ".gguf" || ++count > 20) continue;
            names += (names.empty() ? "" : ", ") + entry.path().stem().string();
        }
    }
    return names;
}

}  // namespace

fs::path find_starter(const fs::path& program_folder) {
    const fs::path near[] = {
        program_folder / kStarterName,
        program_folder.parent_path() / "share" / "deepwell" / kStarterName,
    };
    for (const fs::path& path : near) {
        if (is_file(path)) return path;
    }
    // In a build folder somewhere below the checkout.
    fs::path folder = program_folder;
    for (int level = 0; level < 6 && folder.has_relative_path(); ++level) {
        const fs::path path = folder / "resources" / "starter" / kStarterName;
        if (is_file(path)) return path;
        folder = folder.parent_path();
    }
    return {};
}

engine::Result<fs::path> find_model(const std::string& name, const std::vector<fs::path>& folders,
                                    const fs::path& starter) {
    if (name.empty()) {
        if (!starter.empty()) return starter;
        return engine::fail(engine::ErrorCode::FileNotFound,
                            "The starter model is not there. Name a model file instead.");
    }
    if (is_file(name)) return fs::path(name);
    if (name.find('/') == std::string::npos) {
        for (const fs::path& folder : folders) {
            for (const std::string& file : {name, name + ".gguf"}) {
                if (is_file(folder / file)) return folder / file;
            }
        }
        if (!starter.empty() && (name == kStarterName || name + ".gguf" == kStarterName)) {
            return starter;
        }
    }
    const std::string names = names_there(folders);
    return engine::fail(
        engine::ErrorCode::FileNotFound,
        "There is no model \"" + name + "\". " +
            (names.empty() ? "The models folders are empty; give the path of a file."
                           : "In the models folders: " + names + "."));
}

}  // namespace deepwell::app
