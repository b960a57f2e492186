// The rules of a conversation's tree: a version is a sibling, a branch is a path to a leaf.
//
// Holds messages by value in a flat list with indices for parents and children; all walks are
// loops, since trees of 100,000 levels exist. Unknown parents make roots, rings are cut at the node
// that comes first. One thread at a time.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "app/base/result.h"
#include "app/conversations/message.h"

namespace deepwell::app {

class MessageTree {
public:
    MessageTree() = default;
    // Siblings stand in the order in which they come.
    explicit MessageTree(std::vector<Message> messages);

    bool empty() const { return nodes_.empty(); }
    std::size_t size() const { return nodes_.size(); }
    const Message* find(const MessageId& id) const;
    Message* find(const MessageId& id);

    // Root first, ending with `id`; empty if it is unknown.
    std::vector<const Message*> path_to(const MessageId& id) const;

    // All with the same parent as `id`, itself among them, in order.
    std::vector<MessageId> siblings(const MessageId& id) const;
    std::vector<MessageId> children(const std::optional<MessageId>& parent) const;
    // "2 / 3": {1, 3}.
    struct Version {
        std::size_t index = 0;
        std::size_t count = 1;
    };
    Version version_of(const MessageId& id) const;

    // Down along the last children to a leaf: where choosing this version leads.
    std::optional<MessageId> leaf_below(const MessageId& id) const;
    // The leaf for a pointer that may be stale: below the named message, else below the last root.
    std::optional<MessageId> current_leaf(const std::optional<MessageId>& named) const;
    bool is_leaf(const MessageId& id) const;
    // The leaf to stand at when `removed` and all below it go: below the next sibling, else the one
    // before, else the parent itself; none if nothing is left.
    std::optional<MessageId> leaf_without(const MessageId& removed) const;

    // Depth first, parents before children, siblings in order.
    std::vector<const Message*> depth_first() const;
    std::vector<Message> take_depth_first() &&;
    // `id` and everything below it.
    std::vector<MessageId> subtree(const MessageId& id) const;
    std::vector<MessageId> leaves() const;

    // As the last child of its parent. Errors: InvalidArgument (id taken, parent unknown).
    Result<void> add(Message message);

private:
    static constexpr std::size_t kNone = static_cast<std::size_t>(-1);
    struct Node {
        Message message;
        std::size_t parent = kNone;
        std::vector<std::size_t> children;
    };
    std::size_t index_of(const MessageId& id) const;
    const std::vector<std::size_t>& children_of(std::size_t node) const;
    std::vector<std::size_t> order_below(std::size_t start) const;
    void cut_rings();

    std::vector<Node> nodes_;
    std::vector<std::size_t> roots_;
    std::unordered_map<MessageId, std::size_t> index_;
};

}  // namespace deepwell::app
