// Attention of few query rows, as one token has: straight from the cache, with a register tile of
// rows by keys (scores) and rows by columns (values), so that a number of the cache is converted
// once for up to six rows and never written back as a float. The sums and their order are those of
// attention_kernel.h, whose way by rows of floats is the better one for many rows.
#pragma once

#include "kernels/cpu/attention/attention_task.h"
#include "kernels/cpu/simd/inline.h"

namespace deepwell::kernels::cpu {

constexpr std::int32_t kFewRows = 8;

// kWidth numbers of a row of the cache from column c on.
template <class L, CacheType kType>
struct CacheColumns {
    DEEPWELL_INLINE typename L::Floats load(const std::uint8_t* row, std::int32_t c) {
        if constexpr (kType == CacheType::F32) {
            return L::load(reinterpret_cast<const float*>(row) + c);
        } else if constexpr (kType == CacheType::F16) {
            return L::load_halves(row + 2 * c);
        } else {
            const std::uint8_t* block = row + c / 32 * 34;
            const auto* q = reinterpret_cast<const std::int8_t*>(block + 2 + c % 32);
            return L::mul(L::load_signed_bytes(q), L::set_half(block));
        }
    }
};

template <class L>
struct FewRows {
    using Floats = typename L::Floats;
    static constexpr int kPerSixteen = 16 / L::kWidth;
    // A tile of scores is rows by keys, one of values rows by columns (registers). The more rows,
    // the fewer conversions; six by four sums leave eight of 32 registers for the rest.
    static constexpr std::int32_t kMostRows = L::kWidth == 16 ? 6 : 4;
    static constexpr int kKeys = 4 / kPerSixteen;
    static constexpr int kColumns = 4 / kPerSixteen;
    static constexpr std::int32_t kSlotRun = 64;  // their rows stay in the first cache
    static constexpr std::size_t kRowsAhead = 32;

    static constexpr bool fits(const AttentionTask& task) {
        const std::int32_t whole = task.type == CacheType::Q8_0 ? 32 : 16;
        return task.rows <= kFewRows && task.key_width % whole == 0 &&
               task.value_width % whole == 0;
    }

    DEEPWELL_INLINE void prefetch(const std::uint8_t* row, std::size_t bytes) {
        row += kRowsAhead * bytes;
        for (std::size_t at = 0; at < bytes; at += 64) __builtin_prefetch(row + at, 0, 2);
    }

    // scores [rows][256] of the slots that any row sees; those behind them are not used.
    static void score(const AttentionTask& task, std::int32_t slots, float* scores) {
        switch (task.type) {
            case CacheType::F32:
                return score_all<CacheType::F32>(task, slots, scores);
            case CacheType::F16:
                return score_all<CacheType::F16>(task, slots, scores);
            case CacheType::Q8_0:
                return score_all<CacheType::Q8_0>(task, slots, scores);
        }
    }

    // weighted [rows][value width]: the sums over the slots of weight times value.
    static void weigh(const AttentionTask& task, std::int32_t slots, const float* weights,
                      float* weighted) {
        switch (task.type) {
            case CacheType::F32:
                return weigh_all<CacheType::F32>(task, slots, weights, weighted);
            case CacheType::F16:
                return weigh_all<CacheType::F16>(task, slots, weights, weighted);
            case CacheType::Q8_0:
                return weigh_all<CacheType::Q8_0>(task, slots, weights, weighted);
        }
    }

private:
    // Calls tile.template run<rows>(first row) for all rows, as many at once as there may be; six
    // that must be parted are three and three.
    template <class Tile>
    static void each_tile(std::int32_t rows, const Tile& tile) {
        for (std::int32_t r = 0; r < rows;) {
            std::int32_t count = rows - r;
            if (count > kMostRows) count = count <= 6 ? 3 : 4;
            if constexpr (kMostRows > 4) {
                if (count == 6) tile.template run<6>(r);
                if (count == 5) tile.template run<5>(r);
            }
            if (count == 4) tile.template run<4>(r);
            if (count == 3) tile.template run<3>(r);
            if (count == 2) tile.template run<2>(r);
            if (count == 1) tile.template run<1>(r);
            r += count;
        }
    }

    template <CacheType kType>
    struct ScoreTile {
        const AttentionTask& task;
        std::int32_t base, slots;
        float* scores;
        template <int kRows>
        void run(std::int32_t row) const {
            score_tile<kType, kRows>(task, row, base, slots, scores);
        }
    };
    template <CacheType kType>
    struct WeighTile {
        const AttentionTask& task;
        std::int32_t first, last;
        const float* weights;
        float* weighted;
        template <int kRows>
        void run(std::int32_t row) const {
            weigh_rows<kType, kRows>(task, row, first, last, weights, weighted);
        }
    };

    template <CacheType kType>
    static void score_all(const AttentionTask& task, std::int32_t slots, float* scores) {
        for (std::int32_t base = 0; base < slots; base += 16) {
            each_tile(task.rows, ScoreTile<kType>{task, base, slots, scores});
        }
    }

    // kRows rows from `row` on against sixteen keys.
    template <CacheType kType, int kRows>
    static void score_tile(const AttentionTask& task, std::int32_t row, std::int32_t base,
                           std::int32_t slots, float* scores) {
        const std::int32_t width = task.key_width;
        const float* queries = task.queries + row * width;
        const Floats scales = L::set(task.scale);
        for (int first = 0; first < 16; first += L::kWidth) {
            Floats folded[kRows][L::kWidth];
#pragma GCC unroll 8
            for (int s = 0; s < L::kWidth; s += kKeys) {
                const std::uint8_t* keys[kKeys];
                for (int i = 0; i < kKeys; ++i) {
                    const std::int32_t slot = base + first + s + i;
                    // Behind the last slot any row will do.
                    keys[i] = task.keys + static_cast<std::size_t>(slot < slots ? slot : base) *
                                              task.key_row_bytes;
                    if (row == 0) prefetch(keys[i], task.key_row_bytes);
                }
                Floats sums[kRows][kKeys][kPerSixteen];
#pragma GCC unroll 8
                for (int r = 0; r < kRows; ++r) {
#pragma GCC unroll 4
                    for (int i = 0; i < kKeys; ++i) {
#pragma GCC unroll 2
                        for (int k = 0; k < kPerSixteen; ++k) sums[r][i][k] = L::set(0.0f);
                    }
                }
                for (std::int32_t c = 0; c < width; c += 16) {
#pragma GCC unroll 2
                    for (int k = 0; k < kPerSixteen; ++k) {
                        Floats key[kKeys];
#pragma GCC unroll 4
                        for (int i = 0; i < kKeys; ++i) {
                            key[i] = CacheColumns<L, kType>::load(keys[i], c + k * L::kWidth);
                        }
#pragma GCC unroll 8
                        for (int r = 0; r < kRows; ++r) {
                            const Floats q = L::load(queries + r * width + c + k * L::kWidth);
#pragma GCC unroll 4
                            for (int i = 0; i < kKeys; ++i) {
                                sums[r][i][k] = L::fma(q, key[i], sums[r][i][k]);
                            }
                        }
                    }
                }
#pragma GCC unroll 8
                for (int r = 0; r < kRows; ++r) {
#pragma GCC unroll 4
                    for (int i = 0; i < kKeys; ++i) {
                        folded[r][s + i] = kPerSixteen == 2
                                               ? L::add(sums[r][i][0], sums[r][i][kPerSixteen - 1])
                                               : sums[r][i][0];
                    }
                }
            }
            for (int r = 0; r < kRows; ++r) {
                L::store(scores + (row + r) * kAttentionChunk + base + first,
                         L::mul(L::sums_across(folded[r]), scales));
            }
        }
    }

    template <CacheType kType>
    static void weigh_all(const AttentionTask& task, std::int32_t slots, const float* weights,
                          float* weighted) {
        for (std::int32_t i = 0; i < task.rows * task.value_width; ++i) weighted[i] = 0.0f;
        for (std::int32_t first = 0; first < slots; first += kSlotRun) {
            const std::int32_t last = first + kSlotRun < slots ? first + kSlotRun : slots;
            each_tile(task.rows, WeighTile<kType>{task, first, last, weights, weighted});
        }
    }

    template <CacheType kType, int kRows>
    static void weigh_rows(const AttentionTask& task, std::int32_t row, std::int32_t first,
                           std::int32_t last, const float* weights, float* weighted) {
        // Slots that all rows see, then those of each alone: a row takes no other slot's value.
        std::int32_t common = last;
        for (int r = 0; r < kRows; ++r) {
            common = task.visible[row + r] < common ? task.visible[row + r] : common;
        }
        const std::int32_t width = task.value_width;
        for (std::int32_t c = 0; c < width; c += kColumns * L::kWidth) {
            const std::int32_t left = (width - c) / L::kWidth;
            if (left >= kColumns && row == 0 && c == 0) {
                weigh_tile<kType, kRows, kColumns, true>(task, row, first, common, c, weights,
                                                         weighted);
            } else if (left >= kColumns) {
                weigh_tile<kType, kRows, kColumns, false>(task, row, first, common, c, weights,
                                                          weighted);
            } else {
                for (std::int32_t k = 0; k < left; ++k) {
                    weigh_tile<kType, kRows, 1, false>(task, row, first, common, c + k * L::kWidth,
                                                       weights, weighted);
                }
            }
        }
        for (std::int32_t r = row; r < row + kRows; ++r) {
            const std::int32_t end = task.visible[r] < last ? task.visible[r] : last;
            const std::int32_t begin = common < first ? first : common;
            if (begin >= end) continue;
            for (std::int32_t c = 0; c < width; c += L::kWidth) {
                weigh_tile<kType, 1, 1, false>(task, r, begin, end, c, weights, weighted);
            }
        }
    }

    // Slots [first, last), kTile registers of columns from c on.
    template <CacheType kType, int kRows, int kTile, bool kAhead>
    DEEPWELL_INLINE void weigh_tile(const AttentionTask& task, std::int32_t row, std::int32_t first,
                                    std::int32_t last, std::int32_t c, const float* weights,
                                    float* weighted) {
        Floats sums[kRows][kTile];
        float* out = weighted + row * task.value_width + c;
        const float* weight = weights + row * kAttentionChunk;
#pragma GCC unroll 8
        for (int r = 0; r < kRows; ++r) {
#pragma GCC unroll 4
            for (int k = 0; k < kTile; ++k) {
                sums[r][k] = L::load(out + r * task.value_width + k * L::kWidth);
            }
        }
        for (std::int32_t s = first; s < last; ++s) {
            const std::uint8_t* values =
                task.values + static_cast<std::size_t>(s) * task.value_row_bytes;
            // The first pass over the row asks for a later one, a row at a time: many at once stop
            // the loads that are needed now.
            if (kAhead) prefetch(values, task.value_row_bytes);
            Floats value[kTile];
#pragma GCC unroll 4
            for (int k = 0; k < kTile; ++k) {
                value[k] = CacheColumns<L, kType>::load(values, c + k * L::kWidth);
            }
#pragma GCC unroll 8
            for (int r = 0; r < kRows; ++r) {
                const Floats w = L::set(weight[r * kAttentionChunk + s]);
#pragma GCC unroll 4
                for (int k = 0; k < kTile; ++k) sums[r][k] = L::fma(w, value[k], sums[r][k]);
            }
        }
#pragma GCC unroll 8
        for (int r = 0; r < kRows; ++r) {
#pragma GCC unroll 4
            for (int k = 0; k < kTile; ++k) {
                L::store(out + r * task.value_width + k * L::kWidth, sums[r][k]);
            }
        }
    }
};

}  // namespace deepwell::kernels::cpu
