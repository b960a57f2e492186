// What templates can call by name: filters, tests, methods, globals. Each group of them is a file
// beside this one that fills a table; a new one is a function and a row there.
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "engine/prompt/chat_template/value.h"

namespace deepwell::engine::chat_template {

struct Filter {
    std::string_view name;
    Callable run;  // self = the value that is filtered
};

struct Test {
    std::string_view name;
    bool (*run)(Evaluator& evaluator, const Value& value, const Arguments& arguments);
};

struct Method {
    std::string_view name;
    Callable run;
    bool takes_names = false;  // keyword arguments: most of Python's methods refuse them
};

// Null if there is none.
const Filter* find_filter(std::string_view name);
const Test* find_test(std::string_view name);

// The method of a value, bound to it; a security-undefined value for those that Python has and the
// sandbox forbids; nothing if there is none of this name.
std::optional<Value> find_method(Evaluator& evaluator, const Value& value, std::string_view name);

// range, namespace, dict, raise_exception, strftime_now …; nothing if there is none of this name.
std::optional<Value> find_global(std::string_view name);

// The tables, for find_filter and find_method.
std::span<const Filter> text_filters();
std::span<const Filter> sequence_filters();
std::span<const Filter> selecting_filters();
std::span<const Filter> number_filters();
std::span<const Filter> web_filters();
std::span<const Method> text_methods();
std::span<const Method> search_methods();
// Of lists, tuples, floats and cyclers: those that the options and the value allow.
const Method* list_method(Evaluator& evaluator, const Value& value, std::string_view name);
std::span<const Method> mapping_methods();

}  // namespace deepwell::engine::chat_template
