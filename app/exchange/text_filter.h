// Stands between the bytes of a foreign file and the JSON reader, which gives up at ill-formed
// UTF-8 and at lone surrogate escapes: both become U+FFFD, and are counted. A byte order mark is
// skipped.
#pragma once

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <optional>
#include <string>

#include "app/exchange/importer.h"

namespace deepwell::app {

class TextFilter {
public:
    TextFilter(ImportSource& source, const ExchangeStop* stop) : source_(source), stop_(stop) {}

    // The next byte, or -1 at the end (also after an error or a stop).
    int next();

    std::int64_t offset() const { return offset_; }  // of the source, bytes taken
    std::int64_t bad_bytes() const { return bad_bytes_; }
    std::int64_t bad_escapes() const { return bad_escapes_; }
    const std::optional<Error>& error() const { return error_; }

    // For nlohmann::json::sax_parse.
    class Iterator {
    public:
        using iterator_category = std::input_iterator_tag;
        using value_type = char;
        using difference_type = std::ptrdiff_t;
        using pointer = const char*;
        using reference = char;

        Iterator() = default;
        explicit Iterator(TextFilter& filter) : filter_(&filter), byte_(filter.next()) {}
        char operator*() const { return static_cast<char>(byte_); }
        Iterator& operator++() {
            byte_ = filter_->next();
            return *this;
        }
        Iterator operator++(int) {
            auto before = *this;
            ++*this;
            return before;
        }
        // Equal only at the end.
        bool operator==(const Iterator& other) const { return byte_ < 0 && other.byte_ < 0; }

    private:
        TextFilter* filter_ = nullptr;
        int byte_ = -1;
    };

private:
    bool fill();
    int peek(std::size_t ahead);
    void take_letter();
    void take_escape();

    ImportSource& source_;
    const ExchangeStop* stop_;
    std::string raw_;
    std::size_t at_ = 0;
    bool source_ended_ = false;
    std::string ready_;
    std::size_t ready_at_ = 0;
    bool started_ = false;
    bool in_string_ = false;
    std::int64_t offset_ = 0;
    std::int64_t bad_bytes_ = 0;
    std::int64_t bad_escapes_ = 0;
    std::optional<Error> error_;
};

}  // namespace deepwell::app
