// What is in memory, or on its way, as a generator's events tell it.
#pragma once

#include "app/generation/event.h"

namespace deepwell::app {

struct ModelState {
    enum class State { None, Loading, Loaded };
    State state = State::None;
    VariantPlan variant;
    std::string name;
    std::string device;
    double done = 0;
    int context = 0;
    std::uint64_t main_bytes = 0;
    std::uint64_t card_bytes = 0;
};

class ModelFollower {
public:
    // Whether the event changed the state.
    bool take(const Event& event);

    const ModelState& state() const { return state_; }

private:
    ModelState state_;
    ModelState settled_;  // what was loaded last
};

}  // namespace deepwell::app
