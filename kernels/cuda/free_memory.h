// How much of a card's memory is free, asked of the driver's own library: the CUDA runtime can tell
// only after it has made a context, which takes some hundred megabytes itself.
#pragma once

#include <cstdint>

namespace deepwell::kernels::cuda {

// Of the card at this PCI place ("0000:65:00.0"); 0 where libnvidia-ml.so.1 is absent or does not
// tell. Any thread.
std::uint64_t free_memory(const char* pci_bus_id);

}  // namespace deepwell::kernels::cuda
