// Writes a model of a shape with made-up weights as a GGUF file, so that other engines can be run
// on the same bytes. Its vocabulary is made up too: 256 bytes, a few merges, fillers.
#pragma once

#include <filesystem>

#include "engine/backend/tensor_reader.h"
#include "engine/base/progress.h"
#include "engine/base/stop_flag.h"
#include "engine/models/model_description.h"

namespace deepwell::engine::bench {

// Errors: FileNotReadable (cannot be written), Cancelled.
Result<void> write_model(const ModelDescription& model, const TensorReader& weights,
                         const std::filesystem::path& path, const Progress& progress,
                         const StopFlag& stop);

}  // namespace deepwell::engine::bench
