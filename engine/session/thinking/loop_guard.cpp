#include "engine/session/thinking/loop_guard.h"

#include <algorithm>
#include <array>
#include <unordered_map>
#include <vector>

namespace deepwell::engine {
namespace {

constexpr std::size_t kShortestPiece = 20;
constexpr std::size_t kLongestPiece = 200;
constexpr std::size_t kPieceTimes = 3;
constexpr std::size_t kShortFill = 200;
constexpr std::size_t kLineTimes = 8;
constexpr std::size_t kShortestLine = 2;
constexpr std::size_t kWindow = 1500;
constexpr std::size_t kLookEvery = 50;
// Prose has over 80 % of triples that are new in such a window, long sums still over 30 %.
constexpr double kLeastNew = 0.15;

std::string_view without_end_space(std::string_view line) {
    const auto last = line.find_last_not_of(" \t\r");
    return last == std::string_view::npos ? std::string_view() : line.substr(0, last + 1);
}

}  // namespace

struct LoopGuard::State {
    std::vector<std::int64_t> ids;
    // How many tokens in a row, up to the newest, equal the one `period` before them.
    std::array<std::size_t, kLongestPiece + 1> equal{};

    std::string line;
    std::size_t line_begin = 0;  // token in which it began
    std::string former_line;
    std::size_t line_times = 0;
    std::size_t second_line_begin = 0;

    std::unordered_map<std::uint64_t, int> triples;  // of the window, with their number

    std::optional<LoopFound> pieces();
    std::optional<LoopFound> lines(std::string_view text);
    std::optional<LoopFound> novelty();
    std::uint64_t triple_at(std::size_t i) const;
};

std::optional<LoopFound> LoopGuard::State::pieces() {
    const std::size_t count = ids.size();
    std::optional<LoopFound> found;
    // As far back as a short piece repeats: longer pieces in there are not pieces of their own.
    std::size_t short_reach = 0;
    for (std::size_t period = 1; period <= kLongestPiece && period < count; ++period) {
        if (ids[count - 1] != ids[count - 1 - period]) {
            equal[period] = 0;
            continue;
        }
        const std::size_t run = ++equal[period];
        if (period < kShortestPiece) {
            short_reach = std::max(short_reach, run + period);
        } else if (run + period <= short_reach) {
            continue;
        }
        const bool loops = period >= kShortestPiece ? run >= (kPieceTimes - 1) * period
                                                    : run + period >= kShortFill;
        if (!loops || found) continue;
        const std::size_t times = (run + period) / period;
        found = LoopFound{count - run, period, times,
                          period == 1 ? "one token, " + std::to_string(times) + " times"
                                      : "a piece of " + std::to_string(period) + " tokens, " +
                                            std::to_string(times) + " times"};
    }
    return found;
}

std::optional<LoopFound> LoopGuard::State::lines(std::string_view text) {
    std::optional<LoopFound> found;
    const std::size_t here = ids.size() - 1;
    for (const char c : text) {
        if (c != '\n') {
            if (line.empty()) line_begin = here;
            line += c;
            continue;
        }
        const std::string_view ended = without_end_space(line);
        if (ended.size() >= kShortestLine) {
            if (ended == former_line) {
                if (++line_times == 2) second_line_begin = line_begin;
            } else {
                former_line = ended;
                line_times = 1;
            }
            if (line_times >= kLineTimes && !found) {
                found = LoopFound{second_line_begin, 0, line_times,
                                  "a line, " + std::to_string(line_times) + " times"};
            }
        }
        line.clear();
    }
    return found;
}

std::uint64_t LoopGuard::State::triple_at(std::size_t i) const {
    std::uint64_t hash = 1469598103934665603ull;
    for (std::size_t k = i; k < i + 3; ++k) {
        hash = (hash ^ static_cast<std::uint64_t>(ids[k])) * 1099511628211ull;
        hash ^= hash >> 29;
    }
    return hash;
}

std::optional<LoopFound> LoopGuard::State::novelty() {
    const std::size_t count = ids.size();
    if (count < 3) return std::nullopt;
    ++triples[triple_at(count - 3)];
    if (count > kWindow) {
        const auto oldest = triples.find(triple_at(count - kWindow - 1));
        if (--oldest->second == 0) triples.erase(oldest);
    }
    if (count < kWindow || count % kLookEvery != 0) return std::nullopt;
    const auto different = static_cast<double>(triples.size());
    if (different >= kLeastNew * static_cast<double>(kWindow - 2)) return std::nullopt;
    // What the window has of its own is about as long as its number of different triples.
    return LoopFound{count - kWindow + triples.size(), 0, 0,
                     "the last " + std::to_string(kWindow) + " tokens say little that is new"};
}

LoopGuard::LoopGuard() : state_(std::make_unique<State>()) {}
LoopGuard::~LoopGuard() = default;
LoopGuard::LoopGuard(LoopGuard&&) noexcept = default;
LoopGuard& LoopGuard::operator=(LoopGuard&&) noexcept = default;

std::optional<LoopFound> LoopGuard::feed(std::int64_t id, std::string_view text) {
    state_->ids.push_back(id);
    const auto piece = state_->pieces();
    const auto line = state_->lines(text);
    const auto stale = state_->novelty();
    return piece ? piece : line ? line : stale;
}

void LoopGuard::reset() {
    state_ = std::make_unique<State>();
}

}  // namespace deepwell::engine
