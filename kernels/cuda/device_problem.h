// Why a card cannot be used, in sentences for people; empty where nothing speaks against it.
#pragma once

#include <string>

namespace deepwell::kernels::cuda {

// Versions as CUDA counts them: 12040 is 12.4; a driver of 0 is none.
std::string driver_problem(int driver_version, int runtime_version);

// The oldest that the PTX of a build is made for (CMakeLists.txt).
constexpr int kOldestMajor = 7;
constexpr int kOldestMinor = 5;
std::string card_problem(const std::string& name, int major, int minor);

}  // namespace deepwell::kernels::cuda
