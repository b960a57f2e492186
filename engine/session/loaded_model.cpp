#include "engine/session/loaded_model.h"

#include <algorithm>
#include <set>

#include "engine/backend/file_tensor_reader.h"
#include "engine/models/architecture.h"

namespace deepwell::engine {
namespace {

constexpr int kDefaultContext = 8192;

// What a plan is run with: backends, who runs what, and the memory of each.
struct Arrangement {
    std::vector<std::shared_ptr<Backend>> backends;
    std::vector<Segment> segments;
    std::vector<Layout> layouts;  // by backend
    Layout sum;
};

Limits limits_of(const ModelDescription& model, const LoadOptions& options) {
    Limits limits;
    limits.context =
        options.context > 0 ? options.context : std::min(model.context_length, kDefaultContext);
    limits.batch = std::max(1, std::min(options.batch, limits.context));
    limits.max_logits = std::clamp(options.max_logits, 1, limits.batch);
    limits.cache = options.cache;
    limits.position_offset = options.position_offset;
    return limits;
}

bool uses_card(const Plan& plan, const LoadOptions& options) {
    return options.device_layers != 0 && plan.block_count > 0;
}

bool runs_alone(const Plan& plan, const LoadOptions& options, const Backend& device,
                const Limits& limits) {
    const bool whole = options.device_layers < 0 || options.device_layers >= plan.block_count;
    if (!whole || options.experts_on_cpu) return false;
    const auto all = cut(plan, Placement::all(plan, 0));
    return device.lay_out(plan, all, limits).has_value();
}

// One backend alone, or the CPU (0) and a card (1). What the card cannot run, the CPU does.
Result<Arrangement> arrange(const Plan& plan, const LoadOptions& options, const Limits& limits) {
    Arrangement result;
    auto device = find_backend(options.device, options.cpu);
    if (!device) return fail(device.error());
    Placement placement = Placement::all(plan, 0);
    if ((*device)->name() == "cpu") {
        result.backends = {*device};
    } else if (!uses_card(plan, options)) {
        auto cpu = find_backend("cpu", options.cpu);
        if (!cpu) return fail(cpu.error());
        result.backends = {*cpu};
    } else if (runs_alone(plan, options, **device, limits)) {
        result.backends = {*device};
    } else {
        auto cpu = find_backend("cpu", options.cpu);
        if (!cpu) return fail(cpu.error());
        result.backends = {*cpu, *device};
        const int layers = options.device_layers < 0 ? plan.block_count : options.device_layers;
        placement = Placement::last_layers(plan, layers, 1);
        if (options.experts_on_cpu) placement.experts_to(0, plan.block_count, 0);
        placement.leave_what_it_cannot(plan, 1, **device, limits);
    }
    result.segments = cut(plan, placement);
    for (std::size_t b = 0; b < result.backends.size(); ++b) {
        const auto own = segments_of(result.segments, static_cast<int>(b));
        auto layout =
            own.empty() ? Result<Layout>(Layout{}) : result.backends[b]->lay_out(plan, own, limits);
        if (!layout) return fail(layout.error());
        result.layouts.push_back(*layout);
        result.sum = result.sum + *layout;
    }
    for (BufferId buffer : crossing_buffers(result.segments)) {
        result.sum.crossings += 4ull * static_cast<std::uint64_t>(limits.batch) *
                                static_cast<std::uint64_t>(plan.buffers[buffer].width);
    }
    return result;
}

}  // namespace

Result<Layout> estimate(const std::filesystem::path& path, const LoadOptions& options) {
    auto file = GgufFile::open(path);
    if (!file) return fail(file.error());
    return estimate(*file, options);
}

Result<Layout> estimate(const GgufFile& file, const LoadOptions& options) {
    auto model = describe_model(file);
    if (!model) return fail(model.error());
    return estimate(*model, options);
}

Result<Layout> estimate(const ModelDescription& model, const LoadOptions& options) {
    auto plan = build_plan(model);
    if (!plan) return fail(plan.error());
    auto arrangement = arrange(*plan, options, limits_of(model, options));
    if (!arrangement) return fail(arrangement.error());
    return arrangement->sum;
}

LoadedModel::LoadedModel() = default;
LoadedModel::~LoadedModel() = default;

Result<std::shared_ptr<LoadedModel>> LoadedModel::load(const std::filesystem::path& path,
                                                       const LoadOptions& options,
                                                       const Progress& progress,
                                                       const StopFlag& stop) {
    auto file = GgufFile::open(path);
    if (!file) return fail(file.error());
    std::shared_ptr<LoadedModel> model(new LoadedModel);
    model->path_ = path;
    model->options_ = options;
    model->file_ = std::make_shared<const GgufFile>(std::move(*file));
    auto description = describe_model(*model->file_);
    if (!description) return fail(description.error());
    model->description_ = std::move(*description);
    auto tokenizer = Tokenizer::from_metadata(model->file_->metadata());
    if (!tokenizer) return fail(tokenizer.error());
    model->tokenizer_ = std::move(*tokenizer);
    auto compiled =
        model->compile(std::make_shared<FileTensorReader>(model->file_), progress, stop);
    if (!compiled) return fail(compiled.error());
    return model;
}

Result<std::shared_ptr<LoadedModel>> LoadedModel::make(ModelDescription description,
                                                       std::shared_ptr<const TensorReader> reader,
                                                       const LoadOptions& options,
                                                       const Progress& progress,
                                                       const StopFlag& stop) {
    std::shared_ptr<LoadedModel> model(new LoadedModel);
    model->options_ = options;
    model->description_ = std::move(description);
    auto compiled = model->compile(std::move(reader), progress, stop);
    if (!compiled) return fail(compiled.error());
    return model;
}

Result<void> LoadedModel::compile(std::shared_ptr<const TensorReader> reader,
                                  const Progress& progress, const StopFlag& stop) {
    auto compiled = compile_on(options_.device, reader, progress, stop);
    // Only now is it known that this build's kernels do not run on the card that was found.
    if (!compiled && compiled.error().code == ErrorCode::DeviceUnavailable &&
        options_.device == "auto") {
        return compile_on("cpu", std::move(reader), progress, stop);
    }
    return compiled;
}

Result<void> LoadedModel::compile_on(const std::string& device,
                                     std::shared_ptr<const TensorReader> reader,
                                     const Progress& progress, const StopFlag& stop) {
    LoadOptions options = options_;
    options.device = device;
    auto plan = build_plan(description_);
    if (!plan) return fail(plan.error());
    plan_ = std::make_unique<Plan>(std::move(*plan));
    const Limits limits = limits_of(description_, options_);
    auto arrangement = arrange(*plan_, options, limits);
    if (!arrangement) return fail(arrangement.error());
    layout_ = arrangement->sum;
    backends_ = arrangement->backends;

    // Each backend's share of the progress is its share of the weights.
    const double all =
        static_cast<double>(std::max<std::uint64_t>(1, layout_.weights + layout_.device_weights));
    double before = 0;
    std::vector<std::unique_ptr<Program>> programs;
    for (std::size_t b = 0; b < backends_.size(); ++b) {
        const Layout& layout = arrangement->layouts[b];
        const double share = static_cast<double>(layout.weights + layout.device_weights) / all;
        if (layout.details == nullptr) {
            programs.push_back(nullptr);
            continue;
        }
        auto program = backends_[b]->compile(
            *plan_, layout, reader,
            [&](double done) {
                if (progress) progress(std::min(1.0, before + done * share));
            },
            stop);
        if (!program) return fail(program.error());
        programs.push_back(std::move(*program));
        before += share;
    }
    executor_ = std::make_unique<Executor>(*plan_, std::move(arrangement->segments),
                                           std::move(programs), limits);
    return {};
}

std::string LoadedModel::device_description() const {
    std::string text;
    for (const auto& backend : backends_) {
        if (!text.empty()) text += " + ";
        text += backend->description();
    }
    return text;
}

std::string_view LoadedModel::device_name() const {
    return backends_.back()->name();
}

}  // namespace deepwell::engine
