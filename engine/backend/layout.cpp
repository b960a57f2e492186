#include "engine/backend/layout.h"

namespace deepwell::engine {

Layout operator+(const Layout& a, const Layout& b) {
    Layout sum;
    sum.weights = a.weights + b.weights;
    sum.cache = a.cache + b.cache;
    sum.workspace = a.workspace + b.workspace;
    sum.crossings = a.crossings + b.crossings;
    sum.staging = a.staging + b.staging;
    sum.mapped = a.mapped + b.mapped;
    sum.device_weights = a.device_weights + b.device_weights;
    sum.device_cache = a.device_cache + b.device_cache;
    sum.device_workspace = a.device_workspace + b.device_workspace;
    return sum;
}

}  // namespace deepwell::engine
