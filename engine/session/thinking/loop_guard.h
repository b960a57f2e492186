// Notices that a text goes round in circles. Fed with tokens of one part (thought or answer); a
// positive result names where the repeats begin. Four rules:
//   1. a piece of 20 to 200 tokens, three times in a row;
//   2. a line, eight times in a row;
//   3. a piece of fewer than 20 tokens whose repeats in a row fill 200 tokens;
//   4. the last 1,500 tokens hold so little that is new that they must be a loop with variations
//      (share of token triples not seen before in the window).
// Cost: constant per token on average.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace deepwell::engine {

struct LoopFound {
    std::size_t from_token = 0;  // index (in what was fed) of the first token that is a repeat
    std::size_t piece = 0;       // tokens of the piece; 0 for rules 2 and 4
    std::size_t times = 0;
    std::string description;  // for people
};

class LoopGuard {
public:
    LoopGuard();
    ~LoopGuard();
    LoopGuard(LoopGuard&&) noexcept;
    LoopGuard& operator=(LoopGuard&&) noexcept;

    std::optional<LoopFound> feed(std::int64_t id, std::string_view text);
    void reset();

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace deepwell::engine
