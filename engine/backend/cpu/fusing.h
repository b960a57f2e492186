// From steps to operations: takes the longest pattern of the table that fits, else the operation of
// the single step.
#pragma once

#include <span>

#include "engine/backend/backend.h"
#include "engine/backend/cpu/operation.h"

namespace deepwell::engine::cpu {

// With fuse = false every step is an operation of its own (and shadows are made by Quantize): what
// the patterns are tested against.
OperationList make_operations(const Plan& plan, std::span<const Segment> segments, bool fuse);

}  // namespace deepwell::engine::cpu
