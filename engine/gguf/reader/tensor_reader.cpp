#include <fmt/format.h>

#include "engine/base/utf8.h"
#include "engine/gguf/reader/caps.h"
#include "engine/gguf/reader/header_reader.h"

namespace deepwell::engine {
namespace {

Result<std::string> read_name(ByteReader& reader, std::uint64_t index) {
    const std::string what = fmt::format("tensor {}", index);
    const auto length = reader.number<std::uint64_t>();
    if (!reader.ok()) return reading_failed(reader, what);
    if (length == 0 || length > caps::kTensorNameBytes) {
        return damaged(reader, "The model file has a tensor whose name is empty or too long.",
                       fmt::format("{}, {} bytes", what, length));
    }
    std::string name;
    reader.append_to(name, length);
    if (!reader.ok()) return reading_failed(reader, what);
    if (!is_valid_utf8(name) || name.find('\0') != name.npos || name.find('/') != name.npos) {
        return damaged(reader, "The model file has a tensor whose name is not valid.", what);
    }
    return name;
}

Result<void> read_dims(ByteReader& reader, TensorInfo& tensor) {
    const auto count = reader.number<std::uint32_t>();
    if (!reader.ok()) return reading_failed(reader, tensor.name);
    if (count == 0 || count > caps::kDims) {
        return damaged(reader,
                       fmt::format("The tensor {} has {} dimensions; 1 to 4 are possible.",
                                   tensor.name, count),
                       tensor.name);
    }
    tensor.dim_count = static_cast<int>(count);
    for (std::uint32_t i = 0; i < count; ++i) {
        tensor.dims[i] = reader.number<std::uint64_t>();
        if (!reader.ok()) return reading_failed(reader, tensor.name);
        if (tensor.dims[i] == 0 || tensor.dims[i] > caps::kDim) {
            return damaged(reader,
                           fmt::format("The size of the tensor {} does not fit: dimension {} is "
                                       "{}.",
                                       tensor.name, i, tensor.dims[i]),
                           tensor.name);
        }
    }
    return {};
}

// The tensor's bytes, with every product checked.
Result<void> measure(const ByteReader& reader, TensorInfo& tensor) {
    if (tensor.dims[0] % tensor.type->block_values != 0) {
        return damaged(reader,
                       fmt::format("The rows of the tensor {} do not divide into blocks of {}.",
                                   tensor.name, tensor.type->block_values),
                       describe(tensor));
    }
    std::uint64_t rows = 1;
    std::uint64_t elements = 0;
    bool overflow = false;
    for (std::size_t i = 1; i < tensor.dims.size(); ++i) {
        overflow |= __builtin_mul_overflow(rows, tensor.dims[i], &rows);
    }
    overflow |= __builtin_mul_overflow(rows, tensor.dims[0], &elements);
    overflow |= __builtin_mul_overflow(rows, tensor.row_bytes(), &tensor.bytes);
    if (overflow) {
        return damaged(reader, fmt::format("The size of the tensor {} does not fit.", tensor.name),
                       describe(tensor));
    }
    return {};
}

Result<TensorInfo> read_tensor_info(ByteReader& reader, std::uint64_t index,
                                    std::uint64_t alignment) {
    TensorInfo tensor;
    auto name = read_name(reader, index);
    if (!name) return fail(std::move(name.error()));
    tensor.name = std::move(*name);
    if (auto dims = read_dims(reader, tensor); !dims) return fail(std::move(dims.error()));
    const auto type_id = reader.number<std::uint32_t>();
    tensor.offset = reader.number<std::uint64_t>();
    if (!reader.ok()) return reading_failed(reader, tensor.name);
    auto type = find_tensor_type(type_id);
    if (!type) {
        Error error = std::move(type.error());
        error.context = fmt::format("byte {}, {}", reader.position(), tensor.name);
        return fail(std::move(error));
    }
    tensor.type = *type;
    if (auto measured = measure(reader, tensor); !measured) {
        return fail(std::move(measured.error()));
    }
    if (tensor.offset % alignment != 0) {
        return damaged(
            reader,
            fmt::format("The place of the tensor {} is not a multiple of the file's "
                        "alignment.",
                        tensor.name),
            fmt::format("{}, offset {}, alignment {}", describe(tensor), tensor.offset, alignment));
    }
    return tensor;
}

}  // namespace

Result<std::vector<TensorInfo>> read_tensor_infos(ByteReader& reader, std::uint64_t count,
                                                  std::uint64_t alignment) {
    if (count > reader.left() / caps::kLeastTensorBytes) {
        return damaged(reader, "The model file claims more tensors than it can hold.",
                       fmt::format("{} tensors", count));
    }
    std::vector<TensorInfo> tensors;
    tensors.reserve(static_cast<std::size_t>(count));
    for (std::uint64_t i = 0; i < count; ++i) {
        auto tensor = read_tensor_info(reader, i, alignment);
        if (!tensor) return fail(std::move(tensor.error()));
        tensors.push_back(std::move(*tensor));
    }
    return tensors;
}

}  // namespace deepwell::engine
