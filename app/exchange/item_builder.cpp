#include "app/exchange/item_builder.h"

#include "app/base/utf8.h"

namespace deepwell::app {

void ItemBuilder::start() {
    root_ = Json();
    open_.clear();
    skipped_ = 0;
    too_deep_ = false;
    cut_text_ = false;
}

bool ItemBuilder::put(Json value) {
    if (skipped_ > 0) return false;
    if (open_.empty()) {
        root_ = std::move(value);
        return true;
    }
    auto& parent = *open_.back();
    if (parent.is_array()) {
        parent.push_back(std::move(value));
    } else {
        parent[key_] = std::move(value);
    }
    return false;
}

bool ItemBuilder::scalar(Json value) {
    return put(std::move(value));
}

bool ItemBuilder::text(std::string& value) {
    if (value.size() > kLongestText) {
        value.resize(cut_utf8(value, kLongestText).size());
        cut_text_ = true;
    }
    return put(Json(std::move(value)));
}

void ItemBuilder::open(bool object) {
    if (skipped_ > 0 || open_.size() >= kDeepest) {
        ++skipped_;
        too_deep_ = true;
        return;
    }
    Json empty = object ? Json::object() : Json::array();
    if (open_.empty()) {
        root_ = std::move(empty);
        open_.push_back(&root_);
        return;
    }
    auto& parent = *open_.back();
    if (parent.is_array()) {
        parent.push_back(std::move(empty));
        open_.push_back(&parent.back());
    } else {
        auto& place = parent[key_];
        place = std::move(empty);
        open_.push_back(&place);
    }
}

bool ItemBuilder::close() {
    if (skipped_ > 0) {
        --skipped_;
        return false;
    }
    open_.pop_back();
    return open_.empty();
}

void ItemBuilder::key(std::string& name) {
    if (skipped_ == 0) key_ = std::move(name);
}

}  // namespace deepwell::app
