// Parts a reply, as it streams, into its thought and its answer.
//
// Fed with pieces of whole UTF-8 in any cut; the result does not depend on the cut. At most seven
// characters (a tail that could still become a tag) and the white space that may be trimmed are
// held back. Rules: facts on chat with the R1 family, section 4; the comments name them.
//
//     ReasoningSplitter splitter({.opened_by_template = true});
//     for (piece : pieces) { auto delta = splitter.feed(piece); … }
//     auto rest = splitter.finish();
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace deepwell::engine {

// What a piece is, where the vocabulary has the tags as single tokens (rule 9).
enum class PieceKind { Text, OpenTag, CloseTag };

struct SplitterOptions {
    bool opened_by_template = false;  // the prompt ended inside a thought
    // Tags are single tokens and pieces come tagged: in a thought, letters that spell the closing
    // tag from several tokens are text.
    bool by_token = false;
    std::string open_tag = "<think>";
    std::string close_tag = "</think>";
};

// What became certain with the last piece.
struct SplitterDelta {
    std::string thought;
    std::string answer;
    bool thought_opened = false;
    bool thought_closed = false;
    // Rule 4: a closing tag without an opening one. All answer text so far is the thought; the
    // receiver moves it there (cut at both ends as `thought()` is). `thought` holds nothing then.
    bool answer_was_thought = false;
};

class ReasoningSplitter {
public:
    enum class State { Start, Thought, Answer };
    enum class Outcome { Thinking, Answer, ThoughtOnly, Empty };

    explicit ReasoningSplitter(SplitterOptions options);

    SplitterDelta feed(std::string_view piece, PieceKind kind = PieceKind::Text);
    // No more comes: what was held back is given out.
    SplitterDelta finish();

    State state() const { return state_; }
    Outcome outcome() const;  // after finish()

    // The whole so far, with its white space as it is to be stored. has_thought() false = null.
    bool has_thought() const { return has_thought_; }
    const std::string& thought() const { return thought_; }
    const std::string& answer() const { return answer_; }

    // For the log.
    bool opened_twice() const { return opened_twice_; }
    bool closed_without_open() const { return closed_without_open_; }

private:
    SplitterOptions options_;
    State state_ = State::Start;
    bool has_thought_ = false;
    bool opened_twice_ = false;
    bool closed_without_open_ = false;
    bool finished_ = false;
    std::string thought_;
    std::string answer_;
};

}  // namespace deepwell::engine
