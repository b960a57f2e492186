#include "kernels/cpu/processors.h"

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <set>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#if defined(__linux__)
#include <sched.h>
#endif

namespace deepwell::kernels::cpu {
namespace {

// The processors that this process may run on.
std::vector<int> allowed_processors() {
    std::vector<int> allowed;
#if defined(__linux__)
    cpu_set_t set;
    CPU_ZERO(&set);
    if (sched_getaffinity(0, sizeof set, &set) == 0) {
        for (int i = 0; i < CPU_SETSIZE; ++i) {
            if (CPU_ISSET(i, &set)) allowed.push_back(i);
        }
    }
#endif
    if (allowed.empty()) {
        const unsigned count = std::max(1u, std::thread::hardware_concurrency());
        for (unsigned i = 0; i < count; ++i) allowed.push_back(static_cast<int>(i));
    }
    return allowed;
}

// Threads of one core count once.
int physical_cores(const std::vector<int>& processors) {
    std::set<std::pair<int, int>> cores;
    for (const int processor : processors) {
        const std::string folder =
            "/sys/devices/system/cpu/cpu" + std::to_string(processor) + "/topology/";
        int package = -1, core = -1;
        std::ifstream(folder + "physical_package_id") >> package;
        std::ifstream(folder + "core_id") >> core;
        // Without a topology each processor counts.
        cores.insert(core < 0 ? std::pair{-1, processor} : std::pair{package, core});
    }
    return static_cast<int>(cores.size());
}

// The control group's quota in processors, or a large number.
double quota() {
    double allowed = 1e9;
    std::ifstream both("/sys/fs/cgroup/cpu.max");
    std::string limit;
    double period = 0;
    if (both >> limit >> period && limit != "max" && period > 0) {
        allowed = std::strtod(limit.c_str(), nullptr) / period;
    }
    double old_quota = 0, old_period = 0;
    std::ifstream("/sys/fs/cgroup/cpu/cpu.cfs_quota_us") >> old_quota;
    std::ifstream("/sys/fs/cgroup/cpu/cpu.cfs_period_us") >> old_period;
    if (old_quota > 0 && old_period > 0) allowed = std::min(allowed, old_quota / old_period);
    return allowed;
}

int within_quota(int count) {
    return std::max(1, static_cast<int>(std::min<double>(quota(), count)));
}

}  // namespace

int usable_processors() {
    return within_quota(static_cast<int>(allowed_processors().size()));
}

int usable_cores() {
    const std::vector<int> processors = allowed_processors();
    return within_quota(std::min(physical_cores(processors), static_cast<int>(processors.size())));
}

}  // namespace deepwell::kernels::cpu
