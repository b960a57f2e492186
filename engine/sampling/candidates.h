// The tokens that may still be drawn in one step, with their logits.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "engine/base/token_id.h"

namespace deepwell::engine {

struct Candidate {
    TokenId id = 0;
    double logit = 0;
};

// Highest logit first, ties by id: the one order that every sampler and the draw use.
inline bool ranks_before(const Candidate& a, const Candidate& b) {
    return a.logit != b.logit ? a.logit > b.logit : a.id < b.id;
}

// Filled in the order of the ids. Samplers rank only as many of the first places as they look at,
// so the whole vocabulary is never sorted.
class Candidates {
public:
    // Takes all ids. What is not a number or -inf is left out; the count of the former is returned.
    // Where there is a +inf, only the lowest such id stays.
    std::size_t fill(std::span<const float> logits);
    void assign(std::vector<Candidate> items);

    std::size_t size() const { return items_.size(); }
    bool empty() const { return items_.empty(); }
    const Candidate& operator[](std::size_t index) const { return items_[index]; }
    const std::vector<Candidate>& items() const { return items_; }

    // Puts the `count` best in front, ranked. Cheap if they are already.
    void rank(std::size_t count);
    // Keeps the `count` best.
    void keep_best(std::size_t count);
    // Keeps one or more that a sampler chose itself, in any order.
    void keep(std::vector<Candidate> items);
    // Removes the `count` best; rank(count) must have been called.
    void remove_best(std::size_t count);

    double highest() const;  // logit; there must be one
    // The logit of one id, to be changed in place; null if it is no candidate. The order is
    // forgotten. Quick as long as nothing was ranked.
    double* find(TokenId id);
    // Forgets candidates whose logit has become -inf or not a number.
    void drop_impossible();
    // logit = change(logit) for all; the order is forgotten.
    template <class Change>
    void change_all(Change change) {
        for (Candidate& item : items_) item.logit = change(item.logit);
        ranked_ = 0;
    }

    // Sum of exp(logit - highest) over all: the denominator of every probability.
    double exponential_sum() const;
    // Softmax of all, in their order.
    void softmax(std::vector<double>& probabilities) const;

private:
    std::vector<Candidate> items_;
    std::size_t ranked_ = 0;  // so many of the first places are final
    bool by_id_ = true;       // still in the order of the ids
};

}  // namespace deepwell::engine
