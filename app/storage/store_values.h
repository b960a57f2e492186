// What goes into the store's calls and comes out of them: plain values.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "app/conversations/conversation.h"
#include "app/conversations/reply_journal.h"

namespace deepwell::app {

// A message's id is unique within its conversation only.
struct MessageRef {
    ConversationId conversation;
    MessageId message;

    bool operator==(const MessageRef&) const = default;
    auto operator<=>(const MessageRef&) const = default;
};

struct OpenReport {
    int schema = 0;                        // the version that the database has now
    int migrated_from = 0;                 // 0: it was new or up to date
    std::vector<MessageRef> interrupted;   // replies that a kill had cut off, now Interrupted
    std::optional<std::string> set_aside;  // a damaged database was renamed to this,
    std::optional<std::string> salvage;    // and this sentence says what was saved from it
};

// A question and the reply that it asks for, saved as one: see Store::send.
struct Sending {
    // A conversation that does not exist yet is made: set `fresh` to its header (id, title,
    // settings …; its messages are not looked at).
    ConversationId conversation;
    std::optional<Conversation> fresh;
    Message question;  // role User; `parent` the leaf it follows, or none
    Message reply;     // role Assistant, Queued, parent = question.id (branches.h makes it)
    Json request = Json::object();  // how it is to be made: for the log of what a kill cut off
};

struct Sent {
    MessageRef question;
    MessageRef reply;
    std::int64_t order = 0;  // the conversation's new place in the list
};

struct SearchQuery {
    std::string text;  // as typed: words, all of them wanted, the last one may be a beginning
    bool questions = true;
    bool answers = true;
    bool thoughts = false;
    bool titles = true;
    int limit = 200;
};

struct TextRange {
    std::size_t start = 0;  // bytes of `snippet`
    std::size_t length = 0;

    bool operator==(const TextRange&) const = default;
};

struct SearchHit {
    enum class Place { Title, Question, Thought, Answer };
    MessageRef where;  // message empty: the title
    std::string title;
    Place place = Place::Answer;
    std::string snippet;  // one line cut from the stored text around the first match
    std::vector<TextRange> matches;
    std::optional<Milliseconds> created;
};

struct ModelFileRow {
    std::string path;
    std::int64_t size = 0;
    std::int64_t modified = 0;  // of the file system, ns or ms: compared only
    std::optional<VariantId> variant;
    std::optional<std::string> problem;  // why it cannot be used

    bool operator==(const ModelFileRow&) const = default;
};

struct Draft {
    std::optional<ConversationId> conversation;  // none: the start page
    std::string text;
};

struct ImportOptions {
    bool as_copies = false;          // everything new, origin kept
    std::optional<FolderId> folder;  // where conversations without a folder go
};

// What one batch of an import did; the numbers add up to the conversations handed in.
struct ImportCounts {
    int brought = 0;
    int already_there = 0;
    int updated = 0;  // messages were added to a conversation that was there
    int failed = 0;
    int in_bin = 0;                     // of already_there: it lies in the bin
    std::vector<ConversationId> added;  // for "Undo import"
    std::vector<MessageRef> added_messages;
    std::vector<std::string> failures;  // one sentence each

    bool operator==(const ImportCounts&) const = default;
};

}  // namespace deepwell::app
