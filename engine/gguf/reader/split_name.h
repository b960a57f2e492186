// Names of the parts of split models: PREFIX-00002-of-00005.gguf.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

namespace deepwell::engine {

struct SplitName {
    std::filesystem::path folder;
    std::string prefix;
    std::uint32_t number = 0;  // from 1
    std::uint32_t count = 0;

    std::filesystem::path part(std::uint32_t part_number) const;
};

// Nothing where the name is not of this form or the number does not lie within the count.
std::optional<SplitName> parse_split_name(const std::filesystem::path& path);

}  // namespace deepwell::engine
