#include "app/generation/model_slot.h"

#include <chrono>
#include <utility>

#include "app/generation/prompt_maker.h"
#include "app/generation/sha256.h"
#include "app/models/load_options.h"
#include "app/models/memory.h"
#include "app/problems/numbers.h"

namespace deepwell::app {
namespace {

using engine::ErrorCode;
using namespace std::chrono_literals;

constexpr auto kReportEvery = 100ms;
constexpr int kSmallBatch = 64;

bool is_memory_error(const engine::Error& error) {
    return error.code == ErrorCode::OutOfMemory || error.code == ErrorCode::OutOfDeviceMemory;
}

// "cpu", "cuda:0", "emulation" → the words of the exchange file.
std::string backend_word(const engine::LoadedModel& model) {
    const std::string_view name = model.device_name();
    const bool main = model.layout().weights > 0;
    if (name.rfind("cuda", 0) == 0) return main ? "mixed" : "cuda";
    return name.rfind("emulat", 0) == 0 ? "emulated" : "cpu";
}

std::unique_ptr<ReadyModel> prepare(const VariantPlan& plan,
                                    std::shared_ptr<engine::LoadedModel> model) {
    auto ready = std::make_unique<ReadyModel>();
    ready->plan = plan;
    const auto file = model->file();
    const engine::Value* source = file->metadata().find("tokenizer.chat_template");
    if (source != nullptr && source->as_string()) {
        ready->template_sha256 = sha256_hex(*source->as_string());
    }
    ready->prompts = std::make_unique<engine::PromptBuilder>(
        engine::PromptBuilder::create(prompting_of(file->metadata(), *model->tokenizer())));
    ready->name = model->description().name;
    if (ready->name.empty()) ready->name = plan.file.stem().string();
    ready->backend = backend_word(*model);
    if (ready->backend == "cuda" || ready->backend == "mixed") {
        const int blocks = model->description().block_count;
        ready->gpu_layers = plan.card_layers < 0 ? blocks : std::min(plan.card_layers, blocks);
    }
    ready->session = std::make_unique<engine::Session>(model);
    ready->model = std::move(model);
    return ready;
}

Loaded loaded_event(const ReadyModel& ready, double seconds) {
    Loaded loaded;
    loaded.variant = ready.plan;
    loaded.name = ready.name;
    loaded.device = ready.model->device_description();
    loaded.main_bytes = ready.model->layout().anonymous();
    loaded.device_bytes = ready.model->layout().device();
    loaded.seconds = seconds;
    loaded.context = ready.model->context();
    return loaded;
}

}  // namespace

engine::Result<void> ModelSlot::check_room(const VariantPlan& plan, const MemoryNeed& need) {
    FreeMemory free = free_memory();
    // What is loaded now goes first where both do not fit.
    if (ready_) {
        free.main += ready_->model->layout().anonymous();
        free.card += ready_->model->layout().device();
    }
    if (need.card() > free.card) {
        return engine::fail(ErrorCode::OutOfDeviceMemory,
                            "This model needs " + gibibytes(need.card()) + " of graphics memory; " +
                                gibibytes(free.card) + " are free.",
                            plan.file.string());
    }
    if (need.main() <= free.main) return {};
    return engine::fail(ErrorCode::OutOfMemory,
                        "This model needs " + gibibytes(need.main()) + " of main memory; " +
                            gibibytes(free.main) + " are free.",
                        plan.file.string());
}

engine::Result<std::unique_ptr<ReadyModel>> ModelSlot::read(const VariantPlan& plan,
                                                            const engine::StopFlag& flag,
                                                            const Emit& tell) {
    using Steady = std::chrono::steady_clock;
    const auto begin = Steady::now();
    auto told = begin;
    tell(LoadProgress{plan, 0});
    const engine::Progress progress = [&](double done) {
        const auto now = Steady::now();
        if (now - told < kReportEvery) return;
        told = now;
        tell(LoadProgress{plan, done});
    };
    engine::LoadOptions options = load_options(plan);
    auto model = engine::LoadedModel::load(plan.file, options, progress, flag);
    if (!model && is_memory_error(model.error()) && options.batch > kSmallBatch) {
        // The first step of the ladder needs nobody's leave: it costs time, not quality.
        options.batch = kSmallBatch;
        model = engine::LoadedModel::load(plan.file, options, progress, flag);
    }
    if (!model) return engine::fail(model.error());
    if (flag.stop_requested()) return engine::fail(ErrorCode::Cancelled, "Stopped.", "");
    auto ready = prepare(plan, std::move(*model));
    tell(loaded_event(*ready, std::chrono::duration<double>(Steady::now() - begin).count()));
    return ready;
}

engine::Result<void> ModelSlot::require(const VariantPlan& plan, const engine::StopFlag& flag,
                                        const Emit& tell) {
    if (ready_ && ready_->plan == plan) {
        // A file that was replaced is another model under the same name.
        if (const auto same = ready_->model->file()->check_unchanged(); same) return {};
        ready_.reset();
    }
    const VariantPlan former = ready_ ? ready_->plan : former_.value_or(VariantPlan());
    const auto failed = [&](const engine::Error& error, const VariantPlan& back,
                            std::optional<engine::Error> back_error) {
        tell(LoadFailed{plan, error, back, std::move(back_error)});
        return engine::fail(error);
    };
    const auto need = memory_need(plan);
    if (!need) return failed(need.error(), former, {});
    if (const auto room = check_room(plan, *need); !room) return failed(room.error(), former, {});

    // Both at once where there is room: then a failure costs nothing.
    const bool beside = ready_ && fit_of(*need, free_memory()) == Fit::Fits;
    if (!beside) ready_.reset();
    auto fresh = read(plan, flag, tell);
    if (fresh) {
        ready_ = std::move(*fresh);
        former_.reset();
        return {};
    }
    const engine::Error error = fresh.error();
    if (error.code == ErrorCode::Cancelled) {
        if (ready_) return failed(error, ready_->plan, {});
        if (!former.empty()) former_ = former;
        return failed(error, {}, {});
    }
    if (ready_ || former.empty()) return failed(error, former, {});
    auto back = read(former, flag, tell);
    if (!back) return failed(error, former, back.error());
    ready_ = std::move(*back);
    former_.reset();
    return failed(error, former, {});
}

void ModelSlot::unload(const Emit& tell) {
    const VariantPlan plan = ready_ ? ready_->plan : VariantPlan();
    ready_.reset();
    former_.reset();
    tell(Unloaded{plan});
}

void ModelSlot::settle(const engine::StopFlag& flag, const Emit& tell) {
    if (!former_ || ready_) return;
    auto back = read(*former_, flag, tell);
    if (back) {
        ready_ = std::move(*back);
        former_.reset();
    } else if (back.error().code != ErrorCode::Cancelled) {
        tell(LoadFailed{*former_, back.error(), {}, {}});
        former_.reset();
    }
}

void ModelSlot::drop_broken() {
    ready_.reset();
    former_.reset();
}

}  // namespace deepwell::app
