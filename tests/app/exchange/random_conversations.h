// Conversations as wild as the schema allows, from a seed.
#pragma once

#include <random>
#include <string>
#include <vector>

#include "app/conversations/conversation.h"

namespace deepwell::tests {

using namespace deepwell::app;

class RandomConversations {
public:
    explicit RandomConversations(std::uint64_t seed) : random_(seed) {}

    std::vector<Variant> variants(int count);
    std::vector<Folder> folders(int count);
    // Its variants and folders are of those made before.
    Conversation conversation(int messages);

    bool chance(int of_hundred) { return number(0, 99) < of_hundred; }
    std::int64_t number(std::int64_t low, std::int64_t high) {
        return std::uniform_int_distribution<std::int64_t>(low, high)(random_);
    }
    std::string text(int longest);

private:
    std::string sha256();
    SamplerValues sampler();
    ThinkingValues thinking();
    Generation generation();
    Statistics statistics();
    Message message(const std::vector<Message>& others);
    template <class T>
    const T& one_of(const std::vector<T>& items) {
        return items[static_cast<std::size_t>(
            number(0, static_cast<std::int64_t>(items.size()) - 1))];
    }

    std::mt19937_64 random_;
    std::vector<std::string> variant_ids_;
    std::vector<std::string> folder_ids_;
    std::int64_t order_ = 0;
};

}  // namespace deepwell::tests
