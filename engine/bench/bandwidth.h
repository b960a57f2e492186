// How fast main memory can be read by as many threads as the model runs on: what every rate of
// decoding is held against.
#pragma once

#include <cstddef>
#include <memory>

#include "kernels/cpu/thread_pool.h"

namespace deepwell::engine::bench {

class BandwidthProbe {
public:
    // Allocates `bytes` (far more than any cache) in huge pages and fills them.
    BandwidthProbe(std::size_t bytes, int threads);
    ~BandwidthProbe();

    // One pass over all of it, by all threads: bytes a second.
    double measure();

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace deepwell::engine::bench
