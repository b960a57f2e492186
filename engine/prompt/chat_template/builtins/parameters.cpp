#include "engine/prompt/chat_template/builtins/parameters.h"

#include <algorithm>

namespace deepwell::engine::chat_template {

Parameters::Parameters(std::string_view function, const Arguments& arguments,
                       std::initializer_list<std::string_view> names, std::size_t required)
    : function_(function) {
    const std::string called(function);
    if (arguments.positional.size() > names.size()) {
        raise(Kind::Type, called + "() takes at most " + std::to_string(names.size()) +
                              " arguments (" + std::to_string(arguments.positional.size()) +
                              " given)");
    }
    for (std::size_t i = 0; i < arguments.positional.size(); ++i) {
        values_[i] = arguments.positional[i];
    }
    for (const auto& [name, value] : arguments.named) {
        const auto place = std::find(names.begin(), names.end(), name);
        if (place == names.end()) {
            raise(Kind::Type, called + "() got an unexpected keyword argument '" + name + "'");
        }
        auto& slot = values_[static_cast<std::size_t>(place - names.begin())];
        if (slot) raise(Kind::Type, called + "() got multiple values for argument '" + name + "'");
        slot = value;
    }
    for (std::size_t i = 0; i < required; ++i) {
        if (!values_[i]) {
            raise(Kind::Type,
                  called + "() missing required argument '" + std::string(names.begin()[i]) + "'");
        }
    }
}

Integer Parameters::integer(std::size_t index, Integer standard) const {
    if (!has(index) || values_[index]->is(Type::None)) return standard;
    if (values_[index]->is_undefined()) values_[index]->fail_undefined();
    if (!values_[index]->is_integral()) {
        raise(Kind::Type, "'" + std::string(type_name(*values_[index])) +
                              "' object cannot be interpreted as an integer");
    }
    return values_[index]->as_integer();
}

Text Parameters::text(std::size_t index) const {
    const Value value = (*this)[index];
    if (!value.is(Type::String)) {
        raise(Kind::Type, std::string(function_) + "() argument must be str, not " +
                              std::string(type_name(value)));
    }
    return value.as_text();
}

}  // namespace deepwell::engine::chat_template
