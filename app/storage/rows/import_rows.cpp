#include "app/storage/rows/import_rows.h"

#include <algorithm>
#include <optional>
#include <unordered_set>

#include "app/base/ids.h"
#include "app/conversations/fingerprint.h"
#include "app/conversations/message_tree.h"
#include "app/storage/rows/conversation_rows.h"
#include "app/storage/rows/message_rows.h"
#include "app/storage/rows/variant_rows.h"

namespace deepwell::app {
namespace {

std::optional<VariantId> variant_with_hash(Database& database, const std::string& sha256) {
    Query query(database, "SELECT uuid FROM variants WHERE sha256 = ? ORDER BY pk LIMIT 1");
    query.bind(sha256);
    if (!query.next()) return std::nullopt;
    return query.text(0);
}

std::string mapped(const std::unordered_map<std::string, std::string>& names,
                   const std::string& id) {
    const auto found = names.find(id);
    return found == names.end() ? id : found->second;
}

void import_variants(Database& database, const std::vector<Variant>& variants, ImportNames& names) {
    // Only what was here before is linked: two variants of one file with equal hashes stay two.
    std::unordered_map<VariantId, std::optional<VariantId>> linked;
    for (const auto& variant : variants) {
        if (find_variant(database, variant.id) || !variant.sha256) continue;
        linked[variant.id] = variant_with_hash(database, *variant.sha256);
    }
    for (const auto& variant : variants) {
        if (const auto found = linked.find(variant.id); found != linked.end() && found->second) {
            names.variants[variant.id] = *found->second;
        } else if (!find_variant(database, variant.id)) {
            save_variant(database, variant);
        }
    }
}

// A folder of the same id is kept; of the same name and parent, used; else made. Parents may come
// after their children in a file.
void import_folders(Database& database, const std::vector<Folder>& folders, ImportNames& names) {
    const auto here = read_folders(database);
    std::unordered_map<FolderId, const Folder*> incoming;
    for (const auto& folder : folders) incoming.emplace(folder.id, &folder);

    std::unordered_set<FolderId> settled;
    std::vector<FolderId> fresh;
    const auto settle = [&](const Folder& folder) {
        if (!settled.insert(folder.id).second) return;
        if (find_folder(database, folder.id)) return;
        std::optional<FolderId> parent;
        if (folder.parent) parent = mapped(names.folders, *folder.parent);
        const auto same = std::find_if(here.begin(), here.end(), [&](const Folder& other) {
            return other.name == folder.name && other.parent == parent &&
                   !incoming.contains(other.id);
        });
        if (same != here.end()) {
            names.folders[folder.id] = same->id;
        } else {
            fresh.push_back(folder.id);
        }
    };
    for (const auto& folder : folders) {
        // Its line of parents first, from the top; a ring ends at the first one met again.
        std::vector<const Folder*> line;
        std::unordered_set<FolderId> met;
        for (const Folder* at = &folder; at != nullptr && met.insert(at->id).second;) {
            line.push_back(at);
            const auto above = at->parent ? incoming.find(*at->parent) : incoming.end();
            at = above == incoming.end() ? nullptr : above->second;
        }
        for (auto at = line.rbegin(); at != line.rend(); ++at) settle(**at);
    }
    const std::unordered_set<FolderId> made(fresh.begin(), fresh.end());
    for (const auto& folder : folders) {
        if (!made.contains(folder.id) || find_folder(database, folder.id)) continue;
        Folder alone = folder;
        alone.parent.reset();
        save_folder(database, alone);
    }
    for (const auto& folder : folders) {
        if (!made.contains(folder.id) || !folder.parent) continue;
        Folder placed = folder;
        placed.parent = mapped(names.folders, *folder.parent);
        save_folder(database, placed);
    }
}

void use_names(Conversation& conversation, const ImportNames& names, const ImportOptions& options) {
    if (conversation.folder) {
        conversation.folder = mapped(names.folders, *conversation.folder);
    } else {
        conversation.folder = options.folder;
    }
    if (conversation.settings && conversation.settings->variant) {
        conversation.settings->variant = mapped(names.variants, *conversation.settings->variant);
    }
    for (auto& message : conversation.messages) {
        if (message.variant) message.variant = mapped(names.variants, *message.variant);
    }
}

void bring(Database& database, const Conversation& conversation, ImportCounts& counts) {
    const auto inserted = insert_conversation(database, conversation);
    insert_tree(database, inserted.pk, conversation.messages);
    const MessageTree tree(conversation.messages);
    if (const auto leaf = tree.current_leaf(conversation.current)) {
        set_current(database, inserted.pk, find_message(database, inserted.pk, *leaf));
    }
    if (conversation.draft) {
        Query query(database,
                    "INSERT OR REPLACE INTO drafts (conversation, text, changed) VALUES (?, ?, ?)");
        query.bind(inserted.pk).bind(*conversation.draft);
        query.bind(conversation.updated.value_or(0)).run();
    }
    ++counts.brought;
    counts.added.push_back(conversation.id);
}

// Texts left out on an export say nothing about what the thought was.
bool same_texts(const Message& here, const Message& there) {
    if (here.role != there.role || here.answer != there.answer) return false;
    const auto text = [](const Message& message) {
        return message.thought ? message.thought->text : std::string();
    };
    const auto omitted = [](const Message& message) {
        return message.thought && message.thought->omitted;
    };
    return omitted(here) || omitted(there) || text(here) == text(there);
}

// Adds what is missing below the messages that are the same; nothing that is here changes.
void merge(Database& database, Pk pk, const Conversation& incoming, ImportCounts& counts) {
    const auto local = read_messages(database, pk);
    const auto header = read_header(database, pk);
    if (fingerprint(local) == fingerprint(incoming.messages)) {
        ++counts.already_there;
        if (header.deleted) ++counts.in_bin;
        return;
    }
    MessageTree tree(local);
    std::unordered_map<MessageId, MessageId> here;  // of the file → of this place
    const auto known_here = [&](const std::optional<MessageId>& id) -> std::optional<MessageId> {
        const auto found = id ? here.find(*id) : here.end();
        if (found == here.end()) return std::nullopt;
        return found->second;
    };
    std::unordered_set<MessageId> met;
    int added = 0;
    for (const auto& message : incoming.messages) {
        std::optional<MessageId> parent;
        if (message.parent) {
            const auto found = here.find(*message.parent);
            if (found == here.end()) continue;  // below something that is in the bin here
            parent = found->second;
        }
        const Message* same = tree.find(message.id);
        if (same != nullptr && (same->parent != parent || !same_texts(*same, message))) {
            same = nullptr;
            // Perhaps an earlier import made the other text a sibling already.
            for (const auto& sibling : tree.children(parent)) {
                const auto* candidate = tree.find(sibling);
                if (candidate->id != message.id && same_texts(*candidate, message) &&
                    !met.contains(sibling)) {
                    same = candidate;
                    break;
                }
            }
        }
        if (same != nullptr) {
            here.emplace(message.id, same->id);
            met.insert(same->id);
            continue;
        }
        Message copy = message;
        copy.parent = parent;
        if (tree.find(message.id) != nullptr) {
            copy.id = new_id();
        } else if (find_message(database, pk, message.id)) {
            continue;  // it lies in the bin here: the user took it away
        }
        copy.edited_from = known_here(message.edited_from);
        const auto parent_pk = parent ? find_message(database, pk, *parent) : std::nullopt;
        insert_message(database, pk, copy, parent_pk);
        here.emplace(message.id, copy.id);
        met.insert(copy.id);
        counts.added_messages.push_back({header.id, copy.id});
        ++added;
        static_cast<void>(tree.add(std::move(copy)));
    }
    if (added == 0) {
        ++counts.already_there;
        if (header.deleted) ++counts.in_bin;
        return;
    }
    ++counts.updated;
    // The user has gone on here if there is a message that the file does not know.
    const bool gone_on = std::any_of(local.begin(), local.end(), [&](const Message& message) {
        return !met.contains(message.id);
    });
    auto current = header.current;
    if (!gone_on && incoming.current) {
        if (const auto found = here.find(*incoming.current); found != here.end()) {
            current = found->second;
        }
    }
    if (const auto leaf = tree.current_leaf(current)) {
        set_current(database, pk, find_message(database, pk, *leaf));
    }
}

}  // namespace

ImportNames import_names(Database& database, const std::vector<Variant>& variants,
                         const std::vector<Folder>& folders) {
    ImportNames names;
    import_variants(database, variants, names);
    import_folders(database, folders, names);
    return names;
}

void import_conversation(Database& database, Conversation conversation, const ImportNames& names,
                         const ImportOptions& options, ImportCounts& counts) {
    use_names(conversation, names, options);
    const auto there = find_conversation(database, conversation.id);
    if (options.as_copies) {
        if (there) conversation.id = new_id();
        bring(database, conversation, counts);
        return;
    }
    if (there) {
        merge(database, *there, conversation, counts);
        return;
    }
    bring(database, conversation, counts);
}

}  // namespace deepwell::app
