// Files that must be refused, each wrong in one place.
#pragma once

#include <string>
#include <vector>

#include "engine/base/error.h"

namespace deepwell::tests {

struct HostileFile {
    std::string name;
    std::string bytes;
    engine::ErrorCode code;
    std::string says;  // a part of the message or of the context
};

std::vector<HostileFile> hostile_files();

}  // namespace deepwell::tests
