// Finds texts that end a reply in an answer that comes in pieces. Holds back a tail that could
// still become one of them, nothing more.
#pragma once

#include <string>
#include <vector>

namespace deepwell::app {

class StopText {
public:
    explicit StopText(std::vector<std::string> texts);

    struct Found {
        std::string text;   // may be shown
        bool stop = false;  // a stop text came; it and what follows are left out
    };
    Found feed(const std::string& piece);
    // What was held back.
    std::string finish();

private:
    std::vector<std::string> texts_;
    std::string held_;
};

}  // namespace deepwell::app
