#include "kernels/emulation/broken_card.h"

namespace gpu::emulation {
namespace {

thread_local int left = -1;

}  // namespace

void break_card_after(int operations) {
    left = operations;
}

bool card_breaks() {
    if (left < 0) return false;
    if (left == 0) return true;
    --left;
    return false;
}

}  // namespace gpu::emulation
