// An emulated card that breaks in the middle of its work, for tests of what is said and kept then.
// Like a real one it stays broken: every later launch, copy and wait fails, too.
#pragma once

namespace gpu::emulation {

// Of this thread: so many more operations (launches, copies, clears, waits) go well. Negative, as
// at the start: all of them, and a card that was broken is whole again.
void break_card_after(int operations);

// Counts one operation of this thread; whether the card is broken.
bool card_breaks();

}  // namespace gpu::emulation
