// What the CPU does for a segment, one after the other: steps of the plan, some of them fused
// (fusing.h). Values only; cpu_program.cpp has the code that runs each.
//
// A *shadow* is a view's rows as int8 blocks, which products with quantized weights read. It is
// made by the operation that writes the view where that one can do it, else by Quantize.
#pragma once

#include <variant>
#include <vector>

#include "engine/models/plan.h"

namespace deepwell::engine::cpu {

using ShadowId = int;

struct Shadow {
    View view;
    RowCount rows = RowCount::Batch;
};

struct EmbedRows {
    Embed step;
};
struct NormRows {
    Norm step;
    ShadowId shadow = kNone;
};
struct QuantizeRows {
    View in;
    ShadowId shadow = kNone;
};
// `add`: the one part's result is added to what its view holds ({Project, Add}).
struct ProjectRows {
    Project step;
    ShadowId in_shadow = kNone;
    bool add = false;
};
// {Project gate and up, GatedUnit}: the gate's product is written where the result will be.
struct ProjectGated {
    View in;
    ShadowId in_shadow = kNone;
    ProjectPart gate;
    ProjectPart up;
    View out;
    ShadowId shadow = kNone;
};
struct ProjectHeads {
    HeadProject step;
};
struct RotateHeads {
    Rotate step;
};
struct WriteCache {
    CacheWrite step;
};
// Attend and LatentAttend (rope_query is set).
struct AttendCache {
    CacheId cache = kNone;
    double scale = 1;
    View query;
    View rope_query;
    View out;
};
struct GateRows {
    GatedUnit step;
    ShadowId shadow = kNone;
};
struct RouteRows {
    Route step;
};
struct MixExperts {
    Experts step;
    ShadowId in_shadow = kNone;
};
struct AddRows {
    Add step;
};
struct SelectRows {
    Select step;
};
struct MakeLogits {
    Logits step;
    ShadowId in_shadow = kNone;
};

using Operation = std::variant<EmbedRows, NormRows, QuantizeRows, ProjectRows, ProjectGated,
                               ProjectHeads, RotateHeads, WriteCache, AttendCache, GateRows,
                               RouteRows, MixExperts, AddRows, SelectRows, MakeLogits>;

struct PlacedOperation {
    int layer = 0;  // place in Plan::layers
    Operation action;
};

struct OperationList {
    std::vector<std::vector<PlacedOperation>> segments;
    std::vector<Shadow> shadows;
};

// Buffers and shadows that an operation reads or writes.
struct Touched {
    std::vector<BufferId> read;
    std::vector<BufferId> written;
    std::vector<ShadowId> shadows;
};
Touched touched(const Operation& operation);

}  // namespace deepwell::engine::cpu
