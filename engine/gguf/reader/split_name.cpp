#include "engine/gguf/reader/split_name.h"

#include <fmt/format.h>

#include <string_view>

namespace deepwell::engine {
namespace {

constexpr std::size_t kDigits = 5;
constexpr std::string_view kEnding = "-00000-of-00000.gguf";

std::optional<std::uint32_t> number_at(std::string_view text) {
    std::uint32_t number = 0;
    for (const char c : text.substr(0, kDigits)) {
        if (c < '0' || c > '9') return std::nullopt;
        number = number * 10 + static_cast<std::uint32_t>(c - '0');
    }
    return number;
}

}  // namespace

std::filesystem::path SplitName::part(std::uint32_t part_number) const {
    return folder / fmt::format("{}-{:05}-of-{:05}.gguf", prefix, part_number, count);
}

std::optional<SplitName> parse_split_name(const std::filesystem::path& path) {
    const std::string name = path.filename().string();
    if (name.size() < kEnding.size()) return std::nullopt;
    const std::size_t cut = name.size() - kEnding.size();
    const std::string_view ending = std::string_view(name).substr(cut);
    if (ending[0] != '-' || ending.substr(6, 4) != "-of-" || ending.substr(15) != ".gguf") {
        return std::nullopt;
    }
    const auto number = number_at(ending.substr(1));
    const auto count = number_at(ending.substr(10));
    if (!number || !count || *number == 0 || *number > *count) return std::nullopt;
    return SplitName{path.parent_path(), name.substr(0, cut), *number, *count};
}

}  // namespace deepwell::engine
