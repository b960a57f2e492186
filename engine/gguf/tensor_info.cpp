#include "engine/gguf/tensor_info.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <span>

#include "kernels/formats/table.h"

namespace deepwell::engine {

std::optional<kernels::Format> TensorInfo::format() const {
    const kernels::FormatInfo* info = kernels::find_format(type->id);
    if (info == nullptr) return std::nullopt;
    return info->format;
}

std::string describe(const TensorInfo& tensor) {
    const std::span dims(tensor.dims.data(), static_cast<std::size_t>(tensor.dim_count));
    return fmt::format("{} {{{}}} {}", tensor.name, fmt::join(dims, ", "),
                       tensor.type == nullptr ? "?" : tensor.type->name);
}

}  // namespace deepwell::engine
