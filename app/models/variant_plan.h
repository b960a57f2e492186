// A variant: a model file with the context length and the device plan chosen for it. Plain value.
#pragma once

#include <filesystem>
#include <string>

namespace deepwell::app {

enum class CacheType { F32, F16, Q8_0 };

// "f32", "f16", "q8_0".
const char* cache_type_name(CacheType type);

struct VariantPlan {
    std::string id;              // uuid of the variant's row; empty for a file named by hand
    std::filesystem::path file;  // the first part of a split model; empty: none
    int context = 0;             // slots; 0: as trained, but not more than 8,192
    int card_layers = -1;        // of the last layers on the card; -1: as many as there are
    bool experts_on_cpu = false;
    CacheType cache = CacheType::F16;
    std::string device = "auto";  // "auto", "cpu", "cuda", "cuda:N", "emulation"
    int batch = 512;              // tokens of a prompt that are read at a time
    int threads = 0;              // 0: the physical cores
    std::string isa;              // empty: the best; "scalar", "avx2", "avx512"

    bool empty() const { return file.empty(); }
    // Two plans are equal when what is loaded for one serves the other (the id does not matter).
    friend bool operator==(const VariantPlan& a, const VariantPlan& b) {
        return a.file == b.file && a.context == b.context && a.card_layers == b.card_layers &&
               a.experts_on_cpu == b.experts_on_cpu && a.cache == b.cache && a.device == b.device &&
               a.batch == b.batch && a.threads == b.threads && a.isa == b.isa;
    }
};

}  // namespace deepwell::app
