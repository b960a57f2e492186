// Which tokens of a batch go to which expert. Its memory is kept from batch to batch, so that a
// token of a decode allocates nothing.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace deepwell::engine::cpu {

// What a router chose: `used` ids and weights of each token, rows `stride` apart.
struct RoutedTokens {
    const std::int32_t* ids = nullptr;
    std::int64_t id_stride = 0;
    const float* weights = nullptr;
    std::int64_t weight_stride = 0;
    int tokens = 0;
    int used = 0;
};

// The tokens that chose an expert, ascending, and the weights of what it says to them.
struct ExpertVisit {
    std::int32_t expert = 0;
    std::span<const std::int32_t> tokens;
    std::span<const float> weights;
    std::int64_t first_row = 0;  // of its tokens in the scratch of the round
};

class ExpertVisits {
public:
    // Forgets what was there. The ids are in [0, experts).
    void collect(const RoutedTokens& routed, int experts);

    // The next visits, by ascending expert, that together have at most `rows` tokens (but at least
    // one visit); empty at the end. Valid until the next `collect`.
    std::span<const ExpertVisit> next_round(std::int64_t rows);

private:
    std::vector<std::int32_t> tokens_;
    std::vector<float> weights_;
    std::vector<std::int32_t> places_;  // by expert: where its next token goes
    std::vector<ExpertVisit> visits_;
    std::size_t given_ = 0;
};

}  // namespace deepwell::engine::cpu
