#include "engine/backend/cpu/expert_visits.h"

namespace deepwell::engine::cpu {

void ExpertVisits::collect(const RoutedTokens& routed, int experts) {
    const auto pairs =
        static_cast<std::size_t>(routed.tokens) * static_cast<std::size_t>(routed.used);
    tokens_.resize(pairs);
    weights_.resize(pairs);
    places_.assign(static_cast<std::size_t>(experts), 0);
    visits_.clear();
    given_ = 0;

    const auto chosen = [&](int token, int i) {
        return static_cast<std::size_t>(routed.ids[token * routed.id_stride + i]);
    };
    for (int t = 0; t < routed.tokens; ++t) {
        for (int i = 0; i < routed.used; ++i) ++places_[chosen(t, i)];
    }
    std::size_t begin = 0;
    for (std::size_t expert = 0; expert < places_.size(); ++expert) {
        const auto count = static_cast<std::size_t>(places_[expert]);
        places_[expert] = static_cast<std::int32_t>(begin);
        if (count == 0) continue;
        visits_.push_back({static_cast<std::int32_t>(expert),
                           std::span<const std::int32_t>(tokens_).subspan(begin, count),
                           std::span<const float>(weights_).subspan(begin, count), 0});
        begin += count;
    }
    for (int t = 0; t < routed.tokens; ++t) {
        for (int i = 0; i < routed.used; ++i) {
            const auto place = static_cast<std::size_t>(places_[chosen(t, i)]++);
            tokens_[place] = t;
            weights_[place] = routed.weights[t * routed.weight_stride + i];
        }
    }
}

std::span<const ExpertVisit> ExpertVisits::next_round(std::int64_t rows) {
    const std::size_t begin = given_;
    std::int64_t taken = 0;
    while (given_ < visits_.size()) {
        ExpertVisit& visit = visits_[given_];
        const auto more = static_cast<std::int64_t>(visit.tokens.size());
        if (given_ > begin && taken + more > rows) break;
        visit.first_row = taken;
        taken += more;
        ++given_;
    }
    return std::span<const ExpertVisit>(visits_).subspan(begin, given_ - begin);
}

}  // namespace deepwell::engine::cpu
