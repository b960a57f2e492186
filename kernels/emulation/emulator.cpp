#include "kernels/emulation/emulator.h"

#include <algorithm>
#include <array>
#include <map>
#include <memory>
#include <numeric>
#include <random>
#include <utility>
#include <vector>

#include "kernels/emulation/broken_card.h"
#include "kernels/emulation/fiber.h"

namespace gpu::emulation {
namespace {

constexpr int kWarp = 32;
constexpr int kLargestGridY = 65535;
constexpr std::size_t kMostShared = 48 * 1024;  // of a block, without asking for more
constexpr std::size_t kCanaryBytes = 16;
constexpr std::byte kCanary{0xA7};
constexpr std::byte kPoison{0xFF};  // NaN as a float and as a half, -1 as an integer

enum class Waiting { Nothing, Block, Warp };

struct Lane {
    Fiber fiber;
    Waiting waiting = Waiting::Nothing;
    Place place{"", 0};
    int operation = 0;  // of its warp, counted
};

struct Warp {
    // Two sets: nobody can arrive at operation n + 2 before all have read n.
    std::array<std::array<std::uint64_t, kWarp>, 2> left{};
    int arrived = 0;
};

struct SharedArray {
    std::unique_ptr<std::byte[]> bytes;
    std::size_t size = 0;
};

std::string text_of(Place place) {
    const std::string file = place.file;
    const auto slash = file.rfind('/');
    return (slash == std::string::npos ? file : file.substr(slash + 1)) + ":" +
           std::to_string(place.line);
}

// One block at a time on this OS thread.
class Machine {
public:
    int current = 0;
    int block = 0;
    int block_x = 0;
    int block_y = 0;
    std::uint64_t order_seed = 0;
    std::string fault;

    bool run_block(Run run, void* call) {
        run_ = run;
        call_ = call;
        while (static_cast<int>(lanes_.size()) < block) lanes_.push_back(std::make_unique<Lane>());
        warps_.assign(block / kWarp, {});
        shared_.clear();
        shared_bytes_ = 0;
        at_barrier_ = 0;
        alive_ = block;
        for (int i = 0; i < block; ++i) {
            lanes_[i]->waiting = Waiting::Nothing;
            lanes_[i]->operation = 0;
            lanes_[i]->fiber.start(
                [](void* machine) { static_cast<Machine*>(machine)->thread_main(); }, this);
        }
        const std::vector<int> order = thread_order();
        while (alive_ > 0 && fault.empty()) {
            bool moved = false;
            for (const int i : order) {
                Lane& lane = *lanes_[i];
                if (lane.fiber.ended() || lane.waiting != Waiting::Nothing) continue;
                moved = true;
                current = i;
                lane.fiber.resume();
                if (lane.fiber.ended()) {
                    --alive_;
                    release_barrier();
                }
                if (!fault.empty()) break;
            }
            if (!moved && fault.empty()) report_deadlock();
        }
        check_canaries();
        return fault.empty();
    }

    void barrier(Place place) {
        Lane& lane = *lanes_[current];
        if (at_barrier_ > 0 && !(barrier_place_ == place)) {
            return fail("threads wait at different barriers: " + text_of(barrier_place_) + " and " +
                        text_of(place));
        }
        barrier_place_ = place;
        lane.waiting = Waiting::Block;
        lane.place = place;
        ++at_barrier_;
        release_barrier();
        if (lane.waiting != Waiting::Nothing) lane.fiber.wait();
    }

    std::uint64_t exchange(std::uint64_t bits, int mask, Place place) {
        const int index = current;
        Lane& lane = *lanes_[index];
        Warp& warp = warps_[index / kWarp];
        const int first = index / kWarp * kWarp;
        const int set = lane.operation % 2;
        for (int i = first; i < first + kWarp; ++i) {
            if (lanes_[i]->waiting == Waiting::Warp && !(lanes_[i]->place == place)) {
                fail("lanes of a warp meet at different operations: " + text_of(lanes_[i]->place) +
                     " and " + text_of(place));
                return 0;
            }
        }
        warp.left[set][index % kWarp] = bits;
        ++lane.operation;
        lane.place = place;
        lane.waiting = Waiting::Warp;
        if (++warp.arrived == kWarp) {
            warp.arrived = 0;
            for (int i = first; i < first + kWarp; ++i) lanes_[i]->waiting = Waiting::Nothing;
        } else {
            lane.fiber.wait();
        }
        return warp.left[set][(index % kWarp) ^ mask];
    }

    void* shared_array(const void* key, std::size_t bytes) {
        SharedArray& array = shared_[key];
        if (!array.bytes) {
            array.size = bytes;
            array.bytes.reset(new std::byte[bytes + kCanaryBytes]);
            std::fill_n(array.bytes.get(), bytes, kPoison);
            std::fill_n(array.bytes.get() + bytes, kCanaryBytes, kCanary);
            shared_bytes_ += bytes;
            if (shared_bytes_ > kMostShared) {
                fail("more than 48 kB of shared memory: " + std::to_string(shared_bytes_) +
                     " bytes");
            }
        }
        return array.bytes.get();
    }

private:
    void thread_main() { run_(call_); }

    // The fiber that failed never goes on; the loop sees the fault and drops the block.
    void fail(std::string what) {
        fault = std::move(what) + " (block " + std::to_string(block_x) + ", " +
                std::to_string(block_y) + ", thread " + std::to_string(current) + ")";
        lanes_[current]->fiber.wait();
    }

    // Threads that have ended count as arrived.
    void release_barrier() {
        if (at_barrier_ == 0 || at_barrier_ < alive_) return;
        at_barrier_ = 0;
        for (int i = 0; i < block; ++i) {
            if (lanes_[i]->waiting == Waiting::Block) lanes_[i]->waiting = Waiting::Nothing;
        }
    }

    std::vector<int> thread_order() {
        std::vector<int> order(block);
        std::iota(order.begin(), order.end(), 0);
        if (order_seed != 0) {
            std::mt19937_64 random(order_seed + static_cast<std::uint64_t>(block_x));
            std::shuffle(order.begin(), order.end(), random);
        }
        return order;
    }

    void report_deadlock() {
        std::map<std::string, int> places;
        for (int i = 0; i < block; ++i) {
            const Lane& lane = *lanes_[i];
            if (lane.fiber.ended()) continue;
            const char* kind = lane.waiting == Waiting::Block ? "barrier " : "warp operation ";
            ++places[kind + text_of(lane.place)];
        }
        fault = "deadlock:";
        for (const auto& [place, count] : places) {
            fault += " " + std::to_string(count) + " of " + std::to_string(block) + " threads at " +
                     place + ";";
        }
    }

    void check_canaries() {
        for (const auto& [key, array] : shared_) {
            const std::byte* end = array.bytes.get() + array.size;
            if (!std::all_of(end, end + kCanaryBytes, [](std::byte b) { return b == kCanary; }) &&
                fault.empty()) {
                fault = "a shared array of " + std::to_string(array.size) +
                        " bytes was written past its end";
            }
        }
    }

    Run run_ = nullptr;
    void* call_ = nullptr;
    std::vector<std::unique_ptr<Lane>> lanes_;
    std::vector<Warp> warps_;
    std::map<const void*, SharedArray> shared_;
    std::size_t shared_bytes_ = 0;
    int at_barrier_ = 0;
    Place barrier_place_{"", 0};
    int alive_ = 0;
};

Machine& machine() {
    static thread_local Machine machine;
    return machine;
}

}  // namespace

int thread() {
    return machine().current;
}
int block_size() {
    return machine().block;
}
int block_x() {
    return machine().block_x;
}
int block_y() {
    return machine().block_y;
}
void block_barrier(Place place) {
    machine().barrier(place);
}
std::uint64_t exchange(std::uint64_t bits, int mask, Place place) {
    return machine().exchange(bits, mask, place);
}
void* shared_array(const void* key, std::size_t bytes) {
    return machine().shared_array(key, bytes);
}
void set_order(std::uint64_t seed) {
    machine().order_seed = seed;
}
std::string take_fault() {
    return std::exchange(machine().fault, {});
}

int run_grid(int grid_x, int grid_y, int block, Run run, void* call) {
    Machine& here = machine();
    if (card_breaks()) {
        here.fault = "the card is broken";
        return 1;
    }
    if (block <= 0 || block > 1024 || block % kWarp != 0) {
        here.fault = "a block of " + std::to_string(block) + " threads is not whole warps";
        return 1;
    }
    if (grid_x < 1 || grid_y < 1 || grid_y > kLargestGridY) {
        here.fault = "a grid of " + std::to_string(grid_x) + " x " + std::to_string(grid_y) +
                     " blocks, which no card takes";
        return 1;
    }
    here.block = block;
    for (here.block_y = 0; here.block_y < grid_y; ++here.block_y) {
        for (here.block_x = 0; here.block_x < grid_x; ++here.block_x) {
            if (!here.run_block(run, call)) return 1;
        }
    }
    return 0;
}

}  // namespace gpu::emulation
