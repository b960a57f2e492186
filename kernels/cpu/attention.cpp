#include "kernels/cpu/attention.h"

#include <algorithm>
#include <cstring>
#include <limits>

#include "kernels/cpu/attention/attention_task.h"
#include "kernels/cpu/kernel_table.h"

namespace deepwell::kernels::cpu {
namespace {

// With few tokens the chunks are shared out among the threads and merged afterwards; with many,
// an item is a tile of query rows that walks over all its chunks. Both give the same bits.
constexpr std::int32_t kFewTokensForChunks = 4;

constexpr std::size_t kAlign = 16;  // floats

std::size_t aligned(std::size_t floats) {
    return (floats + kAlign - 1) / kAlign * kAlign;
}

std::int32_t chunks_of(std::int32_t slots) {
    return (slots + kAttentionChunk - 1) / kAttentionChunk;
}

// Scratch of one item: queries, states, and what the kernel needs.
std::size_t item_floats(const CacheShape& shape) {
    return aligned(static_cast<std::size_t>(kQueryTile * round_up_16(shape.key_width))) +
           aligned(static_cast<std::size_t>(kQueryTile) *
                   static_cast<std::size_t>(state_floats(shape.value_width))) +
           aligned(task_scratch_floats(shape.key_width, shape.value_width));
}

class Attention {
public:
    Attention(Isa isa, const AttentionInput& input, float* scratch)
        : table_(kernels_of(isa)),
          input_(input),
          shape_(input.shape),
          heads_a_group_(input.heads / input.shape.kv_heads),
          key_floats_(round_up_16(shape_.key_width)),
          state_floats_(state_floats(shape_.value_width)),
          scratch_(scratch) {
        task_.type = shape_.type;
        task_.key_width = shape_.key_width;
        task_.value_width = shape_.value_width;
        task_.key_row_bytes = cache_row_bytes(shape_.type, shape_.key_width);
        task_.value_row_bytes =
            shape_.latent ? task_.key_row_bytes : cache_row_bytes(shape_.type, shape_.value_width);
        task_.scale = static_cast<float>(input.scale);
    }

    bool by_chunks() const { return input_.tokens <= kFewTokensForChunks; }

    // Rows of a KV head: its query heads of all tokens, token after token.
    std::int32_t rows() const { return heads_a_group_ * input_.tokens; }
    std::int32_t tiles() const { return (rows() + kQueryTile - 1) / kQueryTile; }
    std::int32_t chunks() const { return chunks_of(input_.first_slot + input_.tokens); }

    // Items of the first pass.
    std::int64_t items() const {
        return std::int64_t{shape_.kv_heads} * tiles() * (by_chunks() ? chunks() : 1);
    }

    // `place`: which of the scratch's item areas is free for this item.
    void run_item(std::int64_t item, std::size_t place) const {
        std::int32_t first_chunk = 0, last_chunk = chunks();
        if (by_chunks()) {
            first_chunk = static_cast<std::int32_t>(item % chunks());
            last_chunk = first_chunk + 1;
            item /= chunks();
        }
        const auto tile = static_cast<std::int32_t>(item % tiles());
        const auto kv_head = static_cast<std::int32_t>(item / tiles());
        const std::int32_t first_row = tile * kQueryTile;
        const std::int32_t count = std::min(kQueryTile, rows() - first_row);

        float* queries = scratch_ + place * item_floats(shape_);
        float* states = queries + aligned(static_cast<std::size_t>(kQueryTile) *
                                          static_cast<std::size_t>(key_floats_));
        AttentionTask task = task_;
        task.scratch = states + aligned(static_cast<std::size_t>(kQueryTile) *
                                        static_cast<std::size_t>(state_floats_));
        task.rows = count;
        task.queries = queries;
        for (std::int32_t r = 0; r < count; ++r) {
            load_query(kv_head, first_row + r, queries + r * key_floats_);
        }
        if (by_chunks()) states = chunk_states(kv_head, first_row, first_chunk);
        task.states = states;
        for (std::int32_t r = 0; r < count; ++r) clear_state(states + r * state_floats_);

        std::int32_t visible[kQueryTile];
        task.visible = visible;
        for (std::int32_t chunk = first_chunk; chunk < last_chunk; ++chunk) {
            const std::int32_t start = chunk * kAttentionChunk;
            for (std::int32_t r = 0; r < count; ++r) {
                const std::int32_t seen =
                    input_.first_slot + (first_row + r) / heads_a_group_ + 1 - start;
                visible[r] = std::clamp(seen, 0, kAttentionChunk);
            }
            const auto row =
                static_cast<std::size_t>(kv_head) * static_cast<std::size_t>(shape_.slot_count) +
                static_cast<std::size_t>(start);
            const auto* cache = reinterpret_cast<const std::uint8_t*>(input_.cache);
            task.keys = cache + row * task.key_row_bytes;
            task.values = shape_.latent ? task.keys
                                        : cache +
                                              static_cast<std::size_t>(shape_.kv_heads) *
                                                  static_cast<std::size_t>(shape_.slot_count) *
                                                  task.key_row_bytes +
                                              row * task.value_row_bytes;
            table_.attend_chunk(task);
        }
        if (!by_chunks()) {
            for (std::int32_t r = 0; r < count; ++r) {
                finish(kv_head, first_row + r, states + r * state_floats_);
            }
        }
    }

    std::int64_t merge_items() const {
        return by_chunks() ? std::int64_t{shape_.kv_heads} * rows() : 0;
    }

    void run_merge(std::int64_t item) const {
        const auto kv_head = static_cast<std::int32_t>(item / rows());
        const auto row = static_cast<std::int32_t>(item % rows());
        float* state = chunk_states(kv_head, row, 0);
        const std::int32_t last = chunks_of(input_.first_slot + row / heads_a_group_ + 1);
        for (std::int32_t chunk = 1; chunk < last; ++chunk) {
            table_.merge_states(chunk_states(kv_head, row, chunk), shape_.value_width, state);
        }
        finish(kv_head, row, state);
    }

    static std::size_t chunk_state_floats(const CacheShape& shape, std::int32_t heads,
                                          std::int32_t tokens) {
        const auto rows = static_cast<std::size_t>(heads) *
                          static_cast<std::size_t>(std::min(tokens, kFewTokensForChunks));
        return rows * static_cast<std::size_t>(chunks_of(shape.slot_count)) *
               static_cast<std::size_t>(state_floats(shape.value_width));
    }

    void set_chunk_area(float* area) { chunk_area_ = area; }

private:
    // [kv head][chunk][row]: the rows of a tile lie together.
    float* chunk_states(std::int32_t kv_head, std::int32_t row, std::int32_t chunk) const {
        const std::size_t index =
            (static_cast<std::size_t>(kv_head) * static_cast<std::size_t>(chunks()) +
             static_cast<std::size_t>(chunk)) *
                static_cast<std::size_t>(rows()) +
            static_cast<std::size_t>(row);
        return chunk_area_ + index * static_cast<std::size_t>(state_floats_);
    }

    void load_query(std::int32_t kv_head, std::int32_t row, float* to) const {
        const std::int32_t token = row / heads_a_group_;
        const std::int32_t head = kv_head * heads_a_group_ + row % heads_a_group_;
        std::int32_t filled = 0;
        for (const QueryView* view : {&input_.q, &input_.q_rest}) {
            if (view->width == 0) continue;
            std::memcpy(to + filled,
                        view->values + token * view->token_stride + head * view->head_stride,
                        static_cast<std::size_t>(view->width) * sizeof(float));
            filled += view->width;
        }
        std::fill(to + filled, to + key_floats_, 0.0f);
    }

    void clear_state(float* state) const {
        std::fill_n(state, state_floats_, 0.0f);
        state[0] = -std::numeric_limits<float>::infinity();
    }

    void finish(std::int32_t kv_head, std::int32_t row, const float* state) const {
        const std::int32_t token = row / heads_a_group_;
        const std::int32_t head = kv_head * heads_a_group_ + row % heads_a_group_;
        table_.finish_state(
            state, shape_.value_width,
            input_.out + token * input_.out_stride + std::int64_t{head} * shape_.value_width);
    }

    const KernelTable& table_;
    const AttentionInput& input_;
    const CacheShape& shape_;
    std::int32_t heads_a_group_;
    std::int32_t key_floats_;
    std::int32_t state_floats_;
    float* scratch_;
    float* chunk_area_ = nullptr;
    AttentionTask task_{};
};

}  // namespace

std::size_t attention_scratch_bytes(const CacheShape& shape, std::int32_t heads,
                                    std::int32_t tokens, int threads) {
    return sizeof(float) * (static_cast<std::size_t>(threads) * item_floats(shape) +
                            Attention::chunk_state_floats(shape, heads, tokens));
}

bool attend(Isa isa, ThreadPool& pool, const AttentionInput& input, std::byte* scratch, Stop stop) {
    auto* floats = reinterpret_cast<float*>(scratch);
    Attention attention(isa, input, floats);
    attention.set_chunk_area(floats +
                             static_cast<std::size_t>(pool.threads()) * item_floats(input.shape));
    const std::int64_t items = attention.items();
    const bool complete = pool.run_with_thread(
        items,
        [&](std::int64_t item, int thread) {
            attention.run_item(item, static_cast<std::size_t>(thread));
        },
        stop);
    if (!complete) return false;
    const std::int64_t merges = attention.merge_items();
    if (merges == 0) return true;
    return pool.run(
        merges, [&](std::int64_t item) { attention.run_merge(item); }, stop);
}

}  // namespace deepwell::kernels::cpu
