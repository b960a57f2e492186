// A chunk of attention on lanes. All sums have one order:
//
//   score   lane i of sixteen adds columns i, i + 16, ... fused; then lanes by halves; times scale
//   sum     of exponentials: lane i adds slots i, i + 16, ... of the chunk; then lanes by halves
//   values  slot after slot, fused
//   merge   with the state: both sides scaled by exp(own largest - common largest)
#pragma once

#include "kernels/cpu/attention/attention_task.h"
#include "kernels/cpu/attention/few_rows.h"
#include "kernels/cpu/simd/exponential.h"
#include "kernels/formats/half.h"

namespace deepwell::kernels::cpu {

template <class L>
struct AttentionKernel {
    using Floats = typename L::Floats;
    static constexpr int kPerSixteen = 16 / L::kWidth;
    static constexpr std::size_t kRowsAhead = 32;

    // One row of the cache to float32; `to` is filled with zeros up to a multiple of 16.
    DEEPWELL_INLINE void load_row(CacheType type, const std::uint8_t* row, std::int32_t width,
                                  float* to) {
        const std::int32_t whole = width / L::kWidth * L::kWidth;
        for (std::int32_t c = whole; c < (width + 15) / 16 * 16; ++c) to[c] = 0.0f;
        if (type == CacheType::F32) {
            const float* from = reinterpret_cast<const float*>(row);
            for (std::int32_t c = 0; c < whole; c += L::kWidth) L::store(to + c, L::load(from + c));
            for (std::int32_t c = whole; c < width; ++c) to[c] = from[c];
        } else if (type == CacheType::F16) {
            for (std::int32_t c = 0; c < whole; c += L::kWidth) {
                L::store(to + c, L::load_halves(row + 2 * c));
            }
            for (std::int32_t c = whole; c < width; ++c) {
                to[c] = half_to_float(load_u16(row + 2 * c));
            }
        } else {
            // Blocks as in files: a half, then 32 bytes.
            const std::uint8_t* block = row;
            for (std::int32_t c = 0; c < whole; block += 34) {
                const Floats d = L::set_half(block);
                const std::int32_t end = c + 32 < whole ? c + 32 : whole;
                const auto* q = reinterpret_cast<const std::int8_t*>(block + 2);
                for (; c < end; c += L::kWidth, q += L::kWidth) {
                    L::store(to + c, L::mul(L::load_signed_bytes(q), d));
                }
            }
            for (std::int32_t c = whole; c < width; ++c) {
                block = row + c / 32 * 34;
                const auto q = static_cast<std::int8_t>(block[2 + c % 32]);
                to[c] = static_cast<float>(q) * half_to_float(load_u16(block));
            }
        }
    }

    // Asks for a row of the cache ahead of its use, into the second cache.
    DEEPWELL_INLINE void prefetch_row(const std::uint8_t* row, std::size_t bytes) {
        for (std::size_t at = 0; at < bytes; at += 64) __builtin_prefetch(row + at, 0, 2);
    }

    // scores [rows][256] of the slots that any row sees.
    DEEPWELL_INLINE void score(const AttentionTask& task, std::int32_t slots, float* scores,
                               float* rows_as_floats) {
        const std::int32_t width = (task.key_width + 15) / 16 * 16;
        for (std::int32_t base = 0; base < slots; base += 16) {
            for (std::int32_t s = 0; s < 16; ++s) {
                float* to = rows_as_floats + s * width;
                if (base + s < slots) {
                    const std::uint8_t* row =
                        task.keys + static_cast<std::size_t>(base + s) * task.key_row_bytes;
                    prefetch_row(row + kRowsAhead * task.key_row_bytes, task.key_row_bytes);
                    load_row(task.type, row, task.key_width, to);
                } else {
                    for (std::int32_t c = 0; c < width; ++c) to[c] = 0.0f;
                }
            }
            for (std::int32_t r = 0; r < task.rows; ++r) {
                score_sixteen(task.queries + r * width, rows_as_floats, width, task.scale,
                              scores + r * kAttentionChunk + base);
            }
        }
    }

    // One query against sixteen keys.
    DEEPWELL_INLINE void score_sixteen(const float* query, const float* keys, std::int32_t width,
                                       float scale, float* scores) {
        // Keys that are summed at once: enough chains to hide the latency, few enough registers.
        constexpr int kAtOnce = 8 / kPerSixteen;
        const Floats scales = L::set(scale);
        for (int first = 0; first < 16; first += L::kWidth) {
            Floats folded[L::kWidth];
#pragma GCC unroll 2
            for (int s = 0; s < L::kWidth; s += kAtOnce) {
                const float* rows = keys + (first + s) * width;
                Floats sums[kAtOnce][kPerSixteen];
#pragma GCC unroll 8
                for (int i = 0; i < kAtOnce; ++i) {
#pragma GCC unroll 2
                    for (int k = 0; k < kPerSixteen; ++k) sums[i][k] = L::set(0.0f);
                }
                for (std::int32_t c = 0; c < width; c += 16) {
#pragma GCC unroll 2
                    for (int k = 0; k < kPerSixteen; ++k) {
                        const Floats q = L::load(query + c + k * L::kWidth);
#pragma GCC unroll 8
                        for (int i = 0; i < kAtOnce; ++i) {
                            sums[i][k] = L::fma(q, L::load(rows + i * width + c + k * L::kWidth),
                                                sums[i][k]);
                        }
                    }
                }
#pragma GCC unroll 8
                for (int i = 0; i < kAtOnce; ++i) {
                    folded[s + i] = kPerSixteen == 2 ? L::add(sums[i][0], sums[i][kPerSixteen - 1])
                                                     : sums[i][0];
                }
            }
            L::store(scores + first, L::mul(L::sums_across(folded), scales));
        }
    }

    // Scores of one row to exponentials; returns the largest score and the sum.
    DEEPWELL_INLINE void exponentials(float* scores, std::int32_t visible, float& largest,
                                      float& sum) {
        const std::int32_t padded = (visible + 15) / 16 * 16;
        for (std::int32_t s = visible; s < padded; ++s) scores[s] = -__builtin_inff();
        alignas(64) float lanes[16];
        Floats most[kPerSixteen];
        for (int k = 0; k < kPerSixteen; ++k) most[k] = L::set(-__builtin_inff());
        for (std::int32_t s = 0; s < padded; s += 16) {
            for (int k = 0; k < kPerSixteen; ++k) {
                most[k] = L::max(L::load(scores + s + k * L::kWidth), most[k]);
            }
        }
        for (int k = 0; k < kPerSixteen; ++k) L::store(lanes + k * L::kWidth, most[k]);
        largest = lanes[0];
        for (int i = 1; i < 16; ++i) largest = lanes[i] > largest ? lanes[i] : largest;

        const Floats shift = L::set(largest);
        Floats total[kPerSixteen];
        for (int k = 0; k < kPerSixteen; ++k) total[k] = L::set(0.0f);
        for (std::int32_t s = 0; s < padded; s += 16) {
            for (int k = 0; k < kPerSixteen; ++k) {
                float* at = scores + s + k * L::kWidth;
                L::store(at, Exponential<L>::of(L::sub(L::load(at), shift)));
            }
            if (s + 16 > visible) {
                for (std::int32_t i = visible; i < padded; ++i) scores[i] = 0.0f;
            }
            for (int k = 0; k < kPerSixteen; ++k) {
                total[k] = L::add(total[k], L::load(scores + s + k * L::kWidth));
            }
        }
        for (int k = 0; k < kPerSixteen; ++k) L::store(lanes + k * L::kWidth, total[k]);
        for (int step = 8; step > 0; step /= 2) {
            for (int i = 0; i < step; ++i) lanes[i] += lanes[i + step];
        }
        sum = lanes[0];
    }

    // out [value width] += weights of `slots` slots times their rows.
    template <int kRegisters>
    DEEPWELL_INLINE void add_values(const float* weights, std::int32_t slots, const float* values,
                                    std::int32_t width, float* out) {
        Floats sum[kRegisters];
#pragma GCC unroll 8
        for (int k = 0; k < kRegisters; ++k) sum[k] = L::load(out + k * L::kWidth);
        for (std::int32_t s = 0; s < slots; ++s) {
            const Floats weight = L::set(weights[s]);
#pragma GCC unroll 8
            for (int k = 0; k < kRegisters; ++k) {
                sum[k] = L::fma(weight, L::load(values + s * width + k * L::kWidth), sum[k]);
            }
        }
#pragma GCC unroll 8
        for (int k = 0; k < kRegisters; ++k) L::store(out + k * L::kWidth, sum[k]);
    }

    // weighted [rows][value width]: the sums over the slots of weight times value.
    DEEPWELL_INLINE void weigh(const AttentionTask& task, std::int32_t slots, const float* scores,
                               float* rows_as_floats, float* weighted) {
        const std::int32_t value_width = round_up_16(task.value_width);
        for (std::int32_t i = 0; i < task.rows * value_width; ++i) weighted[i] = 0.0f;
        for (std::int32_t base = 0; base < slots; base += 16) {
            const std::int32_t count = slots - base < 16 ? slots - base : 16;
            for (std::int32_t s = 0; s < count; ++s) {
                const std::uint8_t* row =
                    task.values + static_cast<std::size_t>(base + s) * task.value_row_bytes;
                prefetch_row(row + kRowsAhead * task.value_row_bytes, task.value_row_bytes);
                load_row(task.type, row, task.value_width, rows_as_floats + s * value_width);
            }
            for (std::int32_t r = 0; r < task.rows; ++r) {
                const std::int32_t seen =
                    task.visible[r] - base < count ? task.visible[r] - base : count;
                if (seen <= 0) continue;
                const float* weights = scores + r * kAttentionChunk + base;
                float* out = weighted + r * value_width;
                std::int32_t c = 0;
                for (; c + 8 * L::kWidth <= value_width; c += 8 * L::kWidth) {
                    add_values<8>(weights, seen, rows_as_floats + c, value_width, out + c);
                }
                for (; c < value_width; c += L::kWidth) {
                    add_values<1>(weights, seen, rows_as_floats + c, value_width, out + c);
                }
            }
        }
    }

    static void run(const AttentionTask& task) {
        const std::int32_t key_width = (task.key_width + 15) / 16 * 16;
        const std::int32_t value_width = (task.value_width + 15) / 16 * 16;
        const std::int32_t wider = key_width > value_width ? key_width : value_width;
        float* scores = task.scratch;
        float* rows_as_floats = scores + kQueryTile * kAttentionChunk;
        float* weighted = rows_as_floats + 16 * wider;

        std::int32_t slots = 0;
        for (std::int32_t r = 0; r < task.rows; ++r) {
            slots = task.visible[r] > slots ? task.visible[r] : slots;
        }
        if (slots == 0) return;
        const bool few = FewRows<L>::fits(task);
        if (few) {
            FewRows<L>::score(task, slots, scores);
        } else {
            score(task, slots, scores, rows_as_floats);
        }

        float largest[kQueryTile], sum[kQueryTile];
        for (std::int32_t r = 0; r < task.rows; ++r) {
            if (task.visible[r] == 0) continue;
            exponentials(scores + r * kAttentionChunk, task.visible[r], largest[r], sum[r]);
        }
        if (few) {
            FewRows<L>::weigh(task, slots, scores, weighted);
        } else {
            weigh(task, slots, scores, rows_as_floats, weighted);
        }

        for (std::int32_t r = 0; r < task.rows; ++r) {
            if (task.visible[r] == 0) continue;
            float* state = task.states + r * (kStateHead + value_width);
            merge(largest[r], sum[r], weighted + r * value_width, value_width, state);
        }
    }

    // exp(a - b), and exactly 0 for a state that holds nothing yet.
    DEEPWELL_INLINE float factor(float a, float b) {
        if (a == -__builtin_inff()) return 0.0f;
        alignas(64) float lanes[L::kWidth];
        L::store(lanes, Exponential<L>::of(L::set(a - b)));
        return lanes[0];
    }

    DEEPWELL_INLINE void merge(float largest, float sum, const float* weighted, std::int32_t width,
                               float* state) {
        const float common = largest > state[0] ? largest : state[0];
        const float old_factor = factor(state[0], common);
        const float new_factor = factor(largest, common);
        state[0] = common;
        state[1] = __builtin_fmaf(state[1], old_factor, sum * new_factor);
        const Floats old_factors = L::set(old_factor), new_factors = L::set(new_factor);
        float* values = state + kStateHead;
        for (std::int32_t c = 0; c < width; c += L::kWidth) {
            L::store(values + c, L::fma(L::load(values + c), old_factors,
                                        L::mul(L::load(weighted + c), new_factors)));
        }
    }

    // Adds the state of a later chunk to an earlier one's.
    static void merge_states(const float* later, std::int32_t value_width, float* state) {
        merge(later[0], later[1], later + kStateHead, (value_width + 15) / 16 * 16, state);
    }

    // out[c] = values[c] / sum.
    static void finish(const float* state, std::int32_t value_width, float* out) {
        for (std::int32_t c = 0; c < value_width; ++c) out[c] = state[kStateHead + c] / state[1];
    }
};

}  // namespace deepwell::kernels::cpu
