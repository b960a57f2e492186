#include "app/conversations/conversation.h"

#include <utility>

namespace deepwell::app {
namespace {

constexpr std::pair<TitleSource, std::string_view> kSources[] = {
    {TitleSource::User, "user"},
    {TitleSource::FirstQuestion, "first-question"},
    {TitleSource::Model, "model"},
    {TitleSource::Import, "import"}};

}  // namespace

std::string_view name_of(TitleSource source) {
    for (const auto& [value, word] : kSources) {
        if (value == source) return word;
    }
    return {};
}

std::optional<TitleSource> title_source_of(std::string_view name) {
    for (const auto& [value, word] : kSources) {
        if (word == name) return value;
    }
    return std::nullopt;
}

}  // namespace deepwell::app
