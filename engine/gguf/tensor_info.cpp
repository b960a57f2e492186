#include "engine/gguf/tensor_info.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <span>

namespace deepwell::engine {

std::string describe(const TensorInfo& tensor) {
    const std::span dims(tensor.dims.data(), static_cast<std::size_t>(tensor.dim_count));
    return fmt::format("{} {{{}}} {}", tensor.name, fmt::join(dims, ", "),
                       tensor.type == nullptr ? "?" : tensor.type->name);
}

}  // namespace deepwell::engine
