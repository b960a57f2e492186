// A conversation as a value: what the window lists, what the store keeps, what a file carries.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/conversations/message.h"

namespace deepwell::app {

enum class TitleSource { User, FirstQuestion, Model, Import };

// Where an imported conversation came from; basis of duplicate detection.
struct Origin {
    std::string format;
    std::optional<std::string> id;
    std::optional<std::string> file;  // name only
    std::optional<std::string> file_sha256;
    std::optional<Milliseconds> imported;
    std::optional<std::string> fingerprint;
    Json extra = Json::object();

    bool operator==(const Origin&) const = default;
};

struct Conversation {
    ConversationId id;
    std::string title;
    std::optional<TitleSource> title_source;
    std::optional<Milliseconds> created;
    std::optional<Milliseconds> updated;
    std::int64_t order = 0;  // lists sort by this, never by a clock; raised by each new message
    bool pinned = false;
    std::optional<std::int64_t> pinned_order;
    bool archived = false;
    std::optional<Milliseconds> deleted;  // in the bin since
    std::optional<FolderId> folder;
    std::optional<std::string> system_prompt;
    std::optional<ConversationSettings> settings;
    std::optional<std::string> draft;
    std::optional<MessageId> current;  // always a leaf; none: no messages
    std::optional<Origin> origin;
    std::map<std::string, std::int64_t> left_out;
    bool unread = false;            // local
    std::vector<Message> messages;  // depth first, parents before children, siblings in order
    Json extra = Json::object();

    bool operator==(const Conversation&) const = default;
};

// A row of the sidebar: everything but the messages.
struct ConversationRow {
    ConversationId id;
    std::string title;
    std::optional<Milliseconds> created;
    std::optional<Milliseconds> updated;
    std::int64_t order = 0;
    bool pinned = false;
    std::optional<std::int64_t> pinned_order;
    bool archived = false;
    std::optional<Milliseconds> deleted;
    std::optional<FolderId> folder;
    bool unread = false;
    int messages = 0;
    bool has_job = false;                    // a reply of it is owed or runs: waiting or running
    std::optional<MessageState> last_state;  // of the message it stands at

    bool operator==(const ConversationRow&) const = default;
};

struct Folder {
    FolderId id;
    std::optional<FolderId> parent;
    std::string name;
    std::int64_t order = 0;
    std::optional<Milliseconds> created;

    bool operator==(const Folder&) const = default;
};

struct VariantPart {
    std::string name;
    std::int64_t size = 0;
    std::optional<std::string> sha256;

    bool operator==(const VariantPart&) const = default;
};

// A model file that is known here or wrote replies.
struct Variant {
    VariantId id;
    std::string name;
    std::string file_name;  // without folders
    std::int64_t file_size = 0;
    std::optional<std::string> sha256;  // none: not computed yet
    std::vector<VariantPart> parts;     // of a split file
    std::optional<std::string> architecture;
    std::optional<std::string> quantization;
    std::optional<std::int64_t> parameters;
    std::optional<std::int64_t> context_trained;
    Json plan = Json();  // local: context, layers on the card, cache precision chosen here; or null

    bool operator==(const Variant&) const = default;
};

std::string_view name_of(TitleSource source);
std::optional<TitleSource> title_source_of(std::string_view name);

}  // namespace deepwell::app
