#include "app/conversations/message.h"

#include <span>
#include <utility>

namespace deepwell::app {
namespace {

constexpr std::pair<Role, std::string_view> kRoles[] = {
    {Role::System, "system"}, {Role::User, "user"}, {Role::Assistant, "assistant"}};
constexpr std::pair<MessageState, std::string_view> kStates[] = {
    {MessageState::Complete, "complete"},
    {MessageState::Interrupted, "interrupted"},
    {MessageState::Stopped, "stopped"},
    {MessageState::Failed, "failed"},
    {MessageState::Queued, "queued"}};
constexpr std::pair<ThoughtOpenedBy, std::string_view> kOpened[] = {
    {ThoughtOpenedBy::Template, "template"},
    {ThoughtOpenedBy::Model, "model"},
    {ThoughtOpenedBy::Import, "import"}};
constexpr std::pair<ThoughtEndedBy, std::string_view> kEnded[] = {
    {ThoughtEndedBy::Model, "model"},
    {ThoughtEndedBy::Budget, "budget"},
    {ThoughtEndedBy::Reserve, "reserve"},
    {ThoughtEndedBy::AnswerNow, "answer-now"},
    {ThoughtEndedBy::LoopGuard, "loop-guard"},
    {ThoughtEndedBy::Stop, "stop"},
    {ThoughtEndedBy::Interruption, "interruption"},
    {ThoughtEndedBy::Never, "never"}};

template <class T, std::size_t N>
std::string_view word_for(const std::pair<T, std::string_view> (&words)[N], T value) {
    for (const auto& [candidate, word] : words) {
        if (candidate == value) return word;
    }
    return {};
}

template <class T, std::size_t N>
std::optional<T> value_for(const std::pair<T, std::string_view> (&words)[N],
                           std::string_view name) {
    for (const auto& [candidate, word] : words) {
        if (word == name) return candidate;
    }
    return std::nullopt;
}

}  // namespace

std::string_view name_of(Role role) {
    return word_for(kRoles, role);
}
std::string_view name_of(MessageState state) {
    return word_for(kStates, state);
}
std::string_view name_of(ThoughtOpenedBy by) {
    return word_for(kOpened, by);
}
std::string_view name_of(ThoughtEndedBy by) {
    return word_for(kEnded, by);
}
std::optional<Role> role_of(std::string_view name) {
    return value_for(kRoles, name);
}
std::optional<MessageState> message_state_of(std::string_view name) {
    return value_for(kStates, name);
}
std::optional<ThoughtOpenedBy> thought_opened_by_of(std::string_view name) {
    return value_for(kOpened, name);
}
std::optional<ThoughtEndedBy> thought_ended_by_of(std::string_view name) {
    return value_for(kEnded, name);
}

}  // namespace deepwell::app
