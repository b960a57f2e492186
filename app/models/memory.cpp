#include "app/models/memory.h"

#include <algorithm>
#include <fstream>
#include <limits>
#include <sstream>
#include <string>
#include <utility>

#include "app/models/load_options.h"
#include "engine/backend/plugin_loader.h"

namespace deepwell::app {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kUnlimited = std::numeric_limits<std::uint64_t>::max();

// A line "MemAvailable:   123 kB" of /proc/meminfo, in bytes.
std::uint64_t meminfo(const std::string& name) {
    std::ifstream file("/proc/meminfo");
    std::string line;
    while (std::getline(file, line)) {
        if (line.rfind(name + ":", 0) != 0) continue;
        std::istringstream words(line.substr(name.size() + 1));
        std::uint64_t kilobytes = 0;
        words >> kilobytes;
        return kilobytes * 1024;
    }
    return 0;
}

std::uint64_t number_in(const fs::path& path) {
    std::ifstream file(path);
    std::uint64_t number = kUnlimited;
    return file >> number ? number : kUnlimited;  // "max" is no number
}

std::uint64_t stat_in(const fs::path& path, const std::string& name) {
    std::ifstream file(path);
    std::string key;
    std::uint64_t value = 0;
    while (file >> key >> value) {
        if (key == name) return value;
    }
    return 0;
}

// What this process's control group (version 2) and those above it leave; page cache counts as
// free, as in MemAvailable.
std::uint64_t control_group_free() {
    std::ifstream file("/proc/self/cgroup");
    std::string line;
    std::string group;
    while (std::getline(file, line)) {
        if (line.rfind("0::", 0) == 0) group = line.substr(3);
    }
    const fs::path root = "/sys/fs/cgroup";
    std::uint64_t free = kUnlimited;
    for (fs::path at = root / fs::path(group).relative_path();; at = at.parent_path()) {
        const std::uint64_t most = number_in(at / "memory.max");
        const std::uint64_t used = number_in(at / "memory.current");
        if (most != kUnlimited && used != kUnlimited) {
            const std::uint64_t cache = stat_in(at / "memory.stat", "inactive_file");
            const std::uint64_t held = used - std::min(used, cache);
            free = std::min(free, most - std::min(most, held));
        }
        if (at == root || !at.has_relative_path() || at.parent_path() == at) break;
    }
    return free;
}

bool fits(std::uint64_t need, std::uint64_t free, double share) {
    return static_cast<double>(need) <= static_cast<double>(free) * share;
}

}  // namespace

const char* fit_name(Fit fit) {
    switch (fit) {
        case Fit::Fits:
            return "fits";
        case Fit::Tight:
            return "tight";
        case Fit::TooLarge:
            break;
    }
    return "too-large";
}

FreeMemory free_memory() {
    FreeMemory free;
    free.main_total = meminfo("MemTotal");
    free.main = std::min(meminfo("MemAvailable"), control_group_free());
    if (const auto plugin = engine::load_plugin("cuda")) {
        std::string problem;
        const auto cards = (*plugin)->devices(problem);
        if (!cards.empty()) {
            free.card = cards.front().free_bytes;
            free.card_total = cards.front().total_bytes;
        }
    }
    return free;
}

engine::Result<MemoryNeed> memory_need(const VariantPlan& plan) {
    const auto layout = engine::estimate(plan.file, load_options(plan));
    if (!layout) return engine::fail(layout.error());
    MemoryNeed need;
    need.weights = layout->weights;
    need.cache = layout->cache;
    need.workspace = layout->workspace + layout->crossings;
    need.mapped = layout->mapped;
    need.card_weights = layout->device_weights;
    need.card_cache = layout->device_cache;
    need.card_workspace = layout->device_workspace;
    if (plan.device == "emulation") {  // its card is main memory
        need.weights += std::exchange(need.card_weights, 0);
        need.cache += std::exchange(need.card_cache, 0);
        need.workspace += std::exchange(need.card_workspace, 0);
    }
    return need;
}

Fit fit_of(const MemoryNeed& need, const FreeMemory& free) {
    const auto within = [&](double share) {
        return fits(need.main(), free.main, share) &&
               (need.card() == 0 || fits(need.card(), free.card, share));
    };
    if (within(0.92)) return Fit::Fits;
    return within(1.0) ? Fit::Tight : Fit::TooLarge;
}

std::vector<int> context_stops(int context_trained) {
    std::vector<int> stops;
    for (int stop = 2048; stop <= 131072; stop *= 2) {
        if (context_trained <= 0 || stop <= context_trained) stops.push_back(stop);
    }
    if (stops.empty()) stops.push_back(context_trained);
    return stops;
}

int largest_context(const VariantPlan& plan, int context_trained, const FreeMemory& free) {
    const std::vector<int> stops = context_stops(context_trained);
    for (auto stop = stops.rbegin(); stop != stops.rend(); ++stop) {
        VariantPlan tried = plan;
        tried.context = *stop;
        const auto need = memory_need(tried);
        if (need && fit_of(*need, free) != Fit::TooLarge) return *stop;
    }
    return 0;
}

}  // namespace deepwell::app
