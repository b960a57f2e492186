// The key-value part of a GGUF file, in the file's order.
//
//   metadata.unsigned_value("qwen2.block_count")            missing or no whole number: an error
//   metadata.unsigned_or("qwen2.expert_count", 0)           missing: 0; a string: an error
//   metadata.find("tokenizer.ggml.tokens")                  nullptr where it is missing
//
// Errors: FileDamaged, the message names the key and what stands there.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "engine/base/result.h"
#include "engine/gguf/value.h"

namespace deepwell::engine {

class Metadata {
public:
    struct Entry {
        std::string key;
        Value value;
    };

    // Adds the key, or replaces its value. Pointers and views into other values stay valid only
    // until the next call.
    void set(std::string key, Value value);

    const Value* find(std::string_view key) const;
    bool contains(std::string_view key) const { return find(key) != nullptr; }
    const std::vector<Entry>& entries() const { return entries_; }

    // Views live as long as this object is not changed.
    Result<std::string_view> string_value(std::string_view key) const;
    Result<std::uint64_t> unsigned_value(std::string_view key) const;
    Result<double> double_value(std::string_view key) const;
    Result<bool> bool_value(std::string_view key) const;

    Result<std::string_view> string_or(std::string_view key, std::string_view fallback) const;
    Result<std::uint64_t> unsigned_or(std::string_view key, std::uint64_t fallback) const;
    Result<double> double_or(std::string_view key, double fallback) const;
    Result<bool> bool_or(std::string_view key, bool fallback) const;

    // A key that is one number for all layers or an array of exactly `layers` numbers.
    Result<std::vector<std::uint64_t>> per_layer(std::string_view key, std::size_t layers) const;

private:
    struct Hash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const {
            return std::hash<std::string_view>()(text);
        }
    };
    std::vector<Entry> entries_;
    std::unordered_map<std::string, std::size_t, Hash, std::equal_to<>> index_;
};

}  // namespace deepwell::engine
