// How much memory a piece of a test asks for, and how often: replaces the program's operator new.
#pragma once

#include <cstddef>

namespace deepwell::tests {

// Bytes that were in use at most since `reset_allocation_peak`, beyond what was in use then. All
// threads.
void reset_allocation_peak();
std::size_t allocation_peak();

// Calls of operator new since the program began. All threads.
std::size_t allocation_count();

}  // namespace deepwell::tests
