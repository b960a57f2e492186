// Searching in time linear in the text, whatever a template searches for: short texts by the
// standard library, long ones by Knuth, Morris and Pratt (1977).
#include <vector>

#include "engine/prompt/chat_template/operations.h"

namespace deepwell::engine::chat_template {

std::size_t find_text(std::string_view text, std::string_view wanted, std::size_t from) {
    if (wanted.size() <= 32) return text.find(wanted, from);
    if (from > text.size()) return std::string_view::npos;
    std::vector<std::size_t> border(wanted.size(), 0);
    for (std::size_t i = 1, length = 0; i < wanted.size(); ++i) {
        while (length > 0 && wanted[i] != wanted[length]) length = border[length - 1];
        if (wanted[i] == wanted[length]) ++length;
        border[i] = length;
    }
    std::size_t length = 0;
    for (std::size_t i = from; i < text.size(); ++i) {
        while (length > 0 && text[i] != wanted[length]) length = border[length - 1];
        if (text[i] == wanted[length]) ++length;
        if (length == wanted.size()) return i + 1 - length;
    }
    return std::string_view::npos;
}

std::size_t find_last_text(std::string_view text, std::string_view wanted) {
    if (wanted.size() <= 32) return text.rfind(wanted);
    const std::string reversed_text(text.rbegin(), text.rend());
    const std::string reversed_wanted(wanted.rbegin(), wanted.rend());
    const std::size_t place = find_text(reversed_text, reversed_wanted);
    return place == std::string_view::npos ? place : text.size() - place - wanted.size();
}

}  // namespace deepwell::engine::chat_template
