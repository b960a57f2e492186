#include "engine/backend/file_tensor_reader.h"

#include <fmt/format.h>

namespace deepwell::engine {

Result<void> FileTensorReader::read(std::string_view tensor, std::uint64_t offset,
                                    std::span<std::byte> out) const {
    const TensorInfo* info = file_->find_tensor(tensor);
    if (info == nullptr) {
        return fail(ErrorCode::Internal, fmt::format("The file has no tensor {}.", tensor));
    }
    return file_->read(*info, offset, out);
}

}  // namespace deepwell::engine
