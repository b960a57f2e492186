#include "app/generation/stop_text.h"

#include <algorithm>
#include <utility>

namespace deepwell::app {

StopText::StopText(std::vector<std::string> texts) : texts_(std::move(texts)) {
    std::erase_if(texts_, [](const std::string& text) { return text.empty(); });
}

StopText::Found StopText::feed(const std::string& piece) {
    if (texts_.empty()) return {piece, false};
    held_ += piece;
    std::size_t first = std::string::npos;
    for (const std::string& text : texts_) first = std::min(first, held_.find(text));
    if (first != std::string::npos) {
        Found found{held_.substr(0, first), true};
        held_.clear();
        return found;
    }
    // The longest tail that is a beginning of a stop text.
    std::size_t keep = 0;
    for (const std::string& text : texts_) {
        for (std::size_t length = std::min(text.size() - 1, held_.size()); length > keep;
             --length) {
            if (held_.compare(held_.size() - length, length, text, 0, length) == 0) {
                keep = length;
            }
        }
    }
    Found found{held_.substr(0, held_.size() - keep), false};
    held_.erase(0, held_.size() - keep);
    return found;
}

std::string StopText::finish() {
    return std::exchange(held_, {});
}

}  // namespace deepwell::app
