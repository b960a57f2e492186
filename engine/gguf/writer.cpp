#include "engine/gguf/writer.h"

#include <fmt/format.h>

#include <algorithm>

#include "engine/gguf/reader/caps.h"

namespace deepwell::engine {
namespace {

constexpr std::uint32_t kVersion = 3;

template <class T>
void append_number(std::string& bytes, T number) {
    bytes.append(reinterpret_cast<const char*>(&number), sizeof number);
}

void append_string(std::string& bytes, std::string_view text) {
    append_number(bytes, std::uint64_t{text.size()});
    bytes += text;
}

void append_value(std::string& bytes, const Value& value) {
    append_number(bytes, static_cast<std::uint32_t>(value.type()));
    if (value.is_array()) {
        append_number(bytes, static_cast<std::uint32_t>(value.element_type()));
        append_number(bytes, value.size());
    } else if (value.type() == ValueType::string) {
        append_number(bytes, std::uint64_t{value.raw().size()});
    }
    bytes += value.raw();
}

std::uint64_t padded(std::uint64_t size, std::uint64_t alignment) {
    return (size + alignment - 1) / alignment * alignment;
}

Result<std::uint64_t> alignment_of(const Metadata& metadata) {
    const auto alignment = metadata.unsigned_or("general.alignment", 32);
    if (!alignment) return fail(alignment.error());
    if (*alignment == 0 || *alignment > caps::kAlignment) {
        return fail(ErrorCode::InvalidArgument, "The alignment must be 1 to 65536.",
                    std::to_string(*alignment));
    }
    return *alignment;
}

}  // namespace

Result<void> GgufWriter::add_tensor(std::string name, std::uint32_t type_id,
                                    std::span<const std::uint64_t> dims) {
    const auto type = find_tensor_type(type_id);
    if (!type) return fail(type.error());
    TensorInfo tensor;
    tensor.type = *type;
    tensor.dim_count = static_cast<int>(dims.size());
    if (dims.empty() || dims.size() > tensor.dims.size() ||
        dims[0] % tensor.type->block_values != 0) {
        return fail(ErrorCode::InvalidArgument, "The tensor's shape does not fit its type.", name);
    }
    std::copy(dims.begin(), dims.end(), tensor.dims.begin());
    tensor.name = std::move(name);
    tensor.bytes = tensor.rows() * tensor.row_bytes();
    tensors_.push_back(std::move(tensor));
    return {};
}

Result<std::string> GgufWriter::header() const {
    const auto alignment = alignment_of(metadata_);
    if (!alignment) return fail(alignment.error());
    std::string bytes = "GGUF";
    append_number(bytes, kVersion);
    append_number(bytes, std::uint64_t{tensors_.size()});
    append_number(bytes, std::uint64_t{metadata_.entries().size()});
    for (const Metadata::Entry& entry : metadata_.entries()) {
        append_string(bytes, entry.key);
        append_value(bytes, entry.value);
    }
    std::uint64_t offset = 0;
    for (const TensorInfo& tensor : tensors_) {
        append_string(bytes, tensor.name);
        append_number(bytes, static_cast<std::uint32_t>(tensor.dim_count));
        for (int i = 0; i < tensor.dim_count; ++i) {
            append_number(bytes, tensor.dims[static_cast<std::size_t>(i)]);
        }
        append_number(bytes, tensor.type->id);
        append_number(bytes, offset);
        offset += padded(tensor.bytes, *alignment);
    }
    bytes.resize(padded(bytes.size(), *alignment), '\0');
    return bytes;
}

Result<void> GgufWriter::begin(const std::filesystem::path& path) {
    const auto bytes = header();
    if (!bytes) return fail(bytes.error());
    path_ = path;
    current_ = 0;
    written_ = 0;
    out_.open(path, std::ios::binary | std::ios::trunc);
    out_.write(bytes->data(), static_cast<std::streamsize>(bytes->size()));
    return check_written();
}

Result<void> GgufWriter::append(std::span<const std::byte> bytes) {
    const std::uint64_t alignment = alignment_of(metadata_).value_or(32);
    while (!bytes.empty()) {
        if (current_ == tensors_.size()) {
            return fail(ErrorCode::InvalidArgument, "More bytes than the tensors have.",
                        path_.string());
        }
        const std::uint64_t wanted = tensors_[current_].bytes;
        const auto step = std::min<std::uint64_t>(bytes.size(), wanted - written_);
        out_.write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(step));
        bytes = bytes.subspan(step);
        written_ += step;
        if (written_ < wanted) continue;
        const std::string padding(padded(wanted, alignment) - wanted, '\0');
        out_.write(padding.data(), static_cast<std::streamsize>(padding.size()));
        ++current_;
        written_ = 0;
    }
    return check_written();
}

Result<void> GgufWriter::finish() {
    if (current_ != tensors_.size()) {
        return fail(ErrorCode::InvalidArgument, "Bytes of a tensor are missing.",
                    tensors_[current_].name);
    }
    out_.close();
    return check_written();
}

Result<void> GgufWriter::check_written() const {
    if (out_.good()) return {};
    return fail(ErrorCode::FileNotReadable,
                "The file cannot be written: the folder is missing or the disk is full.",
                path_.string());
}

}  // namespace deepwell::engine
