// Python's operations on values, as far as templates have them. All fail by throwing Failure.
#pragma once

#include <memory>
#include <string>

#include "engine/prompt/chat_template/ast.h"
#include "engine/prompt/chat_template/evaluator.h"
#include "engine/prompt/chat_template/value.h"

namespace deepwell::engine::chat_template {

// arithmetic.cpp
Value apply(Evaluator& evaluator, BinaryOperator sign, const Value& a, const Value& b);
Value negated(const Value& value, bool negative);
Value repeated(Evaluator& evaluator, const Value& sequence, Integer times);

// comparison.cpp
bool equal(Evaluator& evaluator, const Value& a, const Value& b);
bool less(Evaluator& evaluator, const Value& a, const Value& b, std::string_view sign = "<");
bool contains(Evaluator& evaluator, const Value& container, const Value& item);
bool compare(Evaluator& evaluator, ComparisonOperator sign, const Value& a, const Value& b);

// access.cpp
Value get_attribute(Evaluator& evaluator, const Value& value, std::string_view name);
Value get_item(Evaluator& evaluator, const Value& value, const Value& key);
Value get_slice(Evaluator& evaluator, const Value& value, const Value& from, const Value& to,
                const Value& step);
std::int64_t to_index(const Value& value);  // clamped to 64 bits
Value loop_attribute(Evaluator& evaluator, const Value& loop, std::string_view name);  // loops.cpp
std::int64_t loop_length(Evaluator& evaluator, const Value& loop);

// iteration.cpp
using IteratorPtr = std::shared_ptr<IteratorObject>;
bool is_iterable(const Value& value);
IteratorPtr iterate(Evaluator& evaluator, const Value& value);
std::vector<Value> to_vector(Evaluator& evaluator, const Value& value);
Value iterator_over(std::vector<Value> items, std::string_view name = "generator");
std::int64_t length(Evaluator& evaluator, const Value& value);
std::vector<Value> view_items(const ViewObject& view);

// printing.cpp
Text text_of(Evaluator& evaluator, const Value& value);  // str(value)
Text repr_of(Evaluator& evaluator, const Value& value);
std::string integer_text(Integer value);
std::string float_text(double value);

// json_text.cpp
struct JsonFormat {
    bool ensure_ascii = false;
    bool sort_keys = false;
    bool has_indent = false;
    Text indent;  // of one level
    Text item_separator{", "};
    Text key_separator{": "};
};
Text json_text(Evaluator& evaluator, const Value& value, const JsonFormat& format);

// Context values. Strings and keys count as data if `from_data`.
Value value_of(const nlohmann::ordered_json& json, bool from_data, std::uint32_t depth = 0);

// text_search.cpp: worst cases are linear.
std::size_t find_text(std::string_view text, std::string_view wanted, std::size_t from = 0);
std::size_t find_last_text(std::string_view text, std::string_view wanted);

}  // namespace deepwell::engine::chat_template
