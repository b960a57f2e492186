#include "engine/prompt/chat_template/builtins/local_time.h"

#include <locale.h>

#include <algorithm>
#include <ctime>
#include <vector>

namespace deepwell::engine::chat_template {

namespace {

std::tm broken_down(std::chrono::local_seconds now) {
    const auto day = std::chrono::floor<std::chrono::days>(now);
    const std::chrono::year_month_day date(day);
    const std::chrono::hh_mm_ss time(now - day);
    std::tm result{};
    result.tm_year = static_cast<int>(date.year()) - 1900;
    result.tm_mon = static_cast<int>(static_cast<unsigned>(date.month())) - 1;
    result.tm_mday = static_cast<int>(static_cast<unsigned>(date.day()));
    result.tm_hour = static_cast<int>(time.hours().count());
    result.tm_min = static_cast<int>(time.minutes().count());
    result.tm_sec = static_cast<int>(time.seconds().count());
    result.tm_wday = static_cast<int>(std::chrono::weekday(day).c_encoding());
    const auto new_year =
        std::chrono::local_days(date.year() / std::chrono::January / std::chrono::day(1));
    result.tm_yday = static_cast<int>((day - new_year).count());
    result.tm_isdst = -1;
    return result;
}

// A time without a zone has no %z and no %Z, and whole seconds have no microseconds.
std::string without_zone(const std::string& format) {
    std::string result;
    for (std::size_t i = 0; i < format.size(); ++i) {
        if (format[i] != '%' || i + 1 >= format.size()) {
            result += format[i];
            continue;
        }
        const char mark = format[++i];
        if (mark == 'z' || mark == 'Z') continue;
        if (mark == 'f') {
            result += "000000";
        } else {
            result += '%';
            result += mark;
        }
    }
    return result;
}

}  // namespace

std::string formatted_time(const std::string& format,
                           const std::optional<std::chrono::local_seconds>& now) {
    std::tm time{};
    if (now) {
        time = broken_down(*now);
    } else {
        const std::time_t seconds = std::time(nullptr);
        localtime_r(&seconds, &time);
    }
    // A mark in front, so that an empty result can be told from a buffer that is too small. A field
    // width of the format can ask for much; what does not fit 64 KiB is left empty.
    const std::string marked = "." + without_zone(format.substr(0, 4096));
    const locale_t english = newlocale(LC_ALL_MASK, "C", nullptr);
    std::vector<char> buffer(std::size_t(1) << 16);
    const std::size_t size =
        strftime_l(buffer.data(), buffer.size(), marked.c_str(), &time, english);
    freelocale(english);
    return size > 0 ? std::string(buffer.data() + 1, size - 1) : std::string();
}

}  // namespace deepwell::engine::chat_template
