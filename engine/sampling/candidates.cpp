#include "engine/sampling/candidates.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace deepwell::engine {

namespace {

// Below this distance from the top a term is lost in the sum's rounding even if the whole
// vocabulary had it (e^-60 · 1e6 < 1e-19), so the exponential need not be computed.
constexpr double kNegligible = -60;

}  // namespace

std::size_t Candidates::fill(std::span<const float> logits) {
    items_.clear();
    items_.reserve(logits.size());
    ranked_ = 0;
    by_id_ = true;
    std::size_t invalid = 0;
    for (std::size_t id = 0; id < logits.size(); ++id) {
        const float logit = logits[id];
        if (std::isnan(logit)) {
            ++invalid;
        } else if (logit == std::numeric_limits<float>::infinity()) {
            items_.assign(1, {static_cast<TokenId>(id), 0});
            return invalid;
        } else if (logit != -std::numeric_limits<float>::infinity()) {
            items_.push_back({static_cast<TokenId>(id), logit});
        }
    }
    return invalid;
}

void Candidates::assign(std::vector<Candidate> items) {
    items_ = std::move(items);
    ranked_ = 0;
    by_id_ = std::is_sorted(items_.begin(), items_.end(),
                            [](const Candidate& a, const Candidate& b) { return a.id < b.id; });
}

void Candidates::rank(std::size_t count) {
    count = std::min(count, items_.size());
    if (count <= ranked_) return;
    by_id_ = false;
    const auto from = items_.begin() + static_cast<std::ptrdiff_t>(ranked_);
    const auto to = items_.begin() + static_cast<std::ptrdiff_t>(count);
    if (count - ranked_ > (items_.size() - ranked_) / 8) {
        std::sort(from, items_.end(), ranks_before);
        ranked_ = items_.size();
    } else {
        std::nth_element(from, to, items_.end(), ranks_before);
        std::sort(from, to, ranks_before);
        ranked_ = count;
    }
}

void Candidates::keep_best(std::size_t count) {
    if (count >= items_.size()) return;
    rank(count);
    items_.resize(count);
    ranked_ = count;
}

void Candidates::keep(std::vector<Candidate> items) {
    items_ = std::move(items);
    ranked_ = 0;
    by_id_ = false;
}

void Candidates::remove_best(std::size_t count) {
    items_.erase(items_.begin(), items_.begin() + static_cast<std::ptrdiff_t>(count));
    ranked_ -= count;
}

double Candidates::highest() const {
    if (ranked_ > 0) return items_.front().logit;
    double best = items_.front().logit;
    for (const Candidate& item : items_) best = std::max(best, item.logit);
    return best;
}

double* Candidates::find(TokenId id) {
    ranked_ = 0;
    if (by_id_) {
        const auto direct = static_cast<std::size_t>(id);
        if (id >= 0 && direct < items_.size() && items_[direct].id == id) {
            return &items_[direct].logit;
        }
        const auto place = std::lower_bound(
            items_.begin(), items_.end(), id,
            [](const Candidate& item, TokenId wanted) { return item.id < wanted; });
        return place != items_.end() && place->id == id ? &place->logit : nullptr;
    }
    for (Candidate& item : items_) {
        if (item.id == id) return &item.logit;
    }
    return nullptr;
}

void Candidates::drop_impossible() {
    const auto impossible = [](const Candidate& item) {
        return std::isnan(item.logit) || item.logit == -std::numeric_limits<double>::infinity();
    };
    if (std::erase_if(items_, impossible) > 0) ranked_ = 0;
}

double Candidates::exponential_sum() const {
    const double top = highest();
    double sum = 0;
    for (const Candidate& item : items_) {
        const double below = item.logit - top;
        if (below > kNegligible) sum += std::exp(below);
    }
    return sum;
}

void Candidates::softmax(std::vector<double>& probabilities) const {
    probabilities.resize(items_.size());
    if (items_.empty()) return;
    const double top = highest();
    double sum = 0;
    for (std::size_t i = 0; i < items_.size(); ++i) {
        probabilities[i] = std::exp(items_[i].logit - top);
        sum += probabilities[i];
    }
    for (double& probability : probabilities) probability /= sum;
}

}  // namespace deepwell::engine
