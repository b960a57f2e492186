#include "app/models/memory_ladder.h"

#include <fmt/format.h>

#include <algorithm>

#include "app/models/memory.h"
#include "app/problems/numbers.h"

namespace deepwell::app {
namespace {

constexpr int kSmallBatch = 64;

class Ladder {
public:
    Ladder(const FreeMemory& free, const NeedOf& need_of) : free_(free), need_of_(need_of) {}

    // Adds the step if its plan fits.
    bool offer(LadderStep::Kind kind, const VariantPlan& plan, std::string text,
               std::string price) {
        const auto need = need_of_(plan);
        if (!need || fit_of(*need, free_) == Fit::TooLarge) return false;
        LadderStep step;
        step.kind = kind;
        step.plan = plan;
        step.need = *need;
        step.asks = kind != LadderStep::Kind::SmallerBatch;
        step.text = std::move(text);
        step.price = std::move(price);
        steps_.push_back(std::move(step));
        return true;
    }

    std::vector<LadderStep> take() && { return std::move(steps_); }
    bool empty() const { return steps_.empty(); }

private:
    const FreeMemory& free_;
    const NeedOf& need_of_;
    std::vector<LadderStep> steps_;
};

}  // namespace

std::vector<LadderStep> memory_ladder(const VariantPlan& plan, int context_trained, int layers,
                                      const FreeMemory& free, const NeedOf& need_of) {
    Ladder ladder(free, need_of);
    VariantPlan base = plan;
    if (plan.batch > kSmallBatch) {
        // It costs only time while a question is read, so it is kept in all further steps.
        base.batch = kSmallBatch;
        ladder.offer(LadderStep::Kind::SmallerBatch, base, "Read questions in smaller pieces",
                     "Reading a long question takes longer.");
    }

    const std::vector<int> stops = context_stops(context_trained);
    const int wanted = plan.context > 0 ? plan.context : 8192;
    for (auto stop = stops.rbegin(); stop != stops.rend(); ++stop) {
        if (*stop >= wanted) continue;
        VariantPlan shorter = base;
        shorter.context = *stop;
        if (ladder.offer(
                LadderStep::Kind::ShorterContext, shorter,
                fmt::format("A context of {} tokens", thousands(static_cast<std::uint64_t>(*stop))),
                "Long conversations reach the end of the context sooner.")) {
            break;
        }
    }
    if (plan.cache != CacheType::Q8_0) {
        VariantPlan smaller = base;
        smaller.cache = CacheType::Q8_0;
        ladder.offer(LadderStep::Kind::SmallerCache, smaller, "A cache of 8 bits",
                     "Half the memory for the context; answers may differ in small ways.");
    }
    const bool on_card = plan.device != "cpu" && free.card_total > 0;
    if (on_card && layers > 0) {
        const int now = plan.card_layers < 0 ? layers : std::min(plan.card_layers, layers);
        for (int count = now - 1; count > 0; --count) {
            VariantPlan fewer = base;
            fewer.card_layers = count;
            if (ladder.offer(LadderStep::Kind::FewerCardLayers, fewer,
                             fmt::format("{} of {} layers on the graphics card", count, layers),
                             "The rest runs on the CPU, which is slower.")) {
                break;
            }
        }
    }
    if (on_card) {
        VariantPlan cpu = base;
        cpu.device = "cpu";
        ladder.offer(LadderStep::Kind::UseCpu, cpu, "Only the CPU", "Replies are much slower.");
    }
    if (ladder.empty()) {
        LadderStep other;
        other.text = "A smaller model, or a smaller file of it";
        std::vector<LadderStep> steps;
        steps.push_back(std::move(other));
        return steps;
    }
    return std::move(ladder).take();
}

}  // namespace deepwell::app
