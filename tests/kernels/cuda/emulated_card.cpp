#include <cstdlib>

#include "kernels/emulation/emulator.h"
#include "tests/kernels/cuda/card.h"

namespace deepwell::tests {

std::string card_is_absent() {
    return {};
}
std::string finish() {
    return gpu::emulation::take_fault();
}
void set_thread_order(std::uint64_t seed) {
    gpu::emulation::set_order(seed);
}
void* allocate_for_both(std::size_t bytes) {
    return std::malloc(bytes);
}
void release_for_both(void* memory) {
    std::free(memory);
}

}  // namespace deepwell::tests
