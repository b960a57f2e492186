#include "kernels/cpu/matrix_product.h"

#include <algorithm>
#include <cstring>

#include "kernels/cpu/activations.h"
#include "kernels/cpu/kernel_table.h"
#include "kernels/cpu/product/packed_layout.h"
#include "kernels/formats/activation.h"
#include "kernels/formats/table.h"

namespace deepwell::kernels::cpu {
namespace {

// Tokens that share one unpacking of the weights; their activations stay in the second cache.
constexpr int kTokenChunk = 64;

// Places in the table of formats by number: a product asks several times an item, and a search
// through the table each time cost three per cent of a token.
struct FormatPlaces {
    std::uint8_t place[kFormatNumbers] = {};
};
constexpr FormatPlaces format_places() {
    FormatPlaces places;
    std::uint8_t place = 0;
    for (const FormatInfo& info : kFormats) {
        places.place[static_cast<std::uint32_t>(info.format)] = place++;
    }
    return places;
}
constexpr FormatPlaces kPlaces = format_places();

const FormatInfo& info_of(const Matrix& weights) {
    return kFormats[kPlaces.place[static_cast<std::uint32_t>(weights.format)]];
}

std::int64_t bytes_a_row(const Matrix& weights) {
    const FormatInfo& info = info_of(weights);
    return weights.columns / info.block_values * info.block_bytes;
}

// What one call of multiply needs while it runs; on the stack of the thread that runs it.
struct Scratch {
    alignas(64) float sums[kTokenChunk * kRowGroup];
    alignas(64) float plane_values[256 * kRowGroup];
    alignas(64) Tile tile;
    RowUnit rows[kRowGroup];
};

std::int64_t input_row(const Activations& input, std::int32_t token) {
    return input.rows != nullptr ? input.rows[token] : token;
}

// Sixteen rows of one product.
class GroupProduct {
public:
    GroupProduct(Isa isa, const Matrix& weights, Scratch& scratch)
        : table_(kernels_of(isa)),
          kernels_(table_.int8[static_cast<std::uint32_t>(weights.format)]),
          weights_(weights),
          scratch_(scratch),
          unpack_(kernels_.unpack_row),
          row_bytes_(bytes_a_row(weights)),
          blocks_(weights.columns / kActivationBlock) {
        const FormatInfo& info = info_of(weights);
        values_a_unit_ = info.block_values == 1 ? 1 : info.block_values;
        block_bytes_ = info.block_bytes;
        interleaved_ = weights.home == Home::packed && packed_layout(weights.format).interleaved;
        if (weights.home == Home::packed) {
            group_bytes_ = static_cast<std::size_t>((kRowGroup * row_bytes_ + 63) / 64 * 64);
        }
    }

    // sums [tokens][16] of rows row .. row + 15; what lies behind the last row is not used.
    void int8(std::int64_t row, const ActivationRecord* const* x, int tokens) {
        if (interleaved_ && tokens <= kFewTokens) {
            const ActivationRecord* few[kFewTokens];
            for (int t = 0; t < kFewTokens; ++t) few[t] = x[std::min(t, tokens - 1)];
            (tokens == 1 ? kernels_.one : kernels_.few)(group(row), blocks_, few, scratch_.sums);
            return;
        }
        if (tokens == 1 && kernels_.rows_one != nullptr) {
            const std::uint8_t* rows[kRowGroup];
            for (std::int64_t lane = 0; lane < kRowGroup; ++lane) rows[lane] = file_row(row, lane);
            kernels_.rows_one(rows, blocks_, x[0], scratch_.sums);
            return;
        }
        std::fill_n(scratch_.sums, tokens * kRowGroup, 0.0f);
        for (std::int64_t block = 0; block < blocks_; block += kTileBlocks) {
            const int count =
                static_cast<int>(std::min<std::int64_t>(kTileBlocks, blocks_ - block));
            fill_tile(row, block, count);
            multiply_tile(x, tokens, block, count);
        }
    }

    void float32(std::int64_t row, const float* const* x, int tokens) {
        if (interleaved_ && kernels_.float_one != nullptr && tokens < kFewTokens) {
            for (int t = 0; t < tokens; ++t) {
                kernels_.float_one(group(row), blocks_, x[t], scratch_.sums + t * kRowGroup);
            }
            return;
        }
        std::fill_n(scratch_.sums, tokens * kRowGroup, 0.0f);
        FloatKernels kernels = table_.f32;
        if (interleaved_ && weights_.format == Format::F16) kernels = table_.f16;
        if (interleaved_ && weights_.format == Format::BF16) kernels = table_.bf16;
        for (std::int64_t c = 0; c < weights_.columns; c += 256) {
            const int count = static_cast<int>(std::min<std::int64_t>(256, weights_.columns - c));
            const std::uint8_t* planes =
                reinterpret_cast<const std::uint8_t*>(scratch_.plane_values);
            if (unpack_ != nullptr) {
                fill_tile(row, c / kActivationBlock, count / kActivationBlock);
                kernels_.to_floats(scratch_.tile, count / kActivationBlock, scratch_.plane_values);
            } else if (interleaved_) {
                planes = group(row) + kRowGroup * c * block_bytes_;
            } else {
                fill_planes(row, c, count);
            }
            multiply_planes(kernels, planes, count, c, x, tokens);
        }
    }

private:
    const std::uint8_t* group(std::int64_t row) const {
        return reinterpret_cast<const std::uint8_t*>(weights_.data) +
               static_cast<std::size_t>(row / kRowGroup) * group_bytes_;
    }

    // The file's row; rows behind the last one repeat it.
    const std::uint8_t* file_row(std::int64_t row, std::int64_t lane) const {
        const auto bytes = static_cast<std::size_t>(row_bytes_);
        const std::int64_t at = std::min(row + lane, weights_.rows - 1);
        const auto* start = reinterpret_cast<const std::uint8_t*>(weights_.data);
        if (weights_.home == Home::in_place) return start + static_cast<std::size_t>(at) * bytes;
        return start + static_cast<std::size_t>(row / kRowGroup) * group_bytes_ +
               static_cast<std::size_t>(at - row) * bytes;
    }

    void fill_tile(std::int64_t row, std::int64_t block, int count) {
        Tile& tile = scratch_.tile;
        if (interleaved_) {
            kernels_.write_tile(group(row), block, count, tile);
            return;
        }
        const std::int64_t offset = block * kActivationBlock / values_a_unit_ * block_bytes_;
        for (std::int64_t lane = 0; lane < kRowGroup; ++lane) {
            unpack_(file_row(row, lane) + offset, count, scratch_.rows[lane]);
        }
        table_.transpose(scratch_.rows[0].codes, sizeof(RowUnit), tile);
        for (int lane = 0; lane < kRowGroup; ++lane) {
            const RowUnit& unit = scratch_.rows[lane];
            for (int k = 0; k < kernels_.scales; ++k) tile.scales[16 * k + lane] = unit.scales[k];
            for (int k = 0; k < kernels_.minima; ++k) tile.minima[16 * k + lane] = unit.minima[k];
            const int ds = std::min(kernels_.ds, count), ms = std::min(kernels_.ms, count);
            for (int k = 0; k < ds; ++k) tile.d[16 * k + lane] = unit.d[k];
            for (int k = 0; k < ms; ++k) tile.m[16 * k + lane] = unit.m[k];
        }
    }

    void multiply_tile(const ActivationRecord* const* x, int tokens, std::int64_t block,
                       int count) {
        const int many = table_.token_tile;
        for (int t = 0; t < tokens;) {
            float* sums = scratch_.sums + t * kRowGroup;
            if (t + many <= tokens) {
                kernels_.tile_many(scratch_.tile, count, x + t, block, sums);
                t += many;
            } else if (t + kFewTokens <= tokens) {
                kernels_.tile_few(scratch_.tile, count, x + t, block, sums);
                t += kFewTokens;
            } else {
                kernels_.tile_one(scratch_.tile, count, x + t, block, sums);
                ++t;
            }
        }
    }

    // Float weights in place: decoded and transposed.
    void fill_planes(std::int64_t row, std::int64_t column, int count) {
        const FormatInfo& info = format_info(weights_.format);
        for (std::int64_t lane = 0; lane < kRowGroup; ++lane) {
            const std::uint8_t* from = file_row(row, lane) + column * info.block_bytes;
            for (int c = 0; c < count; ++c, from += info.block_bytes) {
                info.decode(from, scratch_.plane_values + kRowGroup * c + lane);
            }
        }
    }

    void multiply_planes(const FloatKernels& kernels, const std::uint8_t* planes, int count,
                         std::int64_t column, const float* const* x, int tokens) {
        for (int t = 0; t < tokens;) {
            const float* few[kFewTokens];
            const int step = t + kFewTokens <= tokens ? kFewTokens : 1;
            for (int i = 0; i < step; ++i) few[i] = x[t + i] + column;
            (step == 1 ? kernels.one : kernels.few)(planes, count, few,
                                                    scratch_.sums + t * kRowGroup);
            t += step;
        }
    }

    const KernelTable& table_;
    const Int8Kernels& kernels_;
    const Matrix& weights_;
    Scratch& scratch_;
    UnpackRow unpack_;
    std::int64_t row_bytes_;
    std::int64_t blocks_;
    std::int64_t values_a_unit_ = 1;
    std::int64_t block_bytes_ = 1;
    std::size_t group_bytes_ = 0;
    bool interleaved_ = false;
};

void write_output(const float* sums, std::int64_t row, std::int64_t last, int first_token,
                  int tokens, const ProductOutput& output) {
    const std::int64_t count = std::min(kRowGroup, last - row);
    for (int t = 0; t < tokens; ++t) {
        const float* sum = sums + t * kRowGroup;
        float* out = output.values + (first_token + t) * output.stride + row;
        // Loops without conditions inside become vectors.
        float values[kRowGroup];
        std::memcpy(values, sum, sizeof values);
        if (output.bias != nullptr) {
            for (std::int64_t r = 0; r < count; ++r) values[r] += output.bias[row + r];
        }
        if (output.add) {
            for (std::int64_t r = 0; r < count; ++r) out[r] += values[r];
        } else {
            std::memcpy(out, values, static_cast<std::size_t>(count) * sizeof(float));
        }
    }
}

// Bytes of weights that one item of the pool reads: large enough to be worth a claim, small enough
// for an even end and a quick stop.
constexpr std::int64_t kItemBytes = 48 * 1024;

std::int64_t rows_an_item(const Matrix& weights) {
    const std::int64_t group = kRowGroup * std::max<std::int64_t>(1, bytes_a_row(weights));
    return kRowGroup * std::clamp<std::int64_t>(kItemBytes / group, 1, 64);
}

}  // namespace

void multiply(Isa isa, const Matrix& weights, const Activations& input, std::int64_t first,
              std::int64_t last, const ProductOutput& output) {
    Scratch scratch;
    GroupProduct product(isa, weights, scratch);
    const bool int8 = input.quantized != nullptr && info_of(weights).block_values != 1;
    const std::size_t record_bytes = int8 ? quantized_row_bytes(weights.columns) : 0;
    for (std::int32_t token = 0; token < input.tokens; token += kTokenChunk) {
        const int tokens = std::min(kTokenChunk, input.tokens - token);
        const ActivationRecord* records[kTokenChunk];
        const float* values[kTokenChunk];
        for (int t = 0; t < tokens; ++t) {
            const std::int64_t row = input_row(input, token + t);
            if (int8) {
                records[t] = reinterpret_cast<const ActivationRecord*>(
                    input.quantized + static_cast<std::size_t>(row) * record_bytes);
            } else {
                values[t] = input.values + row * input.stride;
            }
        }
        for (std::int64_t row = first; row < last; row += kRowGroup) {
            if (int8) {
                product.int8(row, records, tokens);
            } else {
                product.float32(row, values, tokens);
            }
            write_output(scratch.sums, row, last, token, tokens, output);
        }
    }
}

bool multiply(Isa isa, ThreadPool& pool, std::span<const ProductPart> parts,
              const Activations& input, Stop stop) {
    const auto items_of = [](const ProductPart& part) {
        const std::int64_t rows = rows_an_item(part.weights);
        return (part.weights.rows + rows - 1) / rows;
    };
    std::int64_t items = 0;
    for (const ProductPart& part : parts) items += items_of(part);
    return pool.run(
        items,
        [&](std::int64_t item) {
            for (const ProductPart& part : parts) {
                const std::int64_t count = items_of(part);
                if (item < count) {
                    const std::int64_t rows = rows_an_item(part.weights);
                    multiply(isa, part.weights, input, item * rows,
                             std::min(part.weights.rows, (item + 1) * rows), part.output);
                    return;
                }
                item -= count;
            }
        },
        stop);
}

}  // namespace deepwell::kernels::cpu
