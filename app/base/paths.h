// The folder of a profile and what lies in it.
#pragma once

#include <filesystem>
#include <optional>

#include "app/base/result.h"

namespace deepwell::app {

struct Profile {
    std::filesystem::path folder;

    std::filesystem::path database() const { return folder / "conversations.db"; }
    std::filesystem::path settings() const { return folder / "settings.json"; }
    std::filesystem::path lock() const { return folder / "lock"; }
    std::filesystem::path socket() const { return folder / "window.sock"; }
    std::filesystem::path copies() const { return folder / "copies"; }
    std::filesystem::path models() const { return folder / "models"; }
    std::filesystem::path log() const { return folder / "log"; }
};

// `--data DIR` where it is given, else $XDG_DATA_HOME/deepwell, else ~/.local/share/deepwell; made
// absolute. Touches no file.
Profile find_profile(const std::optional<std::filesystem::path>& data_option = {});

// Makes the folder and its sub-folders where they are missing, all 0700 (a folder that is there
// keeps its mode but for others' rights, which are taken away where we own it).
// Errors: ReadOnly, NoRoom, InputOutput.
Result<void> create_profile(const Profile& profile);

}  // namespace deepwell::app
