#include "app/models/load_options.h"

namespace deepwell::app {

engine::LoadOptions load_options(const VariantPlan& plan) {
    engine::LoadOptions options;
    options.context = plan.context;
    options.batch = plan.batch;
    switch (plan.cache) {
        case CacheType::F32:
            options.cache = engine::CacheType::F32;
            break;
        case CacheType::F16:
            options.cache = engine::CacheType::F16;
            break;
        case CacheType::Q8_0:
            options.cache = engine::CacheType::Q8_0;
            break;
    }
    options.device = plan.device;
    options.device_layers = plan.card_layers;
    options.experts_on_cpu = plan.experts_on_cpu;
    options.cpu.threads = plan.threads;
    using kernels::cpu::Isa;
    if (plan.isa == "scalar") options.cpu.isa = Isa::scalar;
    if (plan.isa == "avx2") options.cpu.isa = Isa::avx2;
    if (plan.isa == "avx512") options.cpu.isa = Isa::avx512;
    return options;
}

}  // namespace deepwell::app
