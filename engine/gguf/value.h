// One metadata value of a GGUF file: a number, a bool, a string or an array.
//
// Writers differ in integer widths, so readers ask for what they mean ("an unsigned number") and
// any integer type whose value fits is taken; a float key takes f32 and f64. A request that does
// not fit gives nullopt; Metadata turns that into an error that names the key.
//
// Arrays are kept as the bytes of the file (150,000 token strings are one block of memory) and are
// walked, not indexed, when their elements are strings.
#pragma once

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace deepwell::engine {

// The type ids of the file.
enum class ValueType : std::uint32_t {
    u8 = 0,
    i8 = 1,
    u16 = 2,
    i16 = 3,
    u32 = 4,
    i32 = 5,
    f32 = 6,
    boolean = 7,
    string = 8,
    array = 9,
    u64 = 10,
    i64 = 11,
    f64 = 12,
};

// "u32", "string", …
std::string_view value_type_name(ValueType type);

// Bytes of one element; 0 for string and array.
std::size_t value_type_size(ValueType type);

// The strings of an array, first to last. Views live as long as the Value.
class StringList {
public:
    class Iterator {
    public:
        using iterator_category = std::forward_iterator_tag;
        using value_type = std::string_view;
        using difference_type = std::ptrdiff_t;
        using pointer = const std::string_view*;
        using reference = std::string_view;

        Iterator() = default;
        explicit Iterator(const char* at) : at_(at) {}
        std::string_view operator*() const;
        Iterator& operator++();
        Iterator operator++(int);
        bool operator==(const Iterator& other) const { return at_ == other.at_; }

    private:
        const char* at_ = nullptr;
    };

    StringList() = default;
    StringList(std::string_view bytes, std::size_t size) : bytes_(bytes), size_(size) {}
    Iterator begin() const { return Iterator(bytes_.data()); }
    Iterator end() const { return Iterator(bytes_.data() + bytes_.size()); }
    std::size_t size() const { return size_; }

private:
    std::string_view bytes_;
    std::size_t size_ = 0;
};

class Value {
public:
    static Value of_u8(std::uint8_t value);
    static Value of_i8(std::int8_t value);
    static Value of_u16(std::uint16_t value);
    static Value of_i16(std::int16_t value);
    static Value of_u32(std::uint32_t value);
    static Value of_i32(std::int32_t value);
    static Value of_u64(std::uint64_t value);
    static Value of_i64(std::int64_t value);
    static Value of_f32(float value);
    static Value of_f64(double value);
    static Value of_bool(bool value);
    static Value of_string(std::string value);
    static Value of_u32s(std::span<const std::uint32_t> values);
    static Value of_i32s(std::span<const std::int32_t> values);
    static Value of_f32s(std::span<const float> values);
    static Value of_bools(std::span<const bool> values);
    static Value of_strings(std::span<const std::string> values);

    // `bytes` as they stand in the file, already checked by the reader: a scalar's bytes, a
    // string's bytes, or the elements of an array back to back.
    static Value of_raw(ValueType type, std::string bytes);
    static Value of_raw_array(ValueType element, std::uint64_t count, std::string bytes);

    ValueType type() const { return type_; }
    bool is_array() const { return type_ == ValueType::array; }

    // Scalars.
    std::optional<std::uint64_t> as_unsigned() const;
    std::optional<std::int64_t> as_signed() const;
    std::optional<double> as_double() const;  // f32 and f64 only
    std::optional<bool> as_bool() const;
    std::optional<std::string_view> as_string() const;  // view into this value

    // Arrays; element_type and size mean nothing for others.
    ValueType element_type() const { return element_; }
    std::uint64_t size() const { return count_; }
    bool is_strings() const { return is_array() && element_ == ValueType::string; }
    StringList strings() const;  // none where it is not an array of strings
    std::optional<std::vector<std::uint64_t>> as_unsigneds() const;
    std::optional<std::vector<std::int64_t>> as_signeds() const;
    std::optional<std::vector<double>> as_doubles() const;
    std::optional<std::vector<bool>> as_bools() const;

    // The bytes of the file (see of_raw), for writing the value again.
    std::string_view raw() const { return bytes_; }

    // For people, one line, at most about `limit` characters: `[string x 151936: "!", "\"", …]`.
    std::string describe(std::size_t limit = 120) const;

private:
    ValueType type_ = ValueType::u8;
    ValueType element_ = ValueType::u8;
    std::uint64_t count_ = 0;
    std::string bytes_;
};

}  // namespace deepwell::engine
