// Numbers as sentences show them.
#pragma once

#include <cstdint>
#include <string>

namespace deepwell::app {

std::string thousands(std::uint64_t number);  // "1,204"
std::string gibibytes(std::uint64_t bytes);   // "4.1 GiB", "120 GiB", "12 MiB"

}  // namespace deepwell::app
