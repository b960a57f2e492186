// Builds one JSON value from SAX calls, item by item, so that a file of any size is read with one
// item in memory. Values that are too deep are not built, only counted to their end.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "app/base/json.h"

namespace deepwell::app {

class ItemBuilder {
public:
    static constexpr std::size_t kDeepest = 2000;
    static constexpr std::size_t kLongestText = 64u * 1024 * 1024;

    void start();  // a new value comes
    // True when the value is whole.
    bool scalar(Json value);
    bool text(std::string& value);
    void open(bool object);
    bool close();
    void key(std::string& name);

    bool too_deep() const { return too_deep_; }
    bool cut_text() const { return cut_text_; }
    Json take() { return std::move(root_); }

private:
    bool put(Json value);

    Json root_;
    std::vector<Json*> open_;
    std::string key_;
    std::size_t skipped_ = 0;  // levels below the deepest one
    bool too_deep_ = false;
    bool cut_text_ = false;
};

}  // namespace deepwell::app
