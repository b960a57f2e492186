#include <cstdint>

#include "app/generation/request.h"

namespace deepwell::app {

std::optional<int> budget_of(Effort effort) {
    switch (effort) {
        case Effort::Off:
            return 0;
        case Effort::Short:
            return 1024;
        case Effort::Medium:
            return 4096;
        case Effort::Long:
            return 16384;
        case Effort::Unlimited:
            break;
    }
    return std::nullopt;
}

std::optional<Effort> effort_of(const std::string& name) {
    for (const Effort effort :
         {Effort::Off, Effort::Short, Effort::Medium, Effort::Long, Effort::Unlimited}) {
        if (name == name_of(effort)) return effort;
    }
    return std::nullopt;
}

}  // namespace deepwell::app
