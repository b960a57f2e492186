#include "app/cli/engine_options.h"

namespace deepwell::app::cli {

engine::LoadOptions engine_options(const ModelOptions& options) {
    engine::LoadOptions result;
    result.context = options.context;
    result.device = options.device;
    result.device_layers = options.card_layers;
    result.cache = options.cache == "f32"    ? engine::CacheType::F32
                   : options.cache == "q8_0" ? engine::CacheType::Q8_0
                                             : engine::CacheType::F16;
    result.cpu.threads = options.threads;
    if (!options.isa.empty()) result.cpu.isa = kernels::cpu::isa_from_name(options.isa);
    return result;
}

}  // namespace deepwell::app::cli
