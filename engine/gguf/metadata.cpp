#include "engine/gguf/metadata.h"

#include <fmt/format.h>

namespace deepwell::engine {
namespace {

tl::unexpected<Error> missing(std::string_view key) {
    return fail(ErrorCode::FileDamaged,
                fmt::format("The model file lacks the entry {}, which is needed. Get the file "
                            "again, or another one.",
                            key));
}

tl::unexpected<Error> unfit(std::string_view key, std::string_view wanted, const Value& value) {
    return fail(
        ErrorCode::FileDamaged, fmt::format("The model file's entry {} must be {}.", key, wanted),
        fmt::format("{} = {} ({})", key, value.describe(60), value_type_name(value.type())));
}

// Finds the key and reads it, or says why not. Without a fallback the key must be there.
template <class T, class Read>
Result<T> typed(const Metadata& metadata, std::string_view key, const T* fallback,
                std::string_view wanted, Read read) {
    const Value* value = metadata.find(key);
    if (value == nullptr) {
        if (fallback == nullptr) return missing(key);
        return *fallback;
    }
    const auto result = read(*value);
    if (!result) return unfit(key, wanted, *value);
    return *result;
}

const auto read_string = [](const Value& value) { return value.as_string(); };
const auto read_unsigned = [](const Value& value) { return value.as_unsigned(); };
const auto read_double = [](const Value& value) { return value.as_double(); };
const auto read_bool = [](const Value& value) { return value.as_bool(); };

constexpr std::string_view kString = "a text";
constexpr std::string_view kUnsigned = "a whole number, not below 0";
constexpr std::string_view kDouble = "a floating-point number";
constexpr std::string_view kBool = "true or false";

}  // namespace

void Metadata::set(std::string key, Value value) {
    const auto [at, added] = index_.try_emplace(key, entries_.size());
    if (added) {
        entries_.push_back({std::move(key), std::move(value)});
    } else {
        entries_[at->second].value = std::move(value);
    }
}

const Value* Metadata::find(std::string_view key) const {
    const auto at = index_.find(key);
    return at == index_.end() ? nullptr : &entries_[at->second].value;
}

Result<std::string_view> Metadata::string_value(std::string_view key) const {
    return typed<std::string_view>(*this, key, nullptr, kString, read_string);
}

Result<std::uint64_t> Metadata::unsigned_value(std::string_view key) const {
    return typed<std::uint64_t>(*this, key, nullptr, kUnsigned, read_unsigned);
}

Result<double> Metadata::double_value(std::string_view key) const {
    return typed<double>(*this, key, nullptr, kDouble, read_double);
}

Result<bool> Metadata::bool_value(std::string_view key) const {
    return typed<bool>(*this, key, nullptr, kBool, read_bool);
}

Result<std::string_view> Metadata::string_or(std::string_view key,
                                             std::string_view fallback) const {
    return typed<std::string_view>(*this, key, &fallback, kString, read_string);
}

Result<std::uint64_t> Metadata::unsigned_or(std::string_view key, std::uint64_t fallback) const {
    return typed<std::uint64_t>(*this, key, &fallback, kUnsigned, read_unsigned);
}

Result<double> Metadata::double_or(std::string_view key, double fallback) const {
    return typed<double>(*this, key, &fallback, kDouble, read_double);
}

Result<bool> Metadata::bool_or(std::string_view key, bool fallback) const {
    return typed<bool>(*this, key, &fallback, kBool, read_bool);
}

Result<std::vector<std::uint64_t>> Metadata::per_layer(std::string_view key,
                                                       std::size_t layers) const {
    const Value* value = find(key);
    if (value == nullptr) return missing(key);
    if (const auto one = value->as_unsigned()) return std::vector<std::uint64_t>(layers, *one);
    auto all = value->as_unsigneds();
    if (!all) return unfit(key, "a whole number or a list of whole numbers", *value);
    if (all->size() != layers) {
        return unfit(key, fmt::format("one number or one for each of the {} layers", layers),
                     *value);
    }
    return std::move(*all);
}

}  // namespace deepwell::engine
