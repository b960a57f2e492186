// Names of what Deepwell makes.
#pragma once

#include <string>

namespace deepwell::app {

// A random UUID without braces, in small letters. Any thread.
std::string new_id();

}  // namespace deepwell::app
