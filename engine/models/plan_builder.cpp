#include "engine/models/plan_builder.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "kernels/formats/table.h"

namespace deepwell::engine {
namespace {

using kernels::Format;

std::string shape_text(std::span<const std::uint64_t> dims) {
    return fmt::format("[{}]", fmt::join(dims.begin(), dims.end(), ", "));
}

// Trailing dimensions of 1 count as missing.
std::vector<std::uint64_t> trimmed(std::vector<std::uint64_t> dims) {
    while (dims.size() > 1 && dims.back() == 1) dims.pop_back();
    return dims;
}

bool is_float_vector(Format format) {
    return format == Format::F32 || format == Format::F16;
}

}  // namespace

PlanBuilder::PlanBuilder(const ModelDescription& description) : description_(description) {
    plan_.architecture = description.architecture;
    plan_.width = description.width;
    plan_.block_count = description.block_count;
    plan_.context_length = description.context_length;
}

void PlanBuilder::error(ErrorCode code, std::string message, std::string context) {
    if (!error_) error_ = Error{code, std::move(message), std::move(context)};
}

// A plan that contradicts itself although every tensor has the shape it was asked for: the keys of
// the file do not fit each other in a way that no check of description.cpp knows, or our mistake.
void PlanBuilder::expect(bool condition, std::string_view what) {
    if (condition || error_) return;
    error(ErrorCode::FileDamaged,
          "The model's settings contradict each other; the file cannot be run.",
          fmt::format("layer {}: {}", plan_.layers.empty() ? -1 : plan_.layers.back().index, what));
}

const TensorShape* PlanBuilder::find(const std::string& tensor) {
    const auto found = description_.tensors.find(tensor);
    if (found == description_.tensors.end()) {
        error(ErrorCode::FileDamaged, fmt::format("The model file lacks the tensor {}.", tensor),
              tensor);
        return nullptr;
    }
    used_.insert(tensor);
    return &found->second;
}

bool PlanBuilder::has(std::string_view tensor) const {
    return description_.tensors.find(tensor) != description_.tensors.end();
}

void PlanBuilder::ignore(const std::string& tensor) {
    used_.insert(tensor);
}

WeightId PlanBuilder::add_weight(Weight weight) {
    plan_.weights.push_back(std::move(weight));
    return static_cast<WeightId>(plan_.weights.size()) - 1;
}

const Weight& PlanBuilder::weight(WeightId id) const {
    return plan_.weights[id];
}

// Looks a tensor up and compares its shape; `also` is a second shape with the same order of bytes.
static bool has_shape(const TensorShape& shape, const std::vector<std::uint64_t>& wanted,
                      const std::vector<std::uint64_t>& also) {
    const auto dims = trimmed(shape.dims);
    return dims == trimmed(wanted) || (!also.empty() && dims == trimmed(also));
}

WeightId PlanBuilder::norm_weight(const std::string& tensor, int width) {
    return vector_weight(tensor, width);
}

WeightId PlanBuilder::bias(const std::string& tensor, int width) {
    return vector_weight(tensor, width);
}

WeightId PlanBuilder::vector_weight(const std::string& tensor, int width) {
    const TensorShape* shape = checked(tensor, {static_cast<std::uint64_t>(width)}, {});
    if (shape == nullptr) return kNone;
    if (!is_float_vector(shape->format)) {
        error(ErrorCode::FileDamaged,
              fmt::format("The tensor {} is {}, but a norm or bias must be F32 or F16.", tensor,
                          kernels::format_info(shape->format).name),
              tensor);
        return kNone;
    }
    Weight weight;
    weight.tensor = tensor;
    weight.weight_class = WeightClass::Norm;
    weight.format = weight.file_format = shape->format;
    weight.rows = 1;
    weight.columns = width;
    return add_weight(std::move(weight));
}

const TensorShape* PlanBuilder::checked(const std::string& tensor,
                                        std::vector<std::uint64_t> wanted,
                                        std::vector<std::uint64_t> also) {
    const TensorShape* shape = find(tensor);
    if (shape == nullptr) return nullptr;
    if (!has_shape(*shape, wanted, also)) {
        error(ErrorCode::FileDamaged,
              fmt::format("The tensor {} has the shape {} where {} belongs.", tensor,
                          shape_text(shape->dims), shape_text(wanted)),
              tensor);
        return nullptr;
    }
    return shape;
}

Linear PlanBuilder::linear(const std::string& tensor, int columns, int rows,
                           WeightClass weight_class) {
    const std::string name = tensor + ".weight";
    const TensorShape* shape =
        checked(name, {static_cast<std::uint64_t>(columns), static_cast<std::uint64_t>(rows)}, {});
    if (shape == nullptr) return {};
    Weight weight;
    weight.tensor = name;
    weight.weight_class = weight_class;
    weight.format = weight.file_format = shape->format;
    weight.rows = rows;
    weight.columns = columns;
    Linear result;
    result.weight = add_weight(std::move(weight));
    if (has(tensor + ".bias")) result.bias = bias(tensor + ".bias", rows);
    return result;
}

WeightId PlanBuilder::slices(const std::string& tensor, int columns, int rows, int slices,
                             WeightClass weight_class) {
    const auto n = static_cast<std::uint64_t>(columns);
    const auto m = static_cast<std::uint64_t>(rows);
    const auto count = static_cast<std::uint64_t>(slices);
    const TensorShape* shape = checked(tensor, {n, m, count}, {n, m * count});
    if (shape == nullptr) return kNone;
    Weight weight;
    weight.tensor = tensor;
    weight.weight_class = weight_class;
    weight.format = weight.file_format = shape->format;
    weight.rows = rows;
    weight.columns = columns;
    weight.slices = slices;
    weight.slice_stride = rows;
    return add_weight(std::move(weight));
}

WeightId PlanBuilder::row_range(const std::string& tensor, int columns, int rows, int slices,
                                std::int64_t first_row, std::int64_t stride,
                                WeightClass weight_class) {
    const auto all_rows = static_cast<std::uint64_t>(stride) * static_cast<std::uint64_t>(slices);
    const TensorShape* shape = checked(tensor, {static_cast<std::uint64_t>(columns), all_rows}, {});
    if (shape == nullptr) return kNone;
    Weight weight;
    weight.tensor = tensor;
    weight.weight_class = weight_class;
    weight.format = weight.file_format = shape->format;
    weight.rows = rows;
    weight.columns = columns;
    weight.slices = slices;
    weight.first_row = first_row;
    weight.slice_stride = stride;
    return add_weight(std::move(weight));
}

WeightId PlanBuilder::transposed_row_range(const std::string& tensor, int tensor_columns,
                                           int rows_taken, int slices, std::int64_t first_row,
                                           std::int64_t stride, WeightClass weight_class) {
    const WeightId id =
        row_range(tensor, tensor_columns, rows_taken, slices, first_row, stride, weight_class);
    if (id == kNone) return kNone;
    Weight& weight = plan_.weights[id];
    weight.transposed = true;
    std::swap(weight.rows, weight.columns);
    const bool wide = weight.file_format == Format::F32 || weight.file_format == Format::BF16;
    weight.format = wide ? Format::F32 : Format::F16;
    return id;
}

CacheId PlanBuilder::key_value_cache(int layer, int kv_heads, int key_width, int value_width) {
    CacheSpec spec;
    spec.kind = CacheSpec::Kind::KeyValue;
    spec.layer = layer;
    spec.kv_heads = kv_heads;
    spec.key_width = key_width;
    spec.value_width = value_width;
    plan_.caches.push_back(spec);
    return static_cast<CacheId>(plan_.caches.size()) - 1;
}

CacheId PlanBuilder::latent_cache(int layer, int latent_width, int rope_width) {
    CacheSpec spec;
    spec.kind = CacheSpec::Kind::Latent;
    spec.layer = layer;
    spec.latent_width = latent_width;
    spec.rope_width = rope_width;
    plan_.caches.push_back(spec);
    return static_cast<CacheId>(plan_.caches.size()) - 1;
}

RotationId PlanBuilder::rotation(Rotation rotation) {
    for (std::size_t i = 0; i < plan_.rotations.size(); ++i) {
        if (plan_.rotations[i] == rotation) return static_cast<RotationId>(i);
    }
    plan_.rotations.push_back(std::move(rotation));
    return static_cast<RotationId>(plan_.rotations.size()) - 1;
}

Result<Plan> PlanBuilder::finish() {
    if (error_) return fail(std::move(*error_));
    for (const auto& [name, shape] : description_.tensors) {
        const bool telling = name.ends_with(".bias") || name.ends_with("_norm.weight");
        if (!telling || !name.starts_with("blk.") || used_.contains(name)) continue;
        // Layers for multi-token prediction lie behind the blocks and are not run.
        const int layer = std::atoi(name.c_str() + 4);
        if (layer >= description_.block_count) continue;
        return fail(ErrorCode::UnsupportedArchitecture,
                    fmt::format("The model has a tensor ({}) that this architecture ({}) does not "
                                "know; running without it would give wrong output.",
                                name, plan_.architecture),
                    name);
    }
    return std::move(plan_);
}

}  // namespace deepwell::engine
