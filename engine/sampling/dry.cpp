// DRY: a token that would prolong a repeat of what came before is punished, more the longer the
// repeat already is. Multiplier * base^(length - allowed).
#include <algorithm>
#include <cmath>
#include <unordered_map>

#include "engine/sampling/samplers.h"

namespace deepwell::engine::samplers {

namespace {

// How far a repeat may reach back: to behind the nearest breaker that lies wholly in the window.
// `back[i]` is the i-th token from the end.
std::size_t reach(const std::vector<TokenId>& back,
                  const std::vector<std::vector<TokenId>>& breakers) {
    for (std::size_t i = 0; i < back.size(); ++i) {
        std::size_t longest = 0;
        for (const auto& breaker : breakers) {
            const std::size_t length = breaker.size();
            if (length <= longest || length > i + 1) continue;
            bool equal = true;
            for (std::size_t n = 0; n < length && equal; ++n) equal = breaker[n] == back[i - n];
            if (equal) longest = length;
        }
        if (longest > 0) return i + 1 - longest;
    }
    return back.size();
}

// z[j] = how many tokens from `back[j]` on are equal to those from `back[0]` on: the length of the
// common suffix of the text and the text without its last j tokens. Linear (Gusfield 1997, 1.4).
std::vector<std::size_t> z_lengths(const std::vector<TokenId>& back) {
    const std::size_t size = back.size();
    std::vector<std::size_t> z(size, 0);
    std::size_t left = 0;
    std::size_t right = 0;
    for (std::size_t j = 1; j < size; ++j) {
        std::size_t length = j < right ? std::min(right - j, z[j - left]) : 0;
        while (j + length < size && back[length] == back[j + length]) ++length;
        z[j] = length;
        if (j + length > right) {
            left = j;
            right = j + length;
        }
    }
    return z;
}

bool is_breaker(TokenId id, const std::vector<std::vector<TokenId>>& breakers) {
    return std::any_of(breakers.begin(), breakers.end(), [id](const auto& breaker) {
        return breaker.size() == 1 && breaker.front() == id;
    });
}

}  // namespace

void dry(Candidates& candidates, const SamplerSettings& settings, History history,
         std::span<const TokenId> exempt) {
    if (settings.dry_multiplier == 0 || settings.dry_base < 1 || settings.dry_window == 0) return;
    if (settings.dry_window > 0) {
        history =
            history.last(std::min(history.size(), static_cast<std::size_t>(settings.dry_window)));
    }
    const auto allowed = static_cast<std::size_t>(std::max(0, settings.dry_allowed_length));
    if (history.size() <= allowed) return;
    const std::vector<TokenId> back(history.rbegin(), history.rend());
    const std::size_t limit = reach(back, settings.dry_breakers);
    if (limit < allowed) return;

    const std::vector<std::size_t> z = z_lengths(back);
    std::unordered_map<TokenId, std::size_t> longest;
    for (std::size_t j = 1; j < back.size(); ++j) {
        const std::size_t length = std::min(z[j], limit);
        if (length < allowed) continue;
        std::size_t& entry = longest[back[j - 1]];
        entry = std::max(entry, length);
    }
    for (const TokenId id : exempt) longest.erase(id);

    // Beyond this exponent the penalty leaves the range of float32, where others compute it.
    const double highest_exponent = 88.72 / std::log(settings.dry_base);
    for (const auto& [id, length] : longest) {
        if (is_breaker(id, settings.dry_breakers)) continue;
        double* logit = candidates.find(id);
        if (logit == nullptr) continue;
        const double exponent = std::min(static_cast<double>(length - allowed), highest_exponent);
        *logit -= settings.dry_multiplier * std::pow(settings.dry_base, exponent);
    }
}

}  // namespace deepwell::engine::samplers
