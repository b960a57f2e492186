#include <fmt/format.h>

#include "engine/base/utf8.h"
#include "engine/gguf/reader/caps.h"
#include "engine/gguf/reader/header_reader.h"

namespace deepwell::engine {
namespace {

constexpr std::uint32_t kLastValueType = 12;

// Reads values; holds what is needed to say where something is wrong.
class ValueReader {
public:
    ValueReader(ByteReader& reader, std::string_view key) : reader_(reader), key_(key) {}

    Result<Value> read() {
        auto type = read_type();
        if (!type) return fail(std::move(type.error()));
        std::string bytes;
        if (*type == ValueType::array) return read_array();
        if (*type == ValueType::string) {
            if (auto read = read_string(bytes); !read) return fail(std::move(read.error()));
        } else {
            if (auto read = read_elements(*type, 1, bytes); !read) {
                return fail(std::move(read.error()));
            }
        }
        return Value::of_raw(*type, std::move(bytes));
    }

private:
    Result<ValueType> read_type() {
        const auto id = reader_.number<std::uint32_t>();
        if (!reader_.ok()) return reading_failed(reader_, key_);
        if (id > kLastValueType) {
            return damaged(
                reader_, fmt::format("The model file uses an unknown value type ({}).", id), key_);
        }
        return static_cast<ValueType>(id);
    }

    Result<Value> read_array() {
        auto element = read_type();
        if (!element) return fail(std::move(element.error()));
        const auto count = reader_.number<std::uint64_t>();
        std::string bytes;
        if (auto read = read_items(*element, count, bytes, 1); !read) {
            return fail(std::move(read.error()));
        }
        return Value::of_raw_array(*element, count, std::move(bytes));
    }

    // The elements of an array. Arrays in it keep their own type and count in front, as in the
    // file.
    Result<void> read_items(ValueType element, std::uint64_t count, std::string& bytes, int depth) {
        if (!reader_.ok()) return reading_failed(reader_, key_);
        if (element == ValueType::string) return read_strings(count, bytes);
        if (element == ValueType::array) return read_arrays(count, bytes, depth);
        return read_elements(element, count, bytes);
    }

    Result<void> read_elements(ValueType element, std::uint64_t count, std::string& bytes) {
        const std::uint64_t size = value_type_size(element);
        if (count > reader_.left() / size) return too_many(count);
        if (count * size > caps::kMetadataBytes) return too_many(count);
        const std::size_t before = bytes.size();
        reader_.append_to(bytes, count * size);
        if (!reader_.ok()) return reading_failed(reader_, key_);
        if (element == ValueType::boolean &&
            bytes.find_first_not_of(std::string_view("\0\1", 2), before) != bytes.npos) {
            return damaged(reader_, "The model file holds a yes-or-no value that is neither.",
                           key_);
        }
        return {};
    }

    Result<void> read_string(std::string& bytes) {
        const auto length = reader_.number<std::uint64_t>();
        if (!reader_.ok()) return reading_failed(reader_, key_);
        if (length > reader_.left() || length > caps::kStringBytes) return too_long(length);
        reader_.append_to(bytes, length);
        if (!reader_.ok()) return reading_failed(reader_, key_);
        return {};
    }

    Result<void> read_strings(std::uint64_t count, std::string& bytes) {
        if (count > reader_.left() / sizeof(std::uint64_t)) return too_many(count);
        for (std::uint64_t i = 0; i < count; ++i) {
            const auto length = reader_.number<std::uint64_t>();
            if (!reader_.ok()) return reading_failed(reader_, key_);
            if (length > reader_.left() || length > caps::kStringBytes) return too_long(length);
            if (bytes.size() + length > caps::kMetadataBytes) return too_many(count);
            append_number(bytes, length);
            reader_.append_to(bytes, length);
        }
        if (!reader_.ok()) return reading_failed(reader_, key_);
        return {};
    }

    Result<void> read_arrays(std::uint64_t count, std::string& bytes, int depth) {
        if (depth >= caps::kArrayDepth) {
            return damaged(reader_, "The model file nests lists too deeply.", key_);
        }
        constexpr std::uint64_t kLeast = sizeof(std::uint32_t) + sizeof(std::uint64_t);
        if (count > reader_.left() / kLeast) return too_many(count);
        for (std::uint64_t i = 0; i < count; ++i) {
            const auto element = read_type();
            if (!element) return fail(element.error());
            const auto inner = reader_.number<std::uint64_t>();
            append_number(bytes, static_cast<std::uint32_t>(*element));
            append_number(bytes, inner);
            if (auto read = read_items(*element, inner, bytes, depth + 1); !read) return read;
        }
        return {};
    }

    template <class T>
    static void append_number(std::string& bytes, T number) {
        bytes.append(reinterpret_cast<const char*>(&number), sizeof number);
    }

    tl::unexpected<Error> too_many(std::uint64_t count) {
        return damaged(reader_, "The model file claims a longer list than it can hold.",
                       fmt::format("{}, {} elements", key_, count));
    }

    tl::unexpected<Error> too_long(std::uint64_t length) {
        return damaged(reader_, "The model file claims a longer text than it can hold.",
                       fmt::format("{}, {} bytes", key_, length));
    }

    ByteReader& reader_;
    std::string_view key_;
};

Result<std::string> read_key(ByteReader& reader, std::uint64_t index) {
    const std::string what = fmt::format("key {}", index);
    const auto length = reader.number<std::uint64_t>();
    if (!reader.ok()) return reading_failed(reader, what);
    if (length == 0) return damaged(reader, "The model file has an entry without a name.", what);
    if (length > reader.left() || length > caps::kKeyBytes) {
        return damaged(reader, "The model file claims a longer name of an entry than it can hold.",
                       fmt::format("{}, {} bytes", what, length));
    }
    std::string key;
    reader.append_to(key, length);
    if (!reader.ok()) return reading_failed(reader, what);
    if (!is_valid_utf8(key)) {
        return damaged(reader, "The name of an entry of the model file is not valid text.", what);
    }
    return key;
}

}  // namespace

Result<Metadata> read_metadata(ByteReader& reader, std::uint64_t keys) {
    Metadata metadata;
    const std::uint64_t begin = reader.position();
    for (std::uint64_t i = 0; i < keys; ++i) {
        auto key = read_key(reader, i);
        if (!key) return fail(std::move(key.error()));
        if (metadata.contains(*key)) {
            return damaged(reader, fmt::format("The model file has the entry {} twice.", *key),
                           *key);
        }
        auto value = ValueReader(reader, *key).read();
        if (!value) return fail(std::move(value.error()));
        if (reader.position() - begin > caps::kMetadataBytes) {
            return damaged(reader, "The model file's entries are too large.", *key);
        }
        metadata.set(std::move(*key), std::move(*value));
    }
    return metadata;
}

Result<std::uint64_t> read_alignment(const Metadata& metadata) {
    constexpr std::string_view kKey = "general.alignment";
    const Value* value = metadata.find(kKey);
    if (value == nullptr) return 32;
    // The one key that decides where every weight lies: taken only as its writers write it.
    const auto alignment = value->type() == ValueType::u32 ? value->as_unsigned() : std::nullopt;
    if (!alignment || *alignment == 0 || (*alignment & (*alignment - 1)) != 0 ||
        *alignment > caps::kAlignment) {
        return fail(
            ErrorCode::FileDamaged, "The model file's alignment is not a power of two up to 65536.",
            fmt::format("{} = {} ({})", kKey, value->describe(40), value_type_name(value->type())));
    }
    return *alignment;
}

}  // namespace deepwell::engine
