#include "engine/prompt/chat_template/text.h"

#include <algorithm>

namespace deepwell::engine::chat_template {

// Makes ready for appending bytes of this origin.
void Text::split_if_other(bool from_data) {
    if (bytes_.empty()) {
        from_data_ = from_data;
        runs_.clear();
        return;
    }
    if (from_data_ == from_data) return;
    if (runs_.empty()) runs_.push_back({bytes_.size(), from_data_});
    runs_.push_back({bytes_.size(), from_data});
    from_data_ = from_data;
}

void Text::append(std::string_view bytes, bool from_data) {
    if (bytes.empty()) return;
    split_if_other(from_data);
    bytes_ += bytes;
    if (!runs_.empty()) runs_.back().end = bytes_.size();
}

void Text::append(const Text& other) {
    if (other.runs_.empty()) {
        append(other.bytes_, other.from_data_);
        return;
    }
    std::size_t begin = 0;
    for (const Run& run : other.runs_) {
        append(std::string_view(other.bytes_).substr(begin, run.end - begin), run.from_data);
        begin = run.end;
    }
}

Text Text::slice(std::size_t begin, std::size_t end) const {
    end = std::min(end, bytes_.size());
    if (begin >= end) return {};
    if (runs_.empty()) return Text(bytes_.substr(begin, end - begin), from_data_);
    Text result;
    auto run = std::upper_bound(runs_.begin(), runs_.end(), begin,
                                [](std::size_t place, const Run& r) { return place < r.end; });
    while (begin < end) {
        const std::size_t stop = std::min(end, run->end);
        result.append(std::string_view(bytes_).substr(begin, stop - begin), run->from_data);
        begin = stop;
        ++run;
    }
    return result;
}

std::vector<Text::Run> Text::runs() const {
    if (!runs_.empty()) return runs_;
    if (bytes_.empty()) return {};
    return {{bytes_.size(), from_data_}};
}

std::vector<ByteSpan> Text::data_spans() const {
    std::vector<ByteSpan> spans;
    std::size_t begin = 0;
    for (const Run& run : runs()) {
        if (run.from_data) spans.push_back({begin, run.end});
        begin = run.end;
    }
    return spans;
}

}  // namespace deepwell::engine::chat_template
