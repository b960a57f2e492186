// Which backend runs which part of a plan, and the cutting of the plan into segments.
#pragma once

#include <vector>

#include "engine/backend/backend.h"

namespace deepwell::engine {

// (layer, class) → backend, by its place in the executor's list. 0 is the CPU wherever there is a
// mixture.
class Placement {
public:
    // Everything on `backend`.
    static Placement all(const Plan& plan, int backend);

    // All classes of the last `layers` blocks and the output (layers > 0) on `backend`, the rest
    // on 0. layers >= block_count: all, the embedding too.
    static Placement last_layers(const Plan& plan, int layers, int backend);

    // routed experts of blocks first … last - 1 to `backend`; the rest stays.
    Placement& experts_to(int first, int last, int backend);

    // What `runner` (the `backend` of this placement) says in lay_out that it cannot run goes to 0:
    // all steps of that class in that layer.
    Placement& leave_what_it_cannot(const Plan& plan, int backend, const Backend& runner,
                                    const Limits& limits);

    int of(int layer_place, WeightClass weight_class) const;

private:
    std::vector<std::vector<int>> backends_;  // [place in Plan::layers][class]
};

// The maximal runs of steps on one backend, in the plan's order, ended also before a step that
// reads what another backend still computes. A segment lists what it must wait for.
std::vector<Segment> cut(const Plan& plan, const Placement& placement);

// The segments of one backend, in order.
std::vector<Segment> segments_of(std::span<const Segment> all, int backend);

// Every buffer that some segment hands over to another.
std::vector<BufferId> crossing_buffers(std::span<const Segment> segments);

}  // namespace deepwell::engine
