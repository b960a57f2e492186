// What of the machine this process may use: the affinity mask and the control group's quota.
#pragma once

namespace deepwell::kernels::cpu {

// Processors, those of one core counted apart; at least 1. More threads than that wait for each
// other's time slices: three on two processors wrote half as many tokens a second as two.
int usable_processors();

// Physical cores, at least 1.
int usable_cores();

}  // namespace deepwell::kernels::cpu
