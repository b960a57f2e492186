// json.dumps, and the way in from JSON.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "engine/prompt/chat_template/operations.h"
#include "engine/prompt/chat_template/unicode.h"

namespace deepwell::engine::chat_template {

namespace {

Text json_string(const Text& text, bool ensure_ascii) {
    const std::string& bytes = text.bytes();
    Text result;
    result.append("\"");
    std::size_t plain = 0;
    for (std::size_t i = 0; i < bytes.size();) {
        const auto byte = static_cast<unsigned char>(bytes[i]);
        const std::size_t length = byte < 0x80 ? 1 : code_point_length(bytes, i);
        std::string escape;
        if (byte == '"' || byte == '\\') {
            escape = {'\\', static_cast<char>(byte)};
        } else if (byte < 0x20) {
            const char* simple = byte == '\n'   ? "\\n"
                                 : byte == '\r' ? "\\r"
                                 : byte == '\t' ? "\\t"
                                 : byte == '\f' ? "\\f"
                                 : byte == '\b' ? "\\b"
                                                : nullptr;
            escape = simple != nullptr ? simple : fmt::format("\\u{:04x}", byte);
        } else if (ensure_ascii && byte >= 0x7F) {
            const auto c = static_cast<unsigned>(code_point_at(bytes, i));
            if (c < 0x10000) {
                escape = fmt::format("\\u{:04x}", c);
            } else {
                escape = fmt::format("\\u{:04x}\\u{:04x}", 0xD800 + ((c - 0x10000) >> 10),
                                     0xDC00 + ((c - 0x10000) & 0x3FF));
            }
        }
        if (!escape.empty()) {
            result.append(text.slice(plain, i));
            result.append(escape, text.slice(i, i + length).from_data());
            plain = i + length;
        }
        i += length;
    }
    result.append(text.slice(plain, bytes.size()));
    result.append("\"");
    return result;
}

std::string json_float(double value) {
    if (std::isnan(value)) return "NaN";
    if (std::isinf(value)) return value < 0 ? "-Infinity" : "Infinity";
    return float_text(value);
}

class Writer {
public:
    Writer(Evaluator& evaluator, const JsonFormat& format)
        : evaluator_(evaluator), format_(format) {}

    void write(const Value& value) {
        const Evaluator::Nesting nesting(evaluator_);
        evaluator_.step();
        evaluator_.check_size(text_.size());
        switch (value.type()) {
            case Type::None:
                text_.append("null");
                return;
            case Type::Boolean:
                text_.append(value.as_boolean() ? "true" : "false");
                return;
            case Type::Integer:
                text_.append(integer_text(value.as_integer()));
                return;
            case Type::Float:
                text_.append(json_float(value.as_double()));
                return;
            case Type::String:
                evaluator_.work(value.as_text().size());
                text_.append(json_string(value.as_text(), format_.ensure_ascii));
                return;
            case Type::List:
            case Type::Tuple:
                write_list(value.items());
                return;
            case Type::Mapping:
                write_mapping(value.mapping());
                return;
            default:
                raise(Kind::Type, "Object of type " + std::string(type_name(value)) +
                                      " is not JSON serializable");
        }
    }

    Text take() { return std::move(text_); }

private:
    void new_line() {
        if (!format_.has_indent) return;
        text_.append("\n");
        for (std::size_t i = 0; i < level_; ++i) text_.append(format_.indent);
    }

    void write_list(const std::vector<Value>& items) {
        if (items.empty()) return text_.append("[]");
        text_.append("[");
        ++level_;
        bool first = true;
        for (const Value& item : items) {
            if (!first) text_.append(format_.item_separator);
            first = false;
            new_line();
            write(item);
        }
        --level_;
        new_line();
        text_.append("]");
    }

    static Text key_text(const Value& key) {
        switch (key.type()) {
            case Type::String:
                return key.as_text();
            case Type::None:
                return Text("null");
            case Type::Boolean:
                return Text(key.as_boolean() ? "true" : "false");
            case Type::Integer:
                return Text(integer_text(key.as_integer()));
            case Type::Float:
                return Text(json_float(key.as_double()));
            default:
                raise(Kind::Type, "keys must be str, int, float, bool or None, not " +
                                      std::string(type_name(key)));
        }
    }

    void write_mapping(const MappingObject& mapping) {
        if (mapping.entries.empty()) return text_.append("{}");
        std::vector<const std::pair<Value, Value>*> entries;
        for (const auto& entry : mapping.entries) entries.push_back(&entry);
        if (format_.sort_keys) {
            std::stable_sort(entries.begin(), entries.end(), [this](const auto* a, const auto* b) {
                return less(evaluator_, a->first, b->first);
            });
        }
        text_.append("{");
        ++level_;
        bool first = true;
        for (const auto* entry : entries) {
            if (!first) text_.append(format_.item_separator);
            first = false;
            new_line();
            text_.append(json_string(key_text(entry->first), format_.ensure_ascii));
            text_.append(format_.key_separator);
            write(entry->second);
        }
        --level_;
        new_line();
        text_.append("}");
    }

    Evaluator& evaluator_;
    const JsonFormat& format_;
    Text text_;
    std::size_t level_ = 0;
};

}  // namespace

Text json_text(Evaluator& evaluator, const Value& value, const JsonFormat& format) {
    Writer writer(evaluator, format);
    writer.write(value);
    return writer.take();
}

Value value_of(const nlohmann::ordered_json& json, bool from_data, std::uint32_t depth) {
    if (depth >= kDeepestValue) raise(Kind::Limit, "The data is nested too deep.");
    using Type = nlohmann::ordered_json::value_t;
    switch (json.type()) {
        case Type::null:
        case Type::discarded:
        case Type::binary:
            return Value::none();
        case Type::boolean:
            return Value::boolean(json.get<bool>());
        case Type::number_integer:
            return Value::integer(json.get<std::int64_t>());
        case Type::number_unsigned:
            return Value::integer(json.get<std::uint64_t>());
        case Type::number_float:
            return Value::real(json.get<double>());
        case Type::string:
            return Value::string(Text(json.get_ref<const std::string&>(), from_data));
        case Type::array: {
            std::vector<Value> items;
            items.reserve(json.size());
            for (const auto& item : json) items.push_back(value_of(item, from_data, depth + 1));
            return Value::list(std::move(items), false);
        }
        case Type::object: {
            Value mapping = MappingObject::make();
            for (const auto& [key, item] : json.items()) {
                mapping.mapping().set(Value::string(Text(key, from_data)),
                                      value_of(item, from_data, depth + 1));
            }
            return mapping;
        }
    }
    return Value::none();
}

}  // namespace deepwell::engine::chat_template
