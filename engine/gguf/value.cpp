#include "engine/gguf/value.h"

#include <fmt/format.h>

#include <cstring>
#include <limits>
#include <type_traits>

namespace deepwell::engine {
namespace {

template <class T>
T load(const char* at) {
    T value;
    std::memcpy(&value, at, sizeof value);
    return value;
}

template <class T>
std::string bytes_of(std::span<const T> values) {
    if (values.empty()) return {};
    return {reinterpret_cast<const char*>(values.data()), values.size_bytes()};
}

template <class T>
Value scalar(ValueType type, T value) {
    return Value::of_raw(type, bytes_of(std::span<const T>(&value, 1)));
}

std::optional<std::uint64_t> read_unsigned(ValueType type, const char* at) {
    const auto checked = [](std::int64_t value) -> std::optional<std::uint64_t> {
        if (value < 0) return std::nullopt;
        return static_cast<std::uint64_t>(value);
    };
    switch (type) {
        case ValueType::u8:
            return load<std::uint8_t>(at);
        case ValueType::u16:
            return load<std::uint16_t>(at);
        case ValueType::u32:
            return load<std::uint32_t>(at);
        case ValueType::u64:
            return load<std::uint64_t>(at);
        case ValueType::i8:
            return checked(load<std::int8_t>(at));
        case ValueType::i16:
            return checked(load<std::int16_t>(at));
        case ValueType::i32:
            return checked(load<std::int32_t>(at));
        case ValueType::i64:
            return checked(load<std::int64_t>(at));
        default:
            return std::nullopt;
    }
}

std::optional<std::int64_t> read_signed(ValueType type, const char* at) {
    switch (type) {
        case ValueType::i8:
            return load<std::int8_t>(at);
        case ValueType::i16:
            return load<std::int16_t>(at);
        case ValueType::i32:
            return load<std::int32_t>(at);
        case ValueType::i64:
            return load<std::int64_t>(at);
        default: {
            const auto value = read_unsigned(type, at);
            constexpr std::uint64_t kMost = std::numeric_limits<std::int64_t>::max();
            if (!value || *value > kMost) return std::nullopt;
            return static_cast<std::int64_t>(*value);
        }
    }
}

std::optional<double> read_double(ValueType type, const char* at) {
    if (type == ValueType::f32) return load<float>(at);
    if (type == ValueType::f64) return load<double>(at);
    return std::nullopt;
}

std::optional<bool> read_bool(ValueType type, const char* at) {
    if (type != ValueType::boolean) return std::nullopt;
    return *at != 0;
}

// All elements through one of the readers above, or nothing if one does not fit.
template <class T, class Read>
std::optional<std::vector<T>> read_all(const Value& value, Read read) {
    const std::size_t step = value_type_size(value.element_type());
    if (!value.is_array() || step == 0) return std::nullopt;
    std::vector<T> all;
    all.reserve(value.size());
    for (const char* at = value.raw().data(); all.size() < value.size(); at += step) {
        const auto one = read(value.element_type(), at);
        if (!one) return std::nullopt;
        all.push_back(*one);
    }
    return all;
}

std::string describe_scalar(ValueType type, const char* at) {
    if (const auto value = read_bool(type, at)) return *value ? "true" : "false";
    if (const auto value = read_double(type, at)) return fmt::format("{}", *value);
    if (const auto value = read_unsigned(type, at)) return fmt::format("{}", *value);
    return fmt::format("{}", read_signed(type, at).value_or(0));
}

// In quotes, control characters escaped, cut after `limit` bytes (at a character's border).
std::string quoted(std::string_view text, std::size_t limit) {
    std::string line = "\"";
    std::size_t length = std::min(limit, text.size());
    while (length < text.size() && length > 0 && (text[length] & 0xC0) == 0x80) --length;
    for (const char c : text.substr(0, length)) {
        if (c == '"' || c == '\\') {
            line += '\\';
            line += c;
        } else if (c == '\n') {
            line += "\\n";
        } else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) {
            line += fmt::format("\\x{:02x}", static_cast<unsigned char>(c));
        } else {
            line += c;
        }
    }
    line += '"';
    if (length < text.size()) line += fmt::format("… ({} bytes)", text.size());
    return line;
}

}  // namespace

std::string_view value_type_name(ValueType type) {
    switch (type) {
        case ValueType::u8:
            return "u8";
        case ValueType::i8:
            return "i8";
        case ValueType::u16:
            return "u16";
        case ValueType::i16:
            return "i16";
        case ValueType::u32:
            return "u32";
        case ValueType::i32:
            return "i32";
        case ValueType::f32:
            return "f32";
        case ValueType::boolean:
            return "bool";
        case ValueType::string:
            return "string";
        case ValueType::array:
            return "array";
        case ValueType::u64:
            return "u64";
        case ValueType::i64:
            return "i64";
        case ValueType::f64:
            return "f64";
    }
    return "unknown";
}

std::size_t value_type_size(ValueType type) {
    switch (type) {
        case ValueType::u8:
        case ValueType::i8:
        case ValueType::boolean:
            return 1;
        case ValueType::u16:
        case ValueType::i16:
            return 2;
        case ValueType::u32:
        case ValueType::i32:
        case ValueType::f32:
            return 4;
        case ValueType::u64:
        case ValueType::i64:
        case ValueType::f64:
            return 8;
        case ValueType::string:
        case ValueType::array:
            return 0;
    }
    return 0;
}

std::string_view StringList::Iterator::operator*() const {
    return {at_ + sizeof(std::uint64_t), load<std::uint64_t>(at_)};
}

StringList::Iterator& StringList::Iterator::operator++() {
    at_ += sizeof(std::uint64_t) + load<std::uint64_t>(at_);
    return *this;
}

StringList::Iterator StringList::Iterator::operator++(int) {
    Iterator before = *this;
    ++*this;
    return before;
}

Value Value::of_u8(std::uint8_t value) {
    return scalar(ValueType::u8, value);
}
Value Value::of_i8(std::int8_t value) {
    return scalar(ValueType::i8, value);
}
Value Value::of_u16(std::uint16_t value) {
    return scalar(ValueType::u16, value);
}
Value Value::of_i16(std::int16_t value) {
    return scalar(ValueType::i16, value);
}
Value Value::of_u32(std::uint32_t value) {
    return scalar(ValueType::u32, value);
}
Value Value::of_i32(std::int32_t value) {
    return scalar(ValueType::i32, value);
}
Value Value::of_u64(std::uint64_t value) {
    return scalar(ValueType::u64, value);
}
Value Value::of_i64(std::int64_t value) {
    return scalar(ValueType::i64, value);
}
Value Value::of_f32(float value) {
    return scalar(ValueType::f32, value);
}
Value Value::of_f64(double value) {
    return scalar(ValueType::f64, value);
}
Value Value::of_bool(bool value) {
    return of_raw(ValueType::boolean, std::string(1, value));
}
Value Value::of_string(std::string value) {
    return of_raw(ValueType::string, std::move(value));
}

Value Value::of_u32s(std::span<const std::uint32_t> values) {
    return of_raw_array(ValueType::u32, values.size(), bytes_of(values));
}

Value Value::of_i32s(std::span<const std::int32_t> values) {
    return of_raw_array(ValueType::i32, values.size(), bytes_of(values));
}

Value Value::of_f32s(std::span<const float> values) {
    return of_raw_array(ValueType::f32, values.size(), bytes_of(values));
}

Value Value::of_bools(std::span<const bool> values) {
    std::string bytes;
    for (const bool value : values) bytes += static_cast<char>(value);
    return of_raw_array(ValueType::boolean, values.size(), std::move(bytes));
}

Value Value::of_strings(std::span<const std::string> values) {
    std::string bytes;
    for (const std::string& value : values) {
        const std::uint64_t length = value.size();
        bytes += bytes_of(std::span<const std::uint64_t>(&length, 1));
        bytes += value;
    }
    return of_raw_array(ValueType::string, values.size(), std::move(bytes));
}

Value Value::of_raw(ValueType type, std::string bytes) {
    Value value;
    value.type_ = type;
    value.bytes_ = std::move(bytes);
    return value;
}

Value Value::of_raw_array(ValueType element, std::uint64_t count, std::string bytes) {
    Value value;
    value.type_ = ValueType::array;
    value.element_ = element;
    value.count_ = count;
    value.bytes_ = std::move(bytes);
    return value;
}

std::optional<std::uint64_t> Value::as_unsigned() const {
    return read_unsigned(type_, bytes_.data());
}

std::optional<std::int64_t> Value::as_signed() const {
    return read_signed(type_, bytes_.data());
}
std::optional<double> Value::as_double() const {
    return read_double(type_, bytes_.data());
}
std::optional<bool> Value::as_bool() const {
    return read_bool(type_, bytes_.data());
}

std::optional<std::string_view> Value::as_string() const {
    if (type_ != ValueType::string) return std::nullopt;
    return bytes_;
}

StringList Value::strings() const {
    return is_strings() ? StringList(bytes_, count_) : StringList();
}

std::optional<std::vector<std::uint64_t>> Value::as_unsigneds() const {
    return read_all<std::uint64_t>(*this, read_unsigned);
}

std::optional<std::vector<std::int64_t>> Value::as_signeds() const {
    return read_all<std::int64_t>(*this, read_signed);
}

std::optional<std::vector<double>> Value::as_doubles() const {
    return read_all<double>(*this, read_double);
}

std::optional<std::vector<bool>> Value::as_bools() const {
    return read_all<bool>(*this, read_bool);
}

std::string Value::describe(std::size_t limit) const {
    if (type_ == ValueType::string) return quoted(bytes_, limit);
    if (!is_array()) return describe_scalar(type_, bytes_.data());
    std::string line = fmt::format("[{} x {}", value_type_name(element_), count_);
    const std::size_t step = value_type_size(element_);
    const char* separator = ": ";
    if (is_strings()) {
        for (const std::string_view text : strings()) {
            if (line.size() >= limit) return line + ", …]";
            line += separator + quoted(text, 24);
            separator = ", ";
        }
    } else if (step != 0) {
        for (std::uint64_t i = 0; i < count_; ++i) {
            if (line.size() >= limit) return line + ", …]";
            line += separator + describe_scalar(element_, bytes_.data() + i * step);
            separator = ", ";
        }
    }
    return line + "]";
}

}  // namespace deepwell::engine
