#include "engine/gguf/reader/part_reader.h"

#include <fmt/format.h>

#include <algorithm>

#include "engine/gguf/reader/header_reader.h"

namespace deepwell::engine {
namespace {

// Makes offsets absolute and holds them against the size of the file.
Result<void> place_tensors(const InputFile& file, std::uint64_t header_end, std::uint64_t alignment,
                           std::vector<TensorInfo>& tensors) {
    if (tensors.empty()) return {};
    const std::uint64_t data = (header_end + alignment - 1) / alignment * alignment;
    std::uint64_t end_of_all = data;
    const TensorInfo* last = nullptr;
    for (TensorInfo& tensor : tensors) {
        std::uint64_t end = 0;
        if (__builtin_add_overflow(tensor.offset, data, &tensor.offset) ||
            __builtin_add_overflow(tensor.offset, tensor.bytes, &end)) {
            return fail(ErrorCode::FileDamaged,
                        fmt::format("The place of the tensor {} does not fit.", tensor.name),
                        describe(tensor));
        }
        if (end > end_of_all) {
            end_of_all = end;
            last = &tensor;
        }
    }
    if (end_of_all > file.size()) {
        return fail(ErrorCode::FileDamaged,
                    fmt::format("The download was not finished: {} bytes of the model file are "
                                "missing. Get it again.",
                                end_of_all - file.size()),
                    fmt::format("{} ends at byte {}, the file has {} bytes",
                                last == nullptr ? "header" : last->name, end_of_all, file.size()));
    }
    return {};
}

Result<void> check_apart(const std::vector<TensorInfo>& tensors) {
    std::vector<const TensorInfo*> order;
    order.reserve(tensors.size());
    for (const TensorInfo& tensor : tensors) order.push_back(&tensor);
    std::sort(order.begin(), order.end(),
              [](const TensorInfo* a, const TensorInfo* b) { return a->offset < b->offset; });
    for (std::size_t i = 1; i < order.size(); ++i) {
        const TensorInfo& before = *order[i - 1];
        if (before.offset + before.bytes > order[i]->offset) {
            return fail(ErrorCode::FileDamaged,
                        fmt::format("The tensors {} and {} overlap.", before.name, order[i]->name),
                        fmt::format("byte {}", order[i]->offset));
        }
    }
    return {};
}

Result<PartHeader> read_header(const InputFile& file, std::uint32_t part) {
    ByteReader reader(file);
    const auto counts = read_signature(reader);
    if (!counts) return fail(counts.error());
    auto metadata = read_metadata(reader, counts->keys);
    if (!metadata) return fail(std::move(metadata.error()));
    const auto alignment = read_alignment(*metadata);
    if (!alignment) return fail(alignment.error());
    auto tensors = read_tensor_infos(reader, counts->tensors, *alignment);
    if (!tensors) return fail(std::move(tensors.error()));
    if (auto placed = place_tensors(file, reader.position(), *alignment, *tensors); !placed) {
        return fail(std::move(placed.error()));
    }
    if (auto apart = check_apart(*tensors); !apart) return fail(std::move(apart.error()));
    for (TensorInfo& tensor : *tensors) tensor.part = part;
    return PartHeader{counts->version, std::move(*metadata), std::move(*tensors)};
}

}  // namespace

Result<PartHeader> read_part(const InputFile& file, std::uint32_t part) {
    auto header = read_header(file, part);
    if (!header) {
        Error error = std::move(header.error());
        error.context = fmt::format("{}: {}", file.path().filename().string(), error.context);
        return fail(std::move(error));
    }
    return header;
}

}  // namespace deepwell::engine
