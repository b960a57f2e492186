// Binds what a call was given to the parameters of a built-in function, as Python does.
#pragma once

#include <array>
#include <initializer_list>
#include <optional>
#include <string_view>

#include "engine/prompt/chat_template/value.h"

namespace deepwell::engine::chat_template {

class Parameters {
public:
    // Fails with Type: too many, unknown, given twice, or one of the first `required` missing.
    Parameters(std::string_view function, const Arguments& arguments,
               std::initializer_list<std::string_view> names, std::size_t required = 0);

    bool has(std::size_t index) const { return values_[index].has_value(); }
    // None where nothing was given.
    Value operator[](std::size_t index) const {
        return has(index) ? *values_[index] : Value::none();
    }
    bool flag(std::size_t index, bool standard = false) const {
        return has(index) ? values_[index]->truth() : standard;
    }
    Integer integer(std::size_t index, Integer standard) const;
    // A text that has to be one.
    Text text(std::size_t index) const;

private:
    std::string_view function_;
    std::array<std::optional<Value>, 8> values_;
};

}  // namespace deepwell::engine::chat_template
