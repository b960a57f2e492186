#include "app/base/json.h"

#include <cmath>

namespace deepwell::app {

std::string to_text(const Json& json) {
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Json parse_json(std::string_view text) {
    return Json::parse(text.begin(), text.end(), nullptr, false);
}

Json number_json(double value) {
    constexpr double kWholeUpTo = 9007199254740992.0;  // 2^53: every whole number has its double
    if (std::floor(value) == value && std::abs(value) <= kWholeUpTo) {
        return Json(static_cast<std::int64_t>(value));
    }
    return Json(value);
}

}  // namespace deepwell::app
