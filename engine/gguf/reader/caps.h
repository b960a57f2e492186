// Limits of what a model file may ask for. Far above anything real, low enough that a hostile file
// cannot cost more than its own size.
#pragma once

#include <cstdint>

namespace deepwell::engine::caps {

constexpr std::uint64_t kMetadataBytes = std::uint64_t{1} << 30;
constexpr std::uint64_t kKeys = 1'000'000;
constexpr std::uint64_t kKeyBytes = 65'535;
constexpr std::uint64_t kStringBytes = std::uint64_t{256} << 20;
constexpr int kArrayDepth = 8;
constexpr std::uint64_t kTensors = 100'000;
constexpr std::uint64_t kTensorNameBytes = 63;
constexpr std::uint32_t kDims = 4;
constexpr std::uint64_t kDim = std::uint64_t{1} << 40;
constexpr std::uint64_t kAlignment = 65'536;

// The least that each thing takes in a file: counts are compared with it before they are believed.
constexpr std::uint64_t kLeastKeyBytes = 12;     // length, type
constexpr std::uint64_t kLeastTensorBytes = 32;  // length, dims, one dim, type, offset

}  // namespace deepwell::engine::caps
