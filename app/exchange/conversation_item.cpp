#include <fmt/format.h>

#include <unordered_map>

#include "app/conversations/conversation_json.h"
#include "app/conversations/message_tree.h"
#include "app/exchange/lossless_json_import.h"

namespace deepwell::app {
namespace {

constexpr std::size_t kMostMessages = 1'000'000;

// A second message with an id already met: equal texts → dropped; else kept as ID#2.
void add_message(Message message, std::vector<Message>& messages,
                 std::unordered_map<MessageId, std::size_t>& index, bool& doubles) {
    const auto found = index.find(message.id);
    if (found != index.end()) {
        doubles = true;
        const auto& first = messages[found->second];
        if (first.role == message.role && first.answer == message.answer &&
            first.thought == message.thought) {
            return;
        }
        const auto id = message.id;
        for (int number = 2; index.contains(message.id); ++number) {
            message.id = fmt::format("{}#{}", id, number);
        }
    }
    index.emplace(message.id, messages.size());
    messages.push_back(std::move(message));
}

// Questions and system texts have neither a thought nor a way in which they were made.
bool has_what_it_must_not(Message& message) {
    if (message.role == Role::Assistant) return false;
    const bool found = message.thought || message.generation || message.statistics;
    message.thought.reset();
    message.generation.reset();
    message.statistics.reset();
    return found;
}

}  // namespace

std::optional<Conversation> conversation_from_item(const Json& item, std::int64_t number,
                                                   const ImportSink& sink) {
    const auto lost = [&](const char* code, const char* sentence) {
        sink.problem({number, "", code, -1, fmt::format(fmt::runtime(sentence), number + 1)});
        return std::nullopt;
    };
    WrongKeys wrong;
    auto conversation = header_from_json(item, &wrong);
    if (!conversation) return lost("wrong-type", "Item {} is not a conversation.");
    const auto list = item.find("messages");
    if (list == item.end() || !list->is_array()) {
        return lost("no-messages", "Item {} has no messages.");
    }
    if (list->size() > kMostMessages) {
        return lost("too-large", "Item {} has more than a million messages.");
    }
    std::vector<Message> messages;
    std::unordered_map<MessageId, std::size_t> index;
    bool doubles = false;
    for (const auto& entry : *list) {
        auto message = message_from_json(entry, &wrong);
        if (!message) {
            wrong.push_back("messages");
            continue;
        }
        if (has_what_it_must_not(*message)) wrong.push_back("thought");
        add_message(std::move(*message), messages, index, doubles);
    }
    const auto warn = [&](const char* code, std::string sentence) {
        sink.warning({number, conversation->title, code, -1, std::move(sentence)});
    };
    if (!wrong.empty()) {
        warn("wrong-type", fmt::format("Item {}: the values of {} could not be read and were left "
                                       "out.",
                                       number + 1, fmt::join(wrong, ", ")));
    }
    if (doubles) {
        warn("duplicate-id", fmt::format("Item {}: messages with the same id.", number + 1));
    }
    bool orphans = false;
    for (const auto& message : messages) {
        if (message.parent && !index.contains(*message.parent)) orphans = true;
    }
    if (orphans) {
        warn("missing-parent",
             fmt::format("Item {}: a message follows one that is not in the file.", number + 1));
    }
    MessageTree tree(std::move(messages));
    if (conversation->current && tree.find(*conversation->current) == nullptr) {
        warn("no-current", fmt::format("Item {}: the chosen version is not in the file; the last "
                                       "one is shown.",
                                       number + 1));
    }
    conversation->current = tree.current_leaf(conversation->current);
    conversation->messages = std::move(tree).take_depth_first();
    return conversation;
}

}  // namespace deepwell::app
