// A model file, opened and ready to run: metadata, tokenizer, plan, compiled programs.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "engine/backend/devices.h"
#include "engine/backend/executor.h"
#include "engine/gguf/file.h"
#include "engine/models/model_description.h"
#include "engine/tokenizer/tokenizer.h"

namespace deepwell::engine {

struct LoadOptions {
    int context = 0;  // slots; 0: as trained, but not more than 8,192
    int batch = 512;
    int max_logits = 1;  // `logits` and `perplexity` ask for all rows of a batch
    CacheType cache = CacheType::F16;
    std::string device = "auto";  // "auto", "cpu", "cuda", "cuda:N", "emulation"
    int device_layers = -1;       // of the last blocks on the card; -1: all
    bool experts_on_cpu = false;
    CpuOptions cpu;
    std::int64_t position_offset = 0;
};

// The memory that load would take, without loading. Reads the file's head only.
// Errors: those of opening a file and of build_plan.
Result<Layout> estimate(const std::filesystem::path& path, const LoadOptions& options);
Result<Layout> estimate(const GgufFile& file, const LoadOptions& options);
Result<Layout> estimate(const ModelDescription& model, const LoadOptions& options);

class LoadedModel {
public:
    // Reads the weights; seconds for a large file. Any thread. Progress 0 … 1.
    // Errors: those of the file, its tokenizer and its plan; OutOfMemory; Cancelled.
    static Result<std::shared_ptr<LoadedModel>> load(const std::filesystem::path& path,
                                                     const LoadOptions& options,
                                                     const Progress& progress,
                                                     const StopFlag& stop);
    // A model without a file (bench): no tokenizer.
    static Result<std::shared_ptr<LoadedModel>> make(ModelDescription description,
                                                     std::shared_ptr<const TensorReader> reader,
                                                     const LoadOptions& options,
                                                     const Progress& progress,
                                                     const StopFlag& stop);
    ~LoadedModel();

    const std::filesystem::path& path() const { return path_; }
    const ModelDescription& description() const { return description_; }
    const Plan& plan() const { return *plan_; }
    const Layout& layout() const { return layout_; }  // sum over the backends
    const LoadOptions& options() const { return options_; }
    int context() const { return executor_->limits().context; }
    std::string device_description() const;
    std::string_view device_name() const;

    // Of the device that the model lies on, measured now (Backend); 0 for the processor.
    double measure_read_bandwidth() const { return backends_.back()->measure_read_bandwidth(); }

    // Null for a made model.
    std::shared_ptr<const GgufFile> file() const { return file_; }
    std::shared_ptr<const Tokenizer> tokenizer() const { return tokenizer_; }

    // Of the session that uses this model: one at a time (the caches are the programs').
    Executor& executor() { return *executor_; }

private:
    LoadedModel();
    Result<void> compile(std::shared_ptr<const TensorReader> reader, const Progress& progress,
                         const StopFlag& stop);
    Result<void> compile_on(const std::string& device, std::shared_ptr<const TensorReader> reader,
                            const Progress& progress, const StopFlag& stop);

    std::filesystem::path path_;
    LoadOptions options_;
    ModelDescription description_;
    std::shared_ptr<const GgufFile> file_;
    std::shared_ptr<const Tokenizer> tokenizer_;
    std::unique_ptr<Plan> plan_;
    Layout layout_;
    std::vector<std::shared_ptr<Backend>> backends_;
    std::unique_ptr<Executor> executor_;
};

}  // namespace deepwell::engine
