// Writes a plan, checking every shape as it goes. An architecture reads like the paper's formulas:
//
//   View y = plan.norm(x, w("attn_norm", {E}));
//   auto [gate, up] = plan.project<2>(y, {w("ffn_gate", {E, F}), w("ffn_up", {E, F})});
//   plan.add(x, plan.project(plan.gated_unit(gate, up), w("ffn_down", {F, E})));
//
// The first error sticks (a tensor that is missing or of a wrong shape, named): what follows does
// nothing, and finish() hands the error out. So no line of an architecture has to look at errors.
#pragma once

#include <array>
#include <initializer_list>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>

#include "engine/base/result.h"
#include "engine/models/model_description.h"
#include "engine/models/plan.h"

namespace deepwell::engine {

// A projection's weight and, where the file has one, its bias.
struct Linear {
    WeightId weight = kNone;
    WeightId bias = kNone;
};

class PlanBuilder {
public:
    explicit PlanBuilder(const ModelDescription& description);

    // --- weights: tensors of the file by name -------------------------------------------------
    // Checked: there, of these dims (dims[0] = row length), norms and biases F32 or F16.
    // Errors: FileDamaged, naming the tensor and both shapes.
    WeightId norm_weight(const std::string& tensor, int width);
    WeightId bias(const std::string& tensor, int width);
    // tensor.weight [columns, rows], and tensor.bias [rows] where the file has it.
    Linear linear(const std::string& tensor, int columns, int rows, WeightClass weight_class);
    // tensor [columns, rows, slices]; a 2-d tensor [columns, rows * slices] is the same bytes.
    WeightId slices(const std::string& tensor, int columns, int rows, int slices,
                    WeightClass weight_class);
    // Per slice, `rows` rows of a 2-d tensor from first_row + slice * stride on.
    WeightId row_range(const std::string& tensor, int columns, int rows, int slices,
                       std::int64_t first_row, std::int64_t stride, WeightClass weight_class);
    // The same rows turned over: weight [columns of the tensor, rows taken] a slice.
    WeightId transposed_row_range(const std::string& tensor, int tensor_columns, int rows_taken,
                                  int slices, std::int64_t first_row, std::int64_t stride,
                                  WeightClass weight_class);
    bool has(std::string_view tensor) const;
    // A tensor that the file may have and that nothing is computed with.
    void ignore(const std::string& tensor);

    CacheId key_value_cache(int layer, int kv_heads, int key_width, int value_width);
    CacheId latent_cache(int layer, int latent_width, int rope_width);
    RotationId rotation(Rotation rotation);  // an equal one is shared

    // --- layers ---------------------------------------------------------------------------------
    void begin_layer(int index);        // -1, 0 …, in order
    void begin_part(WeightClass home);  // what the following steps are placed with

    View embed(const std::string& tensor);           // begins the residual stream
    View norm(View in, WeightId weight);             // into a buffer of its own
    void norm_in_place(View view, WeightId weight);  // heads, latents
    View project(View in, Linear linear);
    template <std::size_t N>
    std::array<View, N> project(View in, const std::array<Linear, N>& parts) {
        std::array<View, N> out;
        project_parts(in, parts, out);
        return out;
    }
    View head_project(View in, WeightId weight);
    void rotate(View view, RotationId rotation);
    void write(CacheId cache, View key, View value);
    View attend(CacheId cache, View query, double scale);
    View latent_attend(CacheId cache, View latent_query, View rope_query, double scale);
    View gated_unit(View gate, View up);
    struct Routing {
        View ids;
        View weights;
    };
    // The fields that are not views or weights are taken from `route`.
    Routing route(View in, WeightId weight, WeightId bias, Route route);
    View experts(View in, Routing routing, WeightId gate, WeightId up, WeightId down);
    void add(View target, View source);
    void select(std::initializer_list<View*> views);  // each becomes a view of the rows kept
    void logits(View in, Linear linear);

    const ModelDescription& description() const { return description_; }

    // The plan, or the first error. Also refuses a file with tensors `.bias` or `_norm.weight` in a
    // layer that nothing used: ignoring one silently gives wrong output.
    Result<Plan> finish();

private:
    const TensorShape* find(const std::string& tensor);
    // The tensor if it has the shape `wanted` or (the same bytes) `also`; else null and an error.
    const TensorShape* checked(const std::string& tensor, std::vector<std::uint64_t> wanted,
                               std::vector<std::uint64_t> also);
    WeightId vector_weight(const std::string& tensor, int width);
    void error(ErrorCode code, std::string message, std::string context);
    void expect(bool condition, std::string_view what);
    View new_view(std::string_view name, int heads, int width, View like,
                  ElementType element = ElementType::Float32);
    WeightId add_weight(Weight weight);
    const Weight& weight(WeightId id) const;
    void project_parts(View in, std::span<const Linear> parts, std::span<View> out);
    void push(Action action);

    const ModelDescription& description_;
    Plan plan_;
    std::optional<Error> error_;
    WeightClass home_ = WeightClass::Embedding;
    std::set<std::string, std::less<>> used_;
    std::map<std::string, int> names_in_layer_;
};

// Views: some heads of a row, or a part of each head.
View heads(View row, int count);              // the row cut into `count` equal heads
View part(View view, int offset, int width);  // columns offset … of each head

}  // namespace deepwell::engine
