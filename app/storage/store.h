// Everything that a person wrote or a model answered. Owns the one SQLite connection that writes,
// on a thread of its own; no call waits. Answers come by Done on the caller's thread.
//
// Jobs run in two lanes: urgent (question, journal, draft, end of a reply) before ordinary (lists,
// search, imports, purge), each lane in the order in which its jobs came; no ordinary step is
// longer than 50 ms, so a chunk of a reply never waits for an import.
//
// What is promised (reliability.md): send() answers after a durable commit, so generation may start
// on it (row 1); journal chunks are on disk within 200 ms (row 2); a failed write reaches the
// window by problem(), and nothing that was handed in is lost: journal chunks and ends of replies
// are kept in memory and written in order by retry() or the next write that works (row 3).
#pragma once

#include <QtCore/QObject>
#include <chrono>
#include <memory>

#include "app/base/clock.h"
#include "app/base/done.h"
#include "app/base/paths.h"
#include "app/storage/store_values.h"

namespace deepwell::app {

struct Nothing {
    bool operator==(const Nothing&) const = default;
};

class Store : public QObject {
    Q_OBJECT
public:
    // `clock` must outlive the store. Touches no file yet.
    Store(Profile profile, const Clock& clock, QObject* parent = nullptr);
    // As close() with its default limit, where that was not called.
    ~Store() override;

    // The first call. Makes or opens the database, migrates it (a copy first), turns replies that a
    // kill cut off into Interrupted ones. Calls that are made meanwhile wait for it. The caller
    // holds the profile's lock. Errors: Newer, ReadOnly, NoRoom, Locked, Damaged (only where not
    // even a new database can be made); then all other calls fail with the same error.
    void open(Done<OpenReport> done);

    // Quitting: replies that still run become Interrupted with all that was journaled, the log is
    // folded into the database, the thread ends. Blocks for at most `limit`; ordinary jobs that
    // wait are dropped. Later calls fail with Cancelled.
    void close(std::chrono::milliseconds limit = std::chrono::milliseconds(500));

    // --- asking and answering (urgent) ---

    // One durable transaction: question, empty reply with its job, `current`, order, title of a new
    // conversation, the draft taken away.
    void send(Sending sending, Done<Sent> done);
    // "Try again" and the reply of an edited question that is there: a further reply, with its job.
    void add_reply(ConversationId conversation, Message reply, Json request, Done<Sent> done);
    // "Continue", "Answer now": a new job on a message that ended; its texts only grow. Saves the
    // state Queued.
    void resume_reply(MessageRef reply, Json request, Done<Nothing> done);
    // What is known once the prompt is (Started): kept by the message from then on.
    void set_generation(MessageRef reply, Generation generation, std::optional<VariantId> variant,
                        Done<Nothing> done = {});
    // Chunks as they are shown. Gathered for at most 100 ms, then written together. No answer: a
    // failure comes by problem().
    void append_journal(MessageRef reply, JournalEntry entry);
    // The end: the whole message as it is now replaces the row (its place in the tree stays);
    // journal and job go, in the same transaction.
    void finish_reply(ConversationId conversation, Message reply, Done<Nothing> done);
    // Writes what a failure kept waiting. Answers with what still stands in the way.
    void retry(Done<Nothing> done);

    // --- drafts (urgent) ---
    void save_draft(Draft draft, Done<Nothing> done = {});  // empty text: taken away
    void load_draft(std::optional<ConversationId> conversation, Done<std::string> done);

    // --- conversations ---
    struct ListQuery {
        bool archived = false;
        bool deleted = false;  // the bin instead
        std::optional<FolderId> folder;
    };
    // Pinned first by pinned order, then by falling order.
    void list(ListQuery query, Done<std::vector<ConversationRow>> done);
    void row(ConversationId id, Done<ConversationRow> done);
    // With all its messages, depth first; a reply that runs comes as it was journaled.
    void load(ConversationId id, Done<Conversation> done);
    // A header alone, without messages ("branch here" brings messages too).
    void create(Conversation conversation, Done<Nothing> done);
    void rename(ConversationId id, std::string title, TitleSource source, Done<Nothing> done);
    void set_pinned(ConversationId id, bool pinned, Done<Nothing> done);  // at the end of the pins
    void set_archived(ConversationId id, bool archived, Done<Nothing> done);
    void set_folder(ConversationId id, std::optional<FolderId> folder, Done<Nothing> done);
    void set_unread(ConversationId id, bool unread, Done<Nothing> done);
    void set_settings(ConversationId id, ConversationSettings settings, Done<Nothing> done);
    void set_system_prompt(ConversationId id, std::optional<std::string> prompt,
                           Done<Nothing> done);
    // Stands at the leaf below `message` from now on; answers with that leaf.
    void choose_version(MessageRef message, Done<MessageId> done);

    // --- bin ---
    // Hidden, kept 30 days.
    void remove_conversation(ConversationId id, Done<Nothing> done);
    void restore_conversation(ConversationId id, Done<Nothing> done);
    // With all that hangs below it; `current` moves to a kept leaf. Answers with what was hidden.
    void remove_message(MessageRef message, Done<std::vector<MessageId>> done);
    void restore_messages(ConversationId id, std::vector<MessageId> messages, Done<Nothing> done);
    // Gone for good, in short steps: everything in the bin that is older than `older_than`. Words
    // of it are then in no file of the profile but daily copies. Answers with the number of
    // conversations and messages that went.
    void purge(std::chrono::milliseconds older_than, Done<int> done);

    // --- search ---
    void search(SearchQuery query, Done<std::vector<SearchHit>> done);

    // --- folders ---
    void list_folders(Done<std::vector<Folder>> done);
    void save_folder(Folder folder, Done<Nothing> done);  // made, or changed by its id
    void remove_folder(FolderId id, Done<Nothing> done);  // what is in it moves to its parent

    // --- models ---
    void list_variants(Done<std::vector<Variant>> done);
    void save_variant(Variant variant, Done<Nothing> done);  // made, or changed by its id
    void list_model_files(Done<std::vector<ModelFileRow>> done);
    void save_model_files(std::vector<ModelFileRow> files, std::vector<std::string> gone,
                          Done<Nothing> done);

    // --- exchange, care ---
    // One transaction; app/exchange hands in batches. `variants` and `folders` are those that the
    // conversations name.
    struct ImportBatch {
        std::vector<Variant> variants;
        std::vector<Folder> folders;
        std::vector<Conversation> conversations;
        ImportOptions options;
    };
    void import_batch(ImportBatch batch, Done<ImportCounts> done);
    // At idle: merges the log into the database, lets SQLite look after its statistics.
    void tidy(Done<Nothing> done = {});
    // At idle: a copy of today under copies/, seven kept, checked. True if one was made now.
    void daily_copy(Done<bool> done);

    const Profile& profile() const;

signals:
    // A conversation's row or messages changed by any of the calls above (not by journal chunks).
    void conversationChanged(const std::string& id);
    // The list must be read again (imports, purge, restore).
    void listChanged();
    // A write failed that nobody waits for; said again only if the error changes.
    void problem(const deepwell::app::Error& error);
    void problemCleared();

private:
    class Private;
    std::unique_ptr<Private> d_;
};

}  // namespace deepwell::app
