// The library of models: what lies in the folders, with the starter that comes along.
//
// Free functions, any thread, nothing kept: LibraryService (library_service.h) runs them on the
// library thread and tells the window.
#pragma once

#include <filesystem>
#include <functional>
#include <vector>

#include "app/models/model_file.h"
#include "engine/base/stop_flag.h"

namespace deepwell::app {

// The starter, where the program was built, installed or checked out; empty if it is nowhere.
// Looked for beside the program, in ../share/deepwell, and in resources/starter upwards from it.
std::filesystem::path find_starter(const std::filesystem::path& program_folder);

// Reads the head of one file (a few MB at most): never fails, a fault stands in `problem`.
ModelFile read_model_file(const std::filesystem::path& path);

// When a file was last written, UTC ms; 0 if it is not there.
std::int64_t modified_ms(const std::filesystem::path& path);

// All *.gguf in these folders (two levels deep), split models as one entry, later parts are not
// entries. A file whose size and time stand in `known` is taken from there, if it had no problem.
// Sorted by name, then size; the starter first.
std::vector<ModelFile> scan_models(const std::vector<std::filesystem::path>& folders,
                                   const std::filesystem::path& starter,
                                   const std::vector<ModelFile>& known,
                                   const engine::StopFlag& stop);

// A name as given on the command line: a path; else a file name in the folders, with or without
// ".gguf", in their order; empty: the starter. Errors: FileNotFound, with the names that are there.
engine::Result<std::filesystem::path> find_model(const std::string& name,
                                                 const std::vector<std::filesystem::path>& folders,
                                                 const std::filesystem::path& starter);

// SHA-256 of a file, in small steps; Cancelled when the flag is raised.
engine::Result<std::string> hash_file(const std::filesystem::path& path,
                                      const engine::StopFlag& stop);

}  // namespace deepwell::app
