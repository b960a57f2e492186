// Where tests find their data.
#pragma once

#include <filesystem>

namespace deepwell::tests {

// tests/data of the source tree: always there.
std::filesystem::path data_dir();

// The folder of shared facts, vectors and goldens beside the checkout (DEEPWELL_SHARED_DIR, else
// ../shared seen from the source tree). Empty where it is absent: the test then skips and says so.
std::filesystem::path shared_dir();

// The folder of the built programs (deepwell, deepwell-cli).
std::filesystem::path bin_dir();

}  // namespace deepwell::tests

// Skips the running test function where ../shared is absent.
#define DEEPWELL_NEEDS_SHARED()                \
    if (deepwell::tests::shared_dir().empty()) \
    QSKIP("../shared is absent: this check runs against its vectors only where it is")
