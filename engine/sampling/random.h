// Random numbers by counter: Philox4x32-10 (Salmon, Moraes, Dror, Shaw: Parallel random numbers,
// as easy as 1, 2, 3; 2011). No state, so a reply depends on seed and step alone, a continued reply
// goes on with the same stream, and every backend agrees.
#pragma once

#include <array>
#include <cstdint>

namespace deepwell::engine {

std::array<std::uint32_t, 4> philox4x32_10(std::array<std::uint32_t, 4> counter,
                                           std::array<std::uint32_t, 2> key);

enum class RandomPurpose : std::uint32_t { Draw = 0, Xtc = 1, Mirostat = 2 };

// In [0, 1), with 32 bits.
double uniform(std::uint64_t seed, std::uint64_t step, RandomPurpose purpose);

}  // namespace deepwell::engine
