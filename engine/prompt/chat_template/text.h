// A string that knows of each byte whether the template or data wrote it. Every string operation is
// built from slice() and append(), so origins follow by themselves.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/byte_span.h"

namespace deepwell::engine::chat_template {

class Text {
public:
    Text() = default;
    explicit Text(std::string bytes, bool from_data = false)
        : bytes_(std::move(bytes)), from_data_(from_data) {}

    const std::string& bytes() const { return bytes_; }
    std::size_t size() const { return bytes_.size(); }
    bool empty() const { return bytes_.empty(); }

    void append(const Text& other);
    void append(std::string_view bytes, bool from_data = false);
    Text slice(std::size_t begin, std::size_t end) const;  // bytes

    // One origin for all bytes, and which: what has_one_origin() allows to keep through a mapping
    // of the whole.
    bool has_one_origin() const { return runs_.empty(); }
    bool from_data() const { return from_data_; }
    // The stretches of one origin, in order.
    struct Run {
        std::size_t end = 0;
        bool from_data = false;
    };
    std::vector<Run> runs() const;
    std::vector<ByteSpan> data_spans() const;

private:
    void split_if_other(bool from_data);

    std::string bytes_;
    bool from_data_ = false;  // of all bytes, if runs_ is empty; else of the last run
    std::vector<Run> runs_;   // only where origins are mixed; the last run ends at size()
};

}  // namespace deepwell::engine::chat_template
