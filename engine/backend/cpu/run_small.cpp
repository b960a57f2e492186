// Embedding rows, norms, rotation, sums: what is small beside the products.
#include <fmt/format.h>

#include <cstring>

#include "engine/backend/cpu/cpu_program.h"
#include "kernels/cpu/activations.h"
#include "kernels/cpu/elementwise.h"
#include "kernels/cpu/norm.h"
#include "kernels/cpu/rope.h"
#include "kernels/formats/table.h"

namespace deepwell::engine::cpu {

// The rows of the tokens, by pread: the matrix itself is not kept.
Result<void> CpuProgram::run(const EmbedRows& operation) {
    const Weight& weight = plan_.weights[operation.step.weight];
    const auto row_bytes =
        static_cast<std::uint64_t>(kernels::row_bytes(weight.file_format, weight.columns));
    embedding_row_.resize(row_bytes);
    float* out = floats(operation.step.out);
    for (TokenId token : running_.tokens) {
        if (token < 0 || token >= weight.rows) {
            return fail(
                ErrorCode::InvalidArgument,
                fmt::format("There is no token {} in a vocabulary of {}.", token, weight.rows));
        }
        auto read = reader_->read(weight.tensor, static_cast<std::uint64_t>(token) * row_bytes,
                                  embedding_row_);
        if (!read) return read;
        kernels::decode_row(weight.file_format, embedding_row_.data(), weight.columns, out);
        out += stride(operation.step.out);
    }
    return {};
}

void CpuProgram::quantize_row(const View& view, ShadowId id, int row) {
    quantize_part(view, id, row, 0, view.columns());
}

void CpuProgram::quantize_part(const View& view, ShadowId id, int row, std::int64_t first,
                               std::int64_t last) {
    using kernels::cpu::quantized_row_bytes;
    kernels::cpu::quantize_rows(
        isa_, floats(view) + row * stride(view) + first, stride(view), last - first, 1,
        shadow(id) + static_cast<std::size_t>(row) * quantized_row_bytes(view.columns()) +
            quantized_row_bytes(first));
}

Result<void> CpuProgram::run(const NormRows& operation) {
    const Norm& step = operation.step;
    const float* weight = vector(step.weight);
    each_row(rows(step.in), [&](int row) {
        kernels::cpu::rms_norm(floats(step.in) + row * stride(step.in), step.in.stride,
                               step.in.heads, step.in.width, weight, step.epsilon,
                               floats(step.out) + row * stride(step.out), step.out.stride);
        if (operation.shadow != kNone) quantize_row(step.out, operation.shadow, row);
    });
    return {};
}

Result<void> CpuProgram::run(const QuantizeRows& operation) {
    each_row(rows(operation.in),
             [&](int row) { quantize_row(operation.in, operation.shadow, row); });
    return {};
}

Result<void> CpuProgram::run(const RotateHeads& operation) {
    const View& view = operation.step.view;
    const Rotation& rotation = plan_.rotations[operation.step.rotation];
    const auto pairs = static_cast<std::int32_t>(rotation.frequencies.size());
    const auto* cosines =
        reinterpret_cast<const float*>(workspace_.at(layout_->rotations[operation.step.rotation]));
    const float* sines = cosines + static_cast<std::int64_t>(pairs) * layout_->limits.batch;
    const auto pairing = rotation.pairing == Rotation::Pairing::Halves
                             ? kernels::cpu::Pairing::halves
                             : kernels::cpu::Pairing::interleaved;
    each_row(rows(view), [&](int row) {
        kernels::cpu::rotate(floats(view) + row * stride(view), view.heads, view.stride, pairs,
                             pairing, cosines + static_cast<std::int64_t>(row) * pairs,
                             sines + static_cast<std::int64_t>(row) * pairs);
    });
    return {};
}

Result<void> CpuProgram::run(const GateRows& operation) {
    const GatedUnit& step = operation.step;
    each_row(rows(step.gate), [&](int row) {
        kernels::cpu::gated_unit(isa_, floats(step.gate) + row * stride(step.gate),
                                 floats(step.up) + row * stride(step.up), step.gate.columns(),
                                 floats(step.out) + row * stride(step.out));
        if (operation.shadow != kNone) quantize_row(step.out, operation.shadow, row);
    });
    return {};
}

Result<void> CpuProgram::run(const AddRows& operation) {
    const Add& step = operation.step;
    each_row(rows(step.target), [&](int row) {
        kernels::cpu::add(floats(step.source) + row * stride(step.source), step.source.columns(),
                          floats(step.target) + row * stride(step.target));
    });
    return {};
}

Result<void> CpuProgram::run(const SelectRows& operation) {
    for (const Select::Pair& pair : operation.step.pairs) {
        float* out = floats(pair.out);
        for (std::int32_t row : running_.wanted) {
            std::memcpy(out, floats(pair.in) + row * stride(pair.in),
                        static_cast<std::size_t>(pair.in.columns()) * sizeof(float));
            out += stride(pair.out);
        }
    }
    return {};
}

}  // namespace deepwell::engine::cpu
