#include "tests/support/test_paths.h"

#include <cstdlib>

namespace deepwell::tests {

std::filesystem::path data_dir() {
    return std::filesystem::path(DEEPWELL_SOURCE_DIR) / "tests" / "data";
}

std::filesystem::path shared_dir() {
    std::error_code error;
    if (const char* named = std::getenv("DEEPWELL_SHARED_DIR")) {
        return std::filesystem::is_directory(named, error) ? named : "";
    }
    const auto beside = std::filesystem::path(DEEPWELL_SOURCE_DIR).parent_path() / "shared";
    return std::filesystem::is_directory(beside, error) ? beside : std::filesystem::path();
}

std::filesystem::path bin_dir() {
    const char* named = std::getenv("DEEPWELL_BIN_DIR");
    return named != nullptr ? named : std::filesystem::path(DEEPWELL_SOURCE_DIR) / "build/dev/bin";
}

}  // namespace deepwell::tests
