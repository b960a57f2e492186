// Parts a reply, as it streams, into its thought and its answer.
//
// Fed with pieces of whole UTF-8 in any cut; the result does not depend on the cut. At most a tail
// that could still become a tag and the white space that may be trimmed are held back.
//
// Rules, in short. White space may come before the opening tag, other text starts the answer. The
// first closing tag ends the thought; nothing nests; later tags are text. A closing tag without a
// thought (outside a code fence) makes all text before it the thought. Empty lines at the front of
// both parts go, indentation stays; the thought's end is trimmed; a reply without a thought is not
// touched.
//
//     ReasoningSplitter splitter({.opened_by_template = prompt.opened_by_template});
//     for (const auto& piece : pieces) show(splitter.feed(piece));
//     show(splitter.finish());
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "engine/prompt/code_fence.h"

namespace deepwell::engine {

// What a piece is, where the vocabulary has the tags as single tokens.
enum class PieceKind { Text, OpenTag, CloseTag };

struct SplitterOptions {
    bool opened_by_template = false;  // the prompt ended inside a thought
    // The vocabulary has the tags as single tokens and pieces come with their kind. Letters that
    // spell a closing tag from several tokens are then a quotation, unless they stand on a line of
    // their own outside a code fence, or the opening tag was spelled as well.
    bool by_token = false;
    std::string open_tag = "<think>";
    std::string close_tag = "</think>";
};

// What became certain with the last piece, in this order:
//   answer_before · answer_was_thought · thought_opened · thought · thought_closed · answer
struct SplitterDelta {
    // A closing tag without an opening one: all answer text so far, `answer_before` of this delta
    // included, is the thought. What it looks like trimmed says ReasoningSplitter::thought().
    bool answer_was_thought = false;
    std::string answer_before;
    bool thought_opened = false;
    std::string thought;
    bool thought_closed = false;
    std::string answer;
};

class ReasoningSplitter {
public:
    enum class State { Start, Thought, Answer };
    // How it ended: inside a thought, with an answer, a closed thought without an answer, nothing.
    enum class Outcome { Thinking, Answer, ThoughtOnly, Empty };

    explicit ReasoningSplitter(SplitterOptions options);

    // `piece` is the text, of a tag token too.
    SplitterDelta feed(std::string_view piece, PieceKind kind = PieceKind::Text);
    // No more comes: what was held back is given out.
    SplitterDelta finish();

    State state() const { return state_; }
    Outcome outcome() const;  // after finish()

    // All so far, as it is to be stored. No thought is not the same as an empty one.
    bool has_thought() const { return has_thought_; }
    const std::string& thought() const { return thought_; }
    const std::string& answer() const { return answer_; }

    // For the log: the model opened what the template had opened; closed what nobody had opened.
    bool opened_twice() const { return opened_twice_; }
    bool closed_without_open() const { return closed_without_open_; }

private:
    void advance(SplitterDelta& delta);
    bool advance_start(SplitterDelta& delta);
    bool advance_thought(SplitterDelta& delta);
    bool advance_answer(SplitterDelta& delta);
    enum class Spelled { Closes, Text, Undecided };
    Spelled judge_closing_tag(std::size_t place) const;
    void open(SplitterDelta& delta);
    void close(SplitterDelta& delta);
    void close_without_open(SplitterDelta& delta);
    void add_thought(std::string_view text, SplitterDelta* delta);
    void add_answer(std::string_view text, SplitterDelta& delta);
    std::string without_front(std::string_view text);

    SplitterOptions options_;
    State state_ = State::Start;
    bool has_thought_ = false;
    bool finished_ = false;
    bool tag_token_seen_ = false;   // so letters are not trusted to be tags
    bool repeat_possible_ = false;  // the template opened; the model may open once more
    bool opened_twice_ = false;
    bool closed_without_open_ = false;
    std::string pending_;  // not yet judged
    std::string space_;    // white space at the front or at the end of the part, not yet given out
    bool at_front_ = true;
    char last_ = '\n';  // the byte before pending_
    CodeFence fence_;   // of the running part
    std::string thought_;
    std::string answer_;
};

}  // namespace deepwell::engine
