#include "engine/tokenizer/added_tokens.h"

#include <algorithm>

namespace deepwell::engine {
namespace {

constexpr std::uint32_t kRoot = 0;

std::uint8_t byte_at(std::string_view text, std::size_t index) {
    return static_cast<std::uint8_t>(text[index]);
}

}  // namespace

AddedTokens::AddedTokens(const std::vector<Token>& tokens) : nodes_(1) {
    for (const Token& token : tokens) insert(token);
    link_failures();
}

std::uint32_t AddedTokens::child_of(std::uint32_t node, std::uint8_t byte) const {
    if (node == kRoot) return first_[byte];
    std::uint32_t child = nodes_[node].child;
    while (child != 0 && nodes_[child].byte != byte) child = nodes_[child].sibling;
    return child;
}

void AddedTokens::insert(const Token& token) {
    std::uint32_t node = kRoot;
    for (std::size_t i = token.text.size(); i-- > 0;) {
        const std::uint8_t byte = byte_at(token.text, i);
        std::uint32_t child = child_of(node, byte);
        if (child == 0) {
            child = static_cast<std::uint32_t>(nodes_.size());
            Node added;
            added.byte = byte;
            added.sibling = nodes_[node].child;
            nodes_.push_back(added);
            nodes_[node].child = child;
            if (node == kRoot) first_[byte] = child;
        }
        node = child;
    }
    nodes_[node].length = static_cast<std::uint32_t>(token.text.size());
    nodes_[node].id = token.id;
}

// Breadth first, so that the shorter states, which failures lead to, are complete.
void AddedTokens::link_failures() {
    std::vector<std::uint32_t> queue = {kRoot};
    queue.reserve(nodes_.size());
    for (std::size_t at = 0; at < queue.size(); ++at) {
        const std::uint32_t node = queue[at];
        for (std::uint32_t child = nodes_[node].child; child != 0; child = nodes_[child].sibling) {
            Node& entry = nodes_[child];
            entry.fail = node == kRoot ? kRoot : step(nodes_[node].fail, entry.byte);
            if (entry.length == 0) {
                entry.length = nodes_[entry.fail].length;
                entry.id = nodes_[entry.fail].id;
            }
            queue.push_back(child);
        }
    }
}

std::uint32_t AddedTokens::step(std::uint32_t node, std::uint8_t byte) const {
    while (true) {
        const std::uint32_t child = child_of(node, byte);
        if (child != 0 || node == kRoot) return child;
        node = nodes_[node].fail;
    }
}

std::vector<AddedTokens::Hit> AddedTokens::find(std::string_view text) const {
    std::vector<Hit> hits;
    if (nodes_.size() == 1) return hits;
    std::uint32_t node = kRoot;
    for (std::size_t begin = text.size(); begin-- > 0;) {
        node = step(node, byte_at(text, begin));
        const Node& entry = nodes_[node];
        if (entry.length != 0) hits.push_back({begin, begin + entry.length, entry.id});
    }
    std::reverse(hits.begin(), hits.end());
    std::size_t kept = 0;
    std::size_t end = 0;
    for (const Hit& hit : hits) {
        if (hit.begin < end) continue;
        end = hit.end;
        hits[kept++] = hit;
    }
    hits.resize(kept);
    return hits;
}

}  // namespace deepwell::engine
