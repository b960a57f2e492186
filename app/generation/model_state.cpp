#include "app/generation/model_state.h"

namespace deepwell::app {

bool ModelFollower::take(const Event& event) {
    if (const auto* progress = std::get_if<LoadProgress>(&event)) {
        state_.state = ModelState::State::Loading;
        state_.variant = progress->variant;
        state_.done = progress->done;
    } else if (const auto* loaded = std::get_if<Loaded>(&event)) {
        state_.state = ModelState::State::Loaded;
        state_.variant = loaded->variant;
        state_.name = loaded->name;
        state_.device = loaded->device;
        state_.done = 1;
        state_.context = loaded->context;
        state_.main_bytes = loaded->main_bytes;
        state_.card_bytes = loaded->device_bytes;
        settled_ = state_;
    } else if (const auto* failed = std::get_if<LoadFailed>(&event)) {
        const bool back = !failed->back.empty() && !failed->back_error;
        state_ = back && settled_.variant == failed->back ? settled_ : ModelState();
    } else if (std::holds_alternative<Unloaded>(event)) {
        state_ = {};
        settled_ = {};
    } else {
        return false;
    }
    return true;
}

}  // namespace deepwell::app
