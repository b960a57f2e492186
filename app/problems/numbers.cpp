#include "app/problems/numbers.h"

#include <fmt/format.h>

namespace deepwell::app {

std::string thousands(std::uint64_t number) {
    std::string digits = std::to_string(number);
    std::string text;
    for (std::size_t i = 0; i < digits.size(); ++i) {
        if (i > 0 && (digits.size() - i) % 3 == 0) text += ',';
        text += digits[i];
    }
    return text;
}

std::string gibibytes(std::uint64_t bytes) {
    const double gib = static_cast<double>(bytes) / (1024.0 * 1024.0 * 1024.0);
    if (gib >= 99.95) return fmt::format("{:.0f} GiB", gib);
    if (gib >= 0.95) return fmt::format("{:.1f} GiB", gib);
    return fmt::format("{:.0f} MiB", static_cast<double>(bytes) / (1024.0 * 1024.0));
}

}  // namespace deepwell::app
