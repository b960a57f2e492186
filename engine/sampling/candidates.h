// The tokens that may still be drawn in one step, with their logits.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "engine/sampling/settings.h"

namespace deepwell::engine {

struct Candidate {
    TokenId id = 0;
    double logit = 0;
};

// Highest logit first, ties by id: the one order that every sampler and the draw use.
inline bool ranks_before(const Candidate& a, const Candidate& b) {
    return a.logit != b.logit ? a.logit > b.logit : a.id < b.id;
}

struct Candidates {
    std::vector<Candidate> items;
    bool sorted = false;  // by ranks_before

    // Fills with all ids. Not-a-number and -inf are left out; the count of the former is returned.
    std::size_t fill(std::span<const float> logits);
    void sort();
    double highest() const;  // logit; items must not be empty
    // Softmax of the items, in their order, into `probabilities`.
    void softmax(std::vector<double>& probabilities) const;
};

}  // namespace deepwell::engine
