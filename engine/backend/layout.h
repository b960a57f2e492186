// What a backend will allocate, before it does: the memory estimate. `compile` allocates exactly
// this, so estimate and truth cannot drift.
#pragma once

#include <cstdint>
#include <memory>

namespace deepwell::engine {

// A backend's own part of a layout (where each weight and buffer lies); compile gets it back.
class LayoutDetails {
public:
    virtual ~LayoutDetails() = default;
};

struct Layout {
    // Main memory, in bytes. Each is anonymous memory: it must be there.
    std::uint64_t weights = 0;    // in the backend's packed form
    std::uint64_t cache = 0;      // KV caches × slots
    std::uint64_t workspace = 0;  // buffers, logits, kernels' scratch
    std::uint64_t crossings = 0;  // what passes between backends
    std::uint64_t staging = 0;    // while loading only
    // Weights used in place from the mapped file: may be evicted and read again.
    std::uint64_t mapped = 0;

    // The card's memory, in bytes: 0 for the CPU.
    std::uint64_t device_weights = 0;
    std::uint64_t device_cache = 0;
    std::uint64_t device_workspace = 0;

    std::shared_ptr<const LayoutDetails> details;

    // The two sums that are shown.
    std::uint64_t anonymous() const { return weights + cache + workspace + crossings; }
    std::uint64_t mapped_sum() const { return mapped; }
    std::uint64_t device() const { return device_weights + device_cache + device_workspace; }
};

// Sums of two parts (details are dropped): what a plan over several backends takes.
Layout operator+(const Layout& a, const Layout& b);

}  // namespace deepwell::engine
