// A model as values: what is computed, with which weights, in which shapes. An architecture writes
// a plan (plan_builder.h), a placement cuts it (engine/backend/placement.h), a backend compiles its
// part (engine/backend/backend.h). Nothing here knows a file, a device or a number of the weights.
//
// T is the number of positions of a batch, S the number of rows whose logits were asked for.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "engine/base/token_id.h"
#include "kernels/formats/format.h"

namespace deepwell::engine {

using BufferId = int;
using WeightId = int;
using CacheId = int;
using RotationId = int;
inline constexpr int kNone = -1;

// Rows of a buffer while a batch runs: all T, or the S that Select kept.
enum class RowCount { Batch, Selected };
enum class ElementType { Float32, Int32 };

// Working memory [rows, width], row after row, four bytes an element. A buffer lives within one
// layer (the same buffer serves every layer that asks for the same name and width), but the
// residual stream ("x") lives through all of them. Written once a layer; Add changes its target,
// Rotate and the norms of heads and latents change their view in place.
struct Buffer {
    std::string name;
    int width = 0;
    RowCount rows = RowCount::Batch;
    ElementType element = ElementType::Float32;
};

// Some columns of a buffer, seen as heads: element (row r, head h, column c) is
// buffer[r, offset + h * stride + c]. A plain row is one head; stride is then its width.
struct View {
    BufferId buffer = kNone;
    int offset = 0;
    int heads = 1;
    int width = 0;   // of a head
    int stride = 0;  // from head to head

    int columns() const { return heads * width; }
    bool contiguous() const { return heads == 1 || stride == width; }
    bool operator==(const View&) const = default;
};

// What a weight is for: placements and mixes go by it.
enum class WeightClass {
    Embedding,
    Attention,
    DenseFfn,
    Router,
    SharedExpert,
    RoutedExpert,
    Norm,
    Output,
};
std::string_view weight_class_name(WeightClass weight_class);

// A matrix W [rows, columns], or `slices` of them (heads, experts): y = W x maps columns to rows.
// Where the bytes are: slice s is made of the tensor's rows first_row + s * slice_stride and on.
// Plain: `rows` of them, each `columns` values in `format`, as they lie in the file.
// Transposed: the `columns` rows of `rows` values each are decoded and turned over; the weight is
// then F32 (from F32 and BF16) or F16 (from all else), which `format` says; `file_format` is what
// the file holds. (Only the key half of attn_kv_b is so.)
struct Weight {
    std::string tensor;
    WeightClass weight_class = WeightClass::Norm;
    kernels::Format format = kernels::Format::F32;
    kernels::Format file_format = kernels::Format::F32;
    std::int64_t rows = 1;
    std::int64_t columns = 0;
    int slices = 1;
    std::int64_t first_row = 0;
    std::int64_t slice_stride = 0;
    bool transposed = false;
};

// Rotary embedding of d values of a head: pair j of a vector at position p turns by p *
// frequency[j], both members times magnitude. YaRN, rope_freqs and linear scaling are in the
// numbers already. Angles are products in double, reduced before sine and cosine are taken.
struct Rotation {
    enum class Pairing { Halves, Interleaved };  // (j, j + d/2) or (2j, 2j + 1)
    std::vector<double> frequencies;             // d / 2
    double magnitude = 1;
    Pairing pairing = Pairing::Halves;

    int width() const { return 2 * static_cast<int>(frequencies.size()); }
    bool operator==(const Rotation&) const = default;
};

enum class CacheType { F32, F16, Q8_0 };
std::string_view cache_type_name(CacheType type);

// What one layer remembers of a position. Append and truncate.
struct CacheSpec {
    enum class Kind { KeyValue, Latent };
    Kind kind = Kind::KeyValue;
    int layer = 0;
    int kv_heads = 0;  // KeyValue: G heads of key_width and value_width each
    int key_width = 0;
    int value_width = 0;
    int latent_width = 0;  // Latent: one row [c | k_pe] of C + R; the value is its first C
    int rope_width = 0;

    // Numbers of a slot, all rows together; the type says how many bytes.
    int values_per_slot() const {
        return kind == Kind::KeyValue ? kv_heads * (key_width + value_width)
                                      : latent_width + rope_width;
    }
};

// --- steps -------------------------------------------------------------------------------------

// x[r] = row of the matrix. weight [vocabulary, E]; out [T, E].
struct Embed {
    WeightId weight = kNone;
    View out;
};

// RMS norm of each head of each row: out = in / sqrt(mean(in^2) + epsilon) * weight.
// in and out: the same heads and width; may be the same view (QK norm, latents).
struct Norm {
    WeightId weight = kNone;  // [width of a head], shared by the heads
    float epsilon = 0;
    View in;
    View out;
};

// out_i = W_i in (+ b_i). The parts share their input: Q K V, gate and up, q_a and kv_a.
struct ProjectPart {
    WeightId weight = kNone;
    WeightId bias = kNone;
    View out;
};
struct Project {
    View in;
    std::vector<ProjectPart> parts;
};

// Head h of the output = slice h of the weight times head h of the input.
struct HeadProject {
    WeightId weight = kNone;
    View in;
    View out;
};

struct Rotate {
    RotationId rotation = kNone;
    View view;  // heads of the rotation's width
};

// T slots from the cache's length on. KeyValue: key [G heads], value [G heads].
// Latent: key = c [1 head of C], value = k_pe [1 head of R].
struct CacheWrite {
    CacheId cache = kNone;
    View key;
    View value;
};

// o = softmax(scale * q k) v over the slots up to each row's own, KV head = h / (H / G).
struct Attend {
    CacheId cache = kNone;
    double scale = 1;
    View query;  // [T, H heads of D]
    View out;    // [T, H heads of the value's width]
};

// Absorbed latent attention: scores scale * (u_h . c_t + q_pe_h . k_pe_t), r_h = sum a_t c_t.
struct LatentAttend {
    CacheId cache = kNone;
    double scale = 1;
    View latent_query;  // u, [T, H heads of C]
    View rope_query;    // q_pe, [T, H heads of R]
    View out;           // r, [T, H heads of C]
};

// out = silu(gate) * up.
struct GatedUnit {
    View gate;
    View up;
    View out;
};

// Chooses k of X experts for each row (facts of the router: architecture's own page).
// Computed in float32; ties go to the lower index.
struct Route {
    enum class Gate { Softmax, Sigmoid };
    WeightId weight = kNone;  // [X, E] F32
    WeightId bias = kNone;    // [X], added for the choice only
    Gate gate = Gate::Softmax;
    int experts = 0;
    int used = 0;
    int groups = 1;  // 1: no groups
    int groups_used = 1;
    bool normalise = false;
    float scale = 1;
    View in;
    View ids;      // [T, used] int32, ascending
    View weights;  // [T, used] float32, in the order of ids
};

// out = sum over the chosen experts of weight * down(silu(gate in) * (up in)), ascending expert id.
struct Experts {
    WeightId gate = kNone;  // X slices [Fe, E]
    WeightId up = kNone;    // X slices [Fe, E]
    WeightId down = kNone;  // X slices [E, Fe]
    View in;
    View ids;
    View weights;
    View out;
};

struct Add {
    View target;  // target += source
    View source;
};

// Keeps the S rows that the batch asks for: out_i = wanted rows of in_i, in ascending order.
struct Select {
    struct Pair {
        View in;
        View out;
    };
    std::vector<Pair> pairs;
};

// logits [S, vocabulary] = W in.
struct Logits {
    WeightId weight = kNone;
    View in;
};

using Action = std::variant<Embed, Norm, Project, HeadProject, Rotate, CacheWrite, Attend,
                            LatentAttend, GatedUnit, Route, Experts, Add, Select, Logits>;

// A step and the class whose placement it follows (norms and the router go with their half of the
// layer; Experts is RoutedExpert).
struct Step {
    WeightClass home = WeightClass::Attention;
    Action action;
};
std::string_view step_name(const Step& step);

struct Layer {
    int index = 0;  // -1: before the blocks; the number of blocks: behind them
    std::vector<Step> steps;
};

struct Plan {
    std::string architecture;
    int width = 0;       // E
    int vocabulary = 0;  // rows of the output matrix
    int block_count = 0;
    int context_length = 0;  // as trained
    std::vector<Buffer> buffers;
    std::vector<Weight> weights;
    std::vector<CacheSpec> caches;
    std::vector<Rotation> rotations;
    std::vector<Layer> layers;  // -1, 0 … block_count

    BufferId residual = kNone;  // x: lives through all layers
};

// What a step reads and writes, for placing buffers, cutting and checking.
std::vector<BufferId> buffers_read(const Step& step);
std::vector<BufferId> buffers_written(const Step& step);
std::vector<WeightId> weights_used(const Step& step);
CacheId cache_used(const Step& step);  // kNone for most

// Bytes of the weight as the plan's format has it (not packed, not padded).
std::uint64_t weight_bytes(const Weight& weight);

// Bytes that one token at batch 1 reads: every weight once, of the experts only those used, of the
// embedding nothing; plus `cached` slots of each cache.
std::uint64_t bytes_per_token(const Plan& plan, CacheType cache, int cached);

// Bytes of a row of `count` numbers in a cache.
std::uint64_t cache_row_bytes(CacheType type, int count);

}  // namespace deepwell::engine
