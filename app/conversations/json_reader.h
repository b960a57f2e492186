// Takes known keys out of a JSON object one by one, tolerantly; what is left is unknown and kept.
// A value of another type than wanted counts as missing and is named in `wrong`.
#pragma once

#include <cmath>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "app/base/json.h"

namespace deepwell::app {

class JsonReader {
public:
    using Wrong = std::vector<std::string>;

    JsonReader(const Json& json, Wrong* wrong) : wrong_(wrong) {
        if (json.is_object()) rest_ = json;
    }

    // The value of `key`, none if missing or null.
    std::optional<Json> any(const char* key) {
        const auto found = rest_.find(key);
        if (found == rest_.end()) return std::nullopt;
        Json value = std::move(*found);
        rest_.erase(key);
        if (value.is_null()) return std::nullopt;
        return value;
    }
    std::optional<std::string> text(const char* key) {
        auto value = any(key);
        if (!value) return std::nullopt;
        if (!value->is_string()) return bad<std::string>(key);
        return std::move(value->get_ref<std::string&>());
    }
    std::optional<double> number(const char* key) {
        const auto value = any(key);
        if (!value) return std::nullopt;
        if (!value->is_number()) return bad<double>(key);
        const auto number = value->get<double>();
        if (!std::isfinite(number)) return bad<double>(key);
        return number;
    }
    // Whole numbers, also when written with a fraction of nought.
    std::optional<std::int64_t> whole(const char* key) {
        const auto value = any(key);
        if (!value) return std::nullopt;
        if (const auto number = whole_of(*value)) return number;
        return bad<std::int64_t>(key);
    }
    // Whole and not below nought.
    std::optional<std::int64_t> count(const char* key) {
        const auto value = whole(key);
        if (value && *value < 0) return bad<std::int64_t>(key);
        return value;
    }
    // UTC milliseconds up to the year 9999.
    std::optional<std::int64_t> time(const char* key) {
        constexpr std::int64_t kLast = 253402300799999;
        const auto value = count(key);
        if (value && *value > kLast) return bad<std::int64_t>(key);
        return value;
    }
    std::optional<std::string> sha256(const char* key) {
        auto value = text(key);
        if (!value) return std::nullopt;
        const bool good = value->size() == 64 &&
                          value->find_first_not_of("0123456789abcdef") == std::string::npos;
        return good ? value : bad<std::string>(key);
    }
    std::optional<bool> flag(const char* key) {
        const auto value = any(key);
        if (!value) return std::nullopt;
        if (!value->is_boolean()) return bad<bool>(key);
        return value->get<bool>();
    }
    std::optional<Json> object(const char* key) { return of_type(key, &Json::is_object); }
    std::optional<Json> array(const char* key) { return of_type(key, &Json::is_array); }
    std::optional<std::vector<std::string>> texts(const char* key) {
        const auto value = array(key);
        if (!value) return std::nullopt;
        std::vector<std::string> texts;
        for (const auto& item : *value) {
            if (!item.is_string()) return bad<std::vector<std::string>>(key);
            texts.push_back(item.get<std::string>());
        }
        return texts;
    }
    // A word of an enumeration.
    template <class T>
    std::optional<T> word(const char* key, std::optional<T> (*of)(std::string_view)) {
        const auto name = text(key);
        if (!name) return std::nullopt;
        if (const auto value = of(*name)) return value;
        return bad<T>(key);
    }

    void complain(std::string key) {
        if (wrong_ != nullptr) wrong_->push_back(std::move(key));
    }
    Json take_rest() { return std::move(rest_); }

    static std::optional<std::int64_t> whole_of(const Json& value) {
        constexpr double kLimit = 9223372036854775808.0;  // 2^63
        if (value.is_number_unsigned()) {
            const auto number = value.get<std::uint64_t>();
            if (number > static_cast<std::uint64_t>(INT64_MAX)) return std::nullopt;
            return static_cast<std::int64_t>(number);
        }
        if (value.is_number_integer()) return value.get<std::int64_t>();
        if (!value.is_number_float()) return std::nullopt;
        const auto number = value.get<double>();
        if (std::floor(number) != number || number < -kLimit || number >= kLimit) {
            return std::nullopt;
        }
        return static_cast<std::int64_t>(number);
    }

private:
    template <class T>
    std::optional<T> bad(const char* key) {
        complain(key);
        return std::nullopt;
    }
    std::optional<Json> of_type(const char* key, bool (Json::*is)() const noexcept) {
        auto value = any(key);
        if (value && !((*value).*is)()) return bad<Json>(key);
        return value;
    }

    Json rest_ = Json::object();
    Wrong* wrong_;
};

// Writes keys in the order of the calls; absent values are not written.
class JsonWriter {
public:
    void put(const char* key, Json value) { json_[key] = std::move(value); }
    void put(const char* key, const std::optional<std::string>& value) {
        if (value) json_[key] = *value;
    }
    void put(const char* key, const std::optional<std::int64_t>& value) {
        if (value) json_[key] = *value;
    }
    void put(const char* key, const std::optional<double>& value) {
        if (value) json_[key] = number_json(*value);
    }
    void put(const char* key, const std::optional<std::vector<std::string>>& value) {
        if (value) json_[key] = *value;
    }
    template <class T>
    void put_or_null(const char* key, const std::optional<T>& value) {
        if (value) {
            json_[key] = *value;
        } else {
            json_[key] = nullptr;
        }
    }
    // Unknown keys last; a known key is never written twice.
    Json finish(const Json& extra) {
        for (const auto& [key, value] : extra.items()) {
            if (!json_.contains(key)) json_[key] = value;
        }
        return std::move(json_);
    }
    Json finish() { return std::move(json_); }

private:
    Json json_ = Json::object();
};

}  // namespace deepwell::app
