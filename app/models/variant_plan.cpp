#include "app/models/variant_plan.h"

namespace deepwell::app {

const char* cache_type_name(CacheType type) {
    switch (type) {
        case CacheType::F32:
            return "f32";
        case CacheType::F16:
            return "f16";
        case CacheType::Q8_0:
            return "q8_0";
    }
    return "f16";
}

}  // namespace deepwell::app
