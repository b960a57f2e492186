// What a fuzz target brings beside its entry point.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace deepwell::tests {

// Inputs to begin with, made by code; also what the replay test runs.
std::vector<std::string> fuzz_corpus();

}  // namespace deepwell::tests

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);
