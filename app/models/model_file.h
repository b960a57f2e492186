// A model file as the library knows it, and what it needs of memory. Plain values.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "app/models/variant_plan.h"
#include "engine/base/result.h"
#include "engine/prompt/recommended.h"

namespace deepwell::app {

struct ModelPart {
    std::string name;  // file name
    std::uint64_t size = 0;
};

struct ModelFile {
    std::filesystem::path path;  // of the first part
    std::uint64_t size = 0;      // of all parts
    std::int64_t modified =
        0;  // UTC ms, of the newest part: size and time unchanged = not read again
    std::vector<ModelPart> parts;  // empty: one file
    bool starter = false;          // the model that comes with Deepwell

    std::string name;          // for people: general.name, else made from the file name
    std::string architecture;  // "qwen2"
    std::string quantization;  // "Q4_K_M", "Q8_0"
    std::uint64_t parameters = 0;
    int context_trained = 0;
    int layers = 0;
    bool mixture = false;                      // of experts
    bool only_vocabulary = false;              // no weights: for tokenize and prompt
    std::string description, author, licence;  // general.*, may be empty
    engine::FileSampling sampling;             // general.sampling.*: the maker's advice in the file
    std::string variant_id;                    // of the store's row; empty while not known

    std::optional<std::string> sha256;  // of the first part; empty while not computed

    // Why it cannot be used: damaged, a part missing, an unknown architecture or format. What could
    // be read stands in the fields above.
    std::optional<engine::Error> problem;
    bool usable() const { return !problem && !only_vocabulary; }
};

// What loading takes, from the engine's own layout.
struct MemoryNeed {
    std::uint64_t weights = 0;  // main memory
    std::uint64_t cache = 0;
    std::uint64_t workspace = 0;
    std::uint64_t mapped = 0;  // may be evicted; not in main()
    std::uint64_t card_weights = 0;
    std::uint64_t card_cache = 0;
    std::uint64_t card_workspace = 0;

    std::uint64_t main() const { return weights + cache + workspace; }
    std::uint64_t card() const { return card_weights + card_cache + card_workspace; }
};

// What is free now. Memory that unloading the present model gives back is added by the caller.
struct FreeMemory {
    std::uint64_t main = 0;
    std::uint64_t main_total = 0;
    std::uint64_t card = 0;  // 0: no card
    std::uint64_t card_total = 0;
};

enum class Fit { Fits, Tight, TooLarge };  // up to 92 %, up to 100 %, above
const char* fit_name(Fit fit);             // "fits", "tight", "too-large"

}  // namespace deepwell::app
