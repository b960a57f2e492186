// Long work tells how far it is.
#pragma once

#include <functional>

namespace deepwell::engine {

// Called on the working thread with the share done, 0 … 1, never decreasing; cheap, and called
// seldom enough (a few hundred times at most) that the callee may do some work. May be empty.
using Progress = std::function<void(double done)>;

}  // namespace deepwell::engine
