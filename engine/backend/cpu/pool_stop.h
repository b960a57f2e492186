// The stop flag as the thread pool asks for it.
#pragma once

#include "engine/base/stop_flag.h"
#include "kernels/cpu/thread_pool.h"

namespace deepwell::engine::cpu {

inline kernels::cpu::Stop pool_stop(const StopFlag& stop) {
    return {[](const void* flag) { return static_cast<const StopFlag*>(flag)->stop_requested(); },
            &stop};
}

}  // namespace deepwell::engine::cpu
