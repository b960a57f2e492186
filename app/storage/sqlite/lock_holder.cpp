#include "app/storage/sqlite/lock_holder.h"

#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>
#include <set>
#include <sstream>

namespace deepwell::app {
namespace fs = std::filesystem;

namespace {

// A lock of SQLite's lies on the database or on one of the files beside it.
std::set<std::string> inodes_of(const fs::path& database) {
    std::set<std::string> inodes;
    for (const auto* tail : {"", "-wal", "-shm"}) {
        struct stat status = {};
        if (::stat((database.string() + tail).c_str(), &status) == 0) {
            inodes.insert(std::to_string(status.st_ino));
        }
    }
    return inodes;
}

std::string name_of_process(int process) {
    std::ifstream file(fmt::format("/proc/{}/comm", process));
    std::string name;
    std::getline(file, name);
    return name.empty() ? "Another program" : name;
}

}  // namespace

std::optional<std::string> lock_holder(const fs::path& database) {
    const auto inodes = inodes_of(database);
    // proc(5): "4: POSIX  ADVISORY  WRITE 4711 fe:00:131074 120 120"
    std::ifstream locks("/proc/locks");
    for (std::string line; std::getline(locks, line);) {
        std::istringstream words(line);
        std::string number, kind, advisory, access, file;
        int process = 0;
        words >> number >> kind >> advisory >> access >> process >> file;
        // Readers keep nobody from writing.
        if (access != "WRITE" || process <= 0 || process == ::getpid()) continue;
        if (inodes.contains(file.substr(file.rfind(':') + 1))) {
            return fmt::format("{} (process {})", name_of_process(process), process);
        }
    }
    return std::nullopt;
}

}  // namespace deepwell::app
