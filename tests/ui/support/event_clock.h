// How long the GUI thread computes for one event, by its own CPU clock: what other programs take
// does not count.
#pragma once

namespace deepwell::tests {

double thread_cpu_ms();
void reset_longest_event();
double longest_event_ms();

}  // namespace deepwell::tests
