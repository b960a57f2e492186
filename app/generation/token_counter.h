// Counts tokens without a model in memory: for the context meter, for attachments, and for
// "question too long" before anything is sent. Vocabulary and template are read from the model's
// file on a thread of its own, kept while the same file is asked about, and shared with nobody's
// work: counting goes on while a reply runs.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "app/base/done.h"
#include "app/conversations/message_tree.h"
#include "app/generation/reply_settings.h"
#include "app/generation/request.h"

namespace deepwell::app {

// The request as it would be if `question` were asked below `leaf` (none: the first question). Only
// the question's text and attachments matter.
Request draft_request(const MessageTree& tree, const std::optional<MessageId>& leaf,
                      Message question, const ReplySettings& settings);

struct TokenCount {
    int prompt = 0;    // all that would be sent; it must be less than the context
    int question = 0;  // of it, the last turn's own text with its attachments
};

class TokenCounter {
public:
    TokenCounter();
    ~TokenCounter();  // waits for the count that runs

    // What `request` would send (draft_request). The newest question wins: one
    // that still waits answers Cancelled. Errors: NotFound, Damaged (the file), InvalidArgument
    // (its template fails on these messages).
    void count(Request request, Done<TokenCount> done);
    // A text alone, nothing in it taken for a control token. All that wait are answered.
    void count_text(std::filesystem::path model, std::string text, Done<int> done);

private:
    class Private;
    std::unique_ptr<Private> d_;
};

}  // namespace deepwell::app
