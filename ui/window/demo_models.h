// The models of the demonstration: files with the heads, shapes and sizes of released ones and
// nothing behind them (holes that take no room on the disk), so that list, needs and states are
// counted by the real library. They are never loaded: a recording answers.
#pragma once

#include <filesystem>
#include <string>

namespace deepwell::ui {

// Writes them into `folder`. What cannot be written is left out.
void write_demo_models(const std::filesystem::path& folder);

// The file name of the one that the demonstration uses.
std::string demo_model();

}  // namespace deepwell::ui
