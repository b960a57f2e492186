// Loading a program's weights onto the card.
#include <algorithm>
#include <cstring>

#include "engine/backend/cuda/cuda_program.h"
#include "kernels/cuda/code_books.h"
#include "kernels/cuda/planes.h"
#include "kernels/formats/table.h"

namespace deepwell::engine {

namespace card = kernels::cuda;

Result<void> CudaProgram::upload(const Progress& progress, const StopFlag& stop) {
    const card::CodeBooks books = card::code_books();
    auto copied = check(
        card::copy_to_device(weights_.at(layout_->code_books), &books, sizeof books, stream_));
    if (copied) copied = check(card::synchronize(stream_));
    if (!copied) return copied;
    std::uint64_t done = 0;
    for (const auto& [id, offset] : layout_->weights) {
        if (stop.stop_requested()) return fail(ErrorCode::Cancelled, "Loading was stopped.");
        const Weight& weight = plan_.weights[id];
        auto uploaded = layout_->as_floats.contains(id)
                            ? upload_floats(weight, weights_.at(offset))
                            : upload_matrix(weight, weights_.at(offset));
        if (!uploaded) return uploaded;
        done += engine::weight_bytes(weight);
        if (progress) {
            progress(std::min(
                1.0, static_cast<double>(done) /
                         static_cast<double>(std::max<std::uint64_t>(1, layout_->weight_bytes))));
        }
    }
    return check(card::synchronize(stream_));
}

Result<void> CudaProgram::upload_matrix(const Weight& weight, std::byte* to) {
    const std::int64_t chunk = std::min(rows_a_chunk(weight), weight.rows);
    const std::uint64_t row = kernels::row_bytes(weight.format, weight.columns);
    std::vector<std::byte> read(chunk * row);
    std::vector<std::byte> packed;
    for (std::int64_t first = 0; first < weight.rows; first += chunk) {
        const std::int64_t count = std::min(chunk, weight.rows - first);
        auto got = reader_->read(weight.tensor, (weight.first_row + first) * row,
                                 std::span(read).first(count * row));
        if (!got) return got;
        const std::uint64_t bytes = card::device_bytes(weight.format, count, weight.columns);
        packed.resize(bytes);
        card::pack_rows(weight.format, read.data(), count, weight.columns, packed.data());
        const std::uint64_t at = card::device_bytes(weight.format, first, weight.columns);
        if (auto copied = check(card::copy_to_device(to + at, packed.data(), bytes, stream_));
            !copied) {
            return copied;
        }
        // The staging memory is used again for the next piece.
        if (auto waited = check(card::synchronize(stream_)); !waited) return waited;
    }
    return {};
}

// Norms and biases are float32 on the card, whatever the file has.
Result<void> CudaProgram::upload_floats(const Weight& weight, std::byte* to) {
    const auto& format = *kernels::find_format(static_cast<std::uint32_t>(weight.format));
    const std::uint64_t row = kernels::row_bytes(weight.format, weight.columns);
    std::vector<std::byte> read(weight.rows * row);
    auto got = reader_->read(weight.tensor, weight.first_row * row, read);
    if (!got) return got;
    std::vector<float> values(weight.rows * weight.columns);
    for (std::size_t b = 0; b < values.size() / format.block_values; ++b) {
        format.decode(read.data() + b * format.block_bytes,
                      values.data() + b * format.block_values);
    }
    if (auto copied = check(card::copy_to_device(to, values.data(), 4 * values.size(), stream_));
        !copied) {
        return copied;
    }
    return check(card::synchronize(stream_));
}

}  // namespace deepwell::engine
