#include "kernels/cpu/route.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace deepwell::kernels::cpu {
namespace {

using Scores = std::array<double, kMaxExperts>;

void probabilities(const RouteRule& rule, const float* z, Scores& p) {
    if (rule.sigmoid) {
        for (std::int32_t e = 0; e < rule.experts; ++e) {
            p[static_cast<std::size_t>(e)] = 1.0 / (1.0 + std::exp(-static_cast<double>(z[e])));
        }
        return;
    }
    const double largest = *std::max_element(z, z + rule.experts);
    double sum = 0.0;
    for (std::int32_t e = 0; e < rule.experts; ++e) {
        p[static_cast<std::size_t>(e)] = std::exp(static_cast<double>(z[e]) - largest);
        sum += p[static_cast<std::size_t>(e)];
    }
    for (std::int32_t e = 0; e < rule.experts; ++e) p[static_cast<std::size_t>(e)] /= sum;
}

constexpr double kOut = -std::numeric_limits<double>::infinity();

// Index of the largest of count scores, the lowest of equals.
std::size_t best(const double* scores, std::size_t count) {
    return static_cast<std::size_t>(std::max_element(scores, scores + count) - scores);
}

// Leaves only the best groups in the running; a group's score is the sum of its two best.
void keep_best_groups(const RouteRule& rule, Scores& choice) {
    const auto groups = static_cast<std::size_t>(rule.groups);
    const std::size_t size = static_cast<std::size_t>(rule.experts) / groups;
    Scores group_scores;
    for (std::size_t g = 0; g < groups; ++g) {
        double first = kOut, second = kOut;
        for (std::size_t i = 0; i < size; ++i) {
            const double score = choice[g * size + i];
            if (score > first) {
                second = first;
                first = score;
            } else if (score > second) {
                second = score;
            }
        }
        group_scores[g] = size == 1 ? first : first + second;
    }
    std::array<bool, kMaxExperts> kept{};
    for (std::int32_t k = 0; k < rule.groups_used; ++k) {
        const std::size_t g = best(group_scores.data(), groups);
        kept[g] = true;
        group_scores[g] = kOut;
    }
    for (std::size_t g = 0; g < groups; ++g) {
        if (kept[g]) continue;
        std::fill_n(choice.begin() + static_cast<std::ptrdiff_t>(g * size), size, kOut);
    }
}

}  // namespace

void route(const RouteRule& rule, const float* z, const float* bias, std::int32_t* ids,
           float* weights) {
    Scores p, choice;
    const auto experts = static_cast<std::size_t>(rule.experts);
    probabilities(rule, z, p);
    for (std::size_t e = 0; e < experts; ++e) {
        choice[e] = p[e] + (bias != nullptr ? static_cast<double>(bias[e]) : 0.0);
    }
    if (rule.groups > 1) keep_best_groups(rule, choice);

    std::array<bool, kMaxExperts> chosen{};
    for (std::int32_t k = 0; k < rule.used; ++k) {
        std::size_t e = best(choice.data(), experts);
        // More asked for than the groups hold, or scores that are no numbers: the next free one.
        while (chosen[e]) e = (e + 1) % experts;
        chosen[e] = true;
        choice[e] = kOut;
    }
    double sum = 0.0;
    std::int32_t count = 0;
    for (std::size_t e = 0; e < experts; ++e) {
        if (!chosen[e]) continue;
        ids[count++] = static_cast<std::int32_t>(e);
        sum += p[e];
    }
    const double factor = static_cast<double>(rule.scale) / (rule.normalise && sum > 0 ? sum : 1.0);
    for (std::int32_t k = 0; k < count; ++k) {
        weights[k] = static_cast<float>(p[static_cast<std::size_t>(ids[k])] * factor);
    }
}

}  // namespace deepwell::kernels::cpu
