// From pieces to events: what the inference thread and the player have in common. Fed with tokens
// (or recorded pieces, which count as tokens), it keeps characters whole, parts thought and answer,
// watches budget, reserve, answer-now and loops, finds stop texts, gathers deltas for 33 ms, and
// counts.
//
// One object a run of a reply; on the generator's working thread only.
#pragma once

#include <chrono>
#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "app/generation/event.h"
#include "app/generation/stop_text.h"
#include "engine/base/stop_flag.h"
#include "engine/session/thinking/thinking_limits.h"
#include "engine/tokenizer/utf8_stream.h"

namespace deepwell::app {

using Emit = std::function<void(Event)>;
using SteadyTime = std::chrono::steady_clock::time_point;
using Now = std::function<SteadyTime()>;

struct ReplyStreamOptions {
    bool opened_by_template = false;
    bool thought_off = false;
    bool by_token = false;  // the tags are single tokens: pieces come with their kind
    int context = 0;        // slots; 0 = no reserve
    int prompt_tokens = 0;
};

class ReplyStream {
public:
    // What the maker of tokens does next.
    struct Next {
        enum class Action { GoOn, Insert, End };
        Action action = Action::GoOn;
        std::string insert;                   // Insert: run this text through the model, go on
        StopReason reason = StopReason::End;  // End: call finish(reason)
    };

    // `flag`: answer-now is read from it at each piece. `begin`: when the work on the prompt began.
    ReplyStream(const Request& request, const ReplyStreamOptions& options,
                const engine::StopFlag& flag, Emit emit, SteadyTime begin,
                Now now = &std::chrono::steady_clock::now);
    ~ReplyStream();

    // Call once, before the first piece: tells that the thought is open, if it is. A reply that
    // goes on gets its former texts back, so that trimming and loops are judged on the whole.
    // Returns Insert where the thought is to be closed before anything is sampled.
    Next open();

    // One token, or one recorded piece. bytes need not be whole characters.
    Next piece(std::int64_t id, std::string_view bytes,
               engine::PieceKind kind = engine::PieceKind::Text);

    // The inserted text was that many tokens.
    void inserted(int tokens);

    // Sends what has been gathered if it is time; the player calls it while it waits.
    void tick();
    // When tick will have something to send; far in the future if nothing is gathered.
    SteadyTime next_tick() const;

    // The end: sends the rest and gives the event Ended, which the caller hands on.
    Ended finish(StopReason reason, std::optional<engine::Error> error = {});

    // Of this run, the thought's and the answer's together.
    int tokens() const { return thought_tokens_ + answer_tokens_ + unfinished_tokens_; }
    bool in_thought() const;
    void set_prompt_counts(int fresh, int reused);

private:
    Next take(const engine::ReplyStep& step);
    void take_delta(const engine::SplitterDelta& delta, ThoughtEndedBy closed_by);
    void add_thought(const std::string& text);
    void add_answer(const std::string& text);
    void count(int tokens, bool thought);
    void open_thought(OpenedBy by);
    void close_thought(ThoughtEndedBy by);
    void flush();
    double rate();
    Next prime();
    Next close_before_sampling();

    const Request& request_;
    ReplyStreamOptions options_;
    const engine::StopFlag& flag_;
    Emit emit_;
    Now now_;
    SteadyTime begin_;

    engine::SplitterOptions splitter_;
    engine::ThinkingLimits limits_;
    engine::Utf8Stream utf8_;
    StopText stop_text_;
    bool stop_text_found_ = false;
    bool answer_now_sent_ = false;
    int unfinished_tokens_ = 0;  // whose character is not whole yet
    // Of the former text of a reply that goes on, what has not come out of the splitter again yet.
    std::size_t skip_thought_ = 0;
    std::size_t skip_answer_ = 0;

    Delta gathered_;
    SteadyTime last_sent_;
    std::deque<std::pair<SteadyTime, int>> recent_;

    bool thought_open_ = false;
    SteadyTime thought_begin_;
    double thought_ms_ = 0;
    std::optional<SteadyTime> first_token_;
    int thought_tokens_ = 0;
    int answer_tokens_ = 0;
    Statistics statistics_;

    std::optional<std::size_t> repeat_from_;
    bool repeat_in_thought_ = false;
    std::string loop_;
};

}  // namespace deepwell::app
