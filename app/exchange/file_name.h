// Names for exported files that every file system takes (exchange.md 5).
#pragma once

#include <set>
#include <string>
#include <string_view>

namespace deepwell::app {

// A title as the stem of a file name: safe on ext4, NTFS and APFS, at most 120 bytes and 100 UTF-16
// units, never empty.
std::string file_stem(std::string_view title);

// Names of one run: equal ones (after case folding and NFC) get " (2)", " (3)". `extension` with
// its dot.
class FileNames {
public:
    std::string unique(std::string_view stem, std::string_view extension);
    // A name that exists already.
    void taken(std::string_view name);

private:
    std::set<std::string> taken_;
};

}  // namespace deepwell::app
