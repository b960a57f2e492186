#include "app/conversations/message_tree.h"

#include <algorithm>

namespace deepwell::app {

MessageTree::MessageTree(std::vector<Message> messages) {
    nodes_.reserve(messages.size());
    index_.reserve(messages.size());
    for (auto& message : messages) {
        // The first of equal ids is meant by references; ids are unique in what the store keeps.
        index_.emplace(message.id, nodes_.size());
        nodes_.push_back({std::move(message), kNone, {}});
    }
    for (std::size_t i = 0; i < nodes_.size(); ++i) {
        const auto& parent = nodes_[i].message.parent;
        if (parent) nodes_[i].parent = index_of(*parent);
        if (nodes_[i].parent == i) nodes_[i].parent = kNone;
    }
    cut_rings();
    for (std::size_t i = 0; i < nodes_.size(); ++i) {
        if (nodes_[i].parent == kNone) {
            nodes_[i].message.parent.reset();
            roots_.push_back(i);
        } else {
            nodes_[nodes_[i].parent].children.push_back(i);
        }
    }
}

// Walks up from each node, colouring as it goes: meeting one's own colour is a ring.
void MessageTree::cut_rings() {
    std::vector<std::size_t> colour(nodes_.size(), kNone);
    for (std::size_t start = 0; start < nodes_.size(); ++start) {
        std::size_t at = start;
        while (at != kNone && colour[at] == kNone) {
            colour[at] = start;
            at = nodes_[at].parent;
        }
        if (at == kNone || colour[at] != start) continue;
        std::size_t first = at;
        for (auto walk = nodes_[at].parent; walk != at; walk = nodes_[walk].parent) {
            first = std::min(first, walk);
        }
        nodes_[first].parent = kNone;
    }
}

std::size_t MessageTree::index_of(const MessageId& id) const {
    const auto found = index_.find(id);
    return found == index_.end() ? kNone : found->second;
}

const std::vector<std::size_t>& MessageTree::children_of(std::size_t node) const {
    return node == kNone ? roots_ : nodes_[node].children;
}

const Message* MessageTree::find(const MessageId& id) const {
    const auto index = index_of(id);
    return index == kNone ? nullptr : &nodes_[index].message;
}

Message* MessageTree::find(const MessageId& id) {
    const auto index = index_of(id);
    return index == kNone ? nullptr : &nodes_[index].message;
}

std::vector<const Message*> MessageTree::path_to(const MessageId& id) const {
    std::vector<const Message*> path;
    for (auto at = index_of(id); at != kNone; at = nodes_[at].parent) {
        path.push_back(&nodes_[at].message);
    }
    std::reverse(path.begin(), path.end());
    return path;
}

std::vector<MessageId> MessageTree::siblings(const MessageId& id) const {
    std::vector<MessageId> ids;
    const auto index = index_of(id);
    if (index == kNone) return ids;
    for (const auto sibling : children_of(nodes_[index].parent)) {
        ids.push_back(nodes_[sibling].message.id);
    }
    return ids;
}

std::vector<MessageId> MessageTree::children(const std::optional<MessageId>& parent) const {
    std::vector<MessageId> ids;
    const auto index = parent ? index_of(*parent) : kNone;
    if (parent && index == kNone) return ids;
    for (const auto child : children_of(index)) ids.push_back(nodes_[child].message.id);
    return ids;
}

MessageTree::Version MessageTree::version_of(const MessageId& id) const {
    const auto index = index_of(id);
    if (index == kNone) return {};
    const auto& siblings = children_of(nodes_[index].parent);
    const auto at = std::find(siblings.begin(), siblings.end(), index);
    return {static_cast<std::size_t>(at - siblings.begin()), siblings.size()};
}

std::optional<MessageId> MessageTree::leaf_below(const MessageId& id) const {
    auto at = index_of(id);
    if (at == kNone) return std::nullopt;
    while (!nodes_[at].children.empty()) at = nodes_[at].children.back();
    return nodes_[at].message.id;
}

std::optional<MessageId> MessageTree::current_leaf(const std::optional<MessageId>& named) const {
    if (named && index_of(*named) != kNone) return leaf_below(*named);
    if (roots_.empty()) return std::nullopt;
    return leaf_below(nodes_[roots_.back()].message.id);
}

bool MessageTree::is_leaf(const MessageId& id) const {
    const auto index = index_of(id);
    return index != kNone && nodes_[index].children.empty();
}

std::optional<MessageId> MessageTree::leaf_without(const MessageId& removed) const {
    const auto index = index_of(removed);
    if (index == kNone) return current_leaf(std::nullopt);
    const auto parent = nodes_[index].parent;
    const auto& siblings = children_of(parent);
    const auto at = std::find(siblings.begin(), siblings.end(), index);
    if (at + 1 != siblings.end()) return leaf_below(nodes_[*(at + 1)].message.id);
    if (at != siblings.begin()) return leaf_below(nodes_[*(at - 1)].message.id);
    if (parent == kNone) return std::nullopt;
    return nodes_[parent].message.id;
}

std::vector<std::size_t> MessageTree::order_below(std::size_t start) const {
    std::vector<std::size_t> order;
    std::vector<std::size_t> open;
    if (start == kNone) {
        open.assign(roots_.rbegin(), roots_.rend());
    } else {
        open.push_back(start);
    }
    while (!open.empty()) {
        const auto at = open.back();
        open.pop_back();
        order.push_back(at);
        const auto& children = nodes_[at].children;
        open.insert(open.end(), children.rbegin(), children.rend());
    }
    return order;
}

std::vector<const Message*> MessageTree::depth_first() const {
    std::vector<const Message*> messages;
    messages.reserve(nodes_.size());
    for (const auto at : order_below(kNone)) messages.push_back(&nodes_[at].message);
    return messages;
}

std::vector<Message> MessageTree::take_depth_first() && {
    std::vector<Message> messages;
    messages.reserve(nodes_.size());
    for (const auto at : order_below(kNone)) messages.push_back(std::move(nodes_[at].message));
    return messages;
}

std::vector<MessageId> MessageTree::subtree(const MessageId& id) const {
    std::vector<MessageId> ids;
    const auto index = index_of(id);
    if (index == kNone) return ids;
    for (const auto at : order_below(index)) ids.push_back(nodes_[at].message.id);
    return ids;
}

std::vector<MessageId> MessageTree::leaves() const {
    std::vector<MessageId> ids;
    for (const auto at : order_below(kNone)) {
        if (nodes_[at].children.empty()) ids.push_back(nodes_[at].message.id);
    }
    return ids;
}

Result<void> MessageTree::add(Message message) {
    if (index_.contains(message.id)) {
        return fail(ErrorCode::InvalidArgument, "A message of this id is there already.",
                    message.id);
    }
    std::size_t parent = kNone;
    if (message.parent) {
        parent = index_of(*message.parent);
        if (parent == kNone) {
            return fail(ErrorCode::InvalidArgument, "The message to follow is not there.",
                        *message.parent);
        }
    }
    const auto index = nodes_.size();
    index_.emplace(message.id, index);
    nodes_.push_back({std::move(message), parent, {}});
    (parent == kNone ? roots_ : nodes_[parent].children).push_back(index);
    return {};
}

}  // namespace deepwell::app
