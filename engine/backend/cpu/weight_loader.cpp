#include "engine/backend/cpu/weight_loader.h"

#include <algorithm>
#include <mutex>
#include <optional>
#include <vector>

#include "engine/backend/cpu/pool_stop.h"
#include "kernels/formats/half.h"
#include "kernels/formats/table.h"

namespace deepwell::engine::cpu {
namespace {

using kernels::Format;

constexpr std::int64_t kChunkBytes = 512 << 10;     // fits the second-level cache
constexpr std::uint64_t kRoundBytes = 48ull << 20;  // between two looks at the progress

// Some rows of a slice of a weight: what one task reads and packs.
struct Chunk {
    WeightId weight = kNone;
    int slice = 0;
    std::int64_t first = 0;
    std::int64_t count = 0;
    std::uint64_t bytes = 0;
};

std::uint64_t file_row_bytes(const Weight& weight) {
    return static_cast<std::uint64_t>(
        kernels::row_bytes(weight.file_format, weight.transposed ? weight.rows : weight.columns));
}

std::int64_t rows_a_chunk(const Weight& weight) {
    const auto row = static_cast<std::int64_t>(file_row_bytes(weight));
    const std::int64_t rows = std::max<std::int64_t>(1, kChunkBytes / row);
    return std::max(kernels::cpu::kRowGroup,
                    rows / kernels::cpu::kRowGroup * kernels::cpu::kRowGroup);
}

std::vector<Chunk> make_chunks(const Plan& plan, const CpuLayout& layout) {
    std::vector<Chunk> chunks;
    for (std::size_t id = 0; id < plan.weights.size(); ++id) {
        const WeightPlace& place = layout.weights[id];
        if (place.kind != WeightPlace::Kind::Vector && place.kind != WeightPlace::Kind::Packed) {
            continue;
        }
        const Weight& weight = plan.weights[id];
        const std::uint64_t row = file_row_bytes(weight);
        // A slice that is turned over is read as a whole: it is small (a head).
        const std::int64_t step = weight.transposed ? weight.rows : rows_a_chunk(weight);
        const std::int64_t file_rows = weight.transposed ? weight.columns : 0;
        for (int slice = 0; slice < weight.slices; ++slice) {
            for (std::int64_t first = 0; first < weight.rows; first += step) {
                const std::int64_t count = std::min(step, weight.rows - first);
                const auto read = static_cast<std::uint64_t>(weight.transposed ? file_rows : count);
                chunks.push_back({static_cast<WeightId>(id), slice, first, count, read * row});
            }
        }
    }
    return chunks;
}

class Loader {
public:
    Loader(const Plan& plan, const CpuLayout& layout, const TensorReader& reader,
           const Arena& arena)
        : plan_(plan), layout_(layout), reader_(reader), arena_(arena) {}

    Result<void> load(const Chunk& chunk) {
        const Weight& weight = plan_.weights[chunk.weight];
        std::vector<std::byte> bytes = take_buffer(chunk.bytes);
        const auto row = static_cast<std::uint64_t>(weight.first_row) +
                         static_cast<std::uint64_t>(chunk.slice) *
                             static_cast<std::uint64_t>(weight.slice_stride) +
                         static_cast<std::uint64_t>(weight.transposed ? 0 : chunk.first);
        const auto raw = std::span(bytes).first(chunk.bytes);
        Result<void> done = reader_.read(weight.tensor, row * file_row_bytes(weight), raw);
        if (done) store(chunk, weight, raw);
        give_buffer(std::move(bytes));
        return done;
    }

private:
    void store(const Chunk& chunk, const Weight& weight, std::span<const std::byte> raw) {
        const WeightPlace& place = layout_.weights[chunk.weight];
        std::byte* target =
            arena_.at(place.offset + static_cast<std::uint64_t>(chunk.slice) * place.slice_bytes);
        if (place.kind == WeightPlace::Kind::Vector) {
            kernels::decode_row(weight.file_format, raw.data(), weight.columns,
                                reinterpret_cast<float*>(target));
        } else if (weight.transposed) {
            const std::vector<std::byte> turned = turn_over(weight, raw);
            kernels::cpu::pack_rows(weight.format, weight.rows, weight.columns, turned.data(), 0,
                                    weight.rows, target);
        } else {
            kernels::cpu::pack_rows(weight.format, weight.rows, weight.columns, raw.data(),
                                    chunk.first, chunk.count, target);
        }
    }

    // `columns` rows of `rows` values in the file's format → [rows, columns] in F32 or F16.
    static std::vector<std::byte> turn_over(const Weight& weight, std::span<const std::byte> raw) {
        const std::uint64_t row = file_row_bytes(weight);
        std::vector<float> values(static_cast<std::size_t>(weight.rows));
        const std::size_t size = weight.format == Format::F32 ? 4 : 2;
        std::vector<std::byte> turned(static_cast<std::size_t>(weight.rows * weight.columns) *
                                      size);
        for (std::int64_t c = 0; c < weight.columns; ++c) {
            kernels::decode_row(weight.file_format,
                                raw.data() + static_cast<std::uint64_t>(c) * row, weight.rows,
                                values.data());
            for (std::int64_t r = 0; r < weight.rows; ++r) {
                std::byte* target =
                    turned.data() + static_cast<std::size_t>(r * weight.columns + c) * size;
                if (size == 4) {
                    std::memcpy(target, &values[static_cast<std::size_t>(r)], 4);
                } else {
                    const std::uint16_t half =
                        kernels::half_from_float(values[static_cast<std::size_t>(r)]);
                    std::memcpy(target, &half, 2);
                }
            }
        }
        return turned;
    }

    // Buffers are handed around: as many as threads are at work at once.
    std::vector<std::byte> take_buffer(std::uint64_t bytes) {
        std::vector<std::byte> buffer;
        {
            const std::lock_guard lock(mutex_);
            if (!buffers_.empty()) {
                buffer = std::move(buffers_.back());
                buffers_.pop_back();
            }
        }
        if (buffer.size() < bytes) buffer.resize(bytes);
        return buffer;
    }
    void give_buffer(std::vector<std::byte> buffer) {
        const std::lock_guard lock(mutex_);
        buffers_.push_back(std::move(buffer));
    }

    const Plan& plan_;
    const CpuLayout& layout_;
    const TensorReader& reader_;
    const Arena& arena_;
    std::mutex mutex_;
    std::vector<std::vector<std::byte>> buffers_;
};

}  // namespace

std::uint64_t staging_bytes(const Plan& plan, const CpuLayout& layout, int threads) {
    std::uint64_t most = 0;
    for (const Chunk& chunk : make_chunks(plan, layout)) most = std::max(most, chunk.bytes);
    return most * static_cast<std::uint64_t>(threads);
}

Result<void> load_weights(const Plan& plan, const CpuLayout& layout, const TensorReader& reader,
                          kernels::cpu::ThreadPool& pool, const Arena& arena,
                          const Progress& progress, const StopFlag& stop) {
    const std::vector<Chunk> chunks = make_chunks(plan, layout);
    std::uint64_t total = 0, done = 0;
    for (const Chunk& chunk : chunks) total += chunk.bytes;
    Loader loader(plan, layout, reader, arena);
    std::mutex mutex;
    std::optional<Error> error;
    for (std::size_t begin = 0; begin < chunks.size();) {
        std::size_t end = begin;
        std::uint64_t round = 0;
        while (end < chunks.size() && round < kRoundBytes) round += chunks[end++].bytes;
        const bool complete = pool.run(
            static_cast<std::int64_t>(end - begin),
            [&](std::int64_t item) {
                auto loaded = loader.load(chunks[begin + static_cast<std::size_t>(item)]);
                if (loaded) return;
                const std::lock_guard lock(mutex);
                if (!error) error = std::move(loaded.error());
            },
            pool_stop(stop));
        if (error) return fail(std::move(*error));
        if (!complete || stop.stop_requested()) {
            return fail(ErrorCode::Cancelled, "Loading was stopped.");
        }
        done += round;
        begin = end;
        if (progress) progress(static_cast<double>(done) / static_cast<double>(total));
    }
    return {};
}

}  // namespace deepwell::engine::cpu
