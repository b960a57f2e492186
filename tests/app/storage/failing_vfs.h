// A file system for SQLite whose disk is full when a test says so.
#pragma once

#include <atomic>

namespace deepwell::tests {

// While one lives, connections that are opened go through it. Reads always work.
class FailingVfs {
public:
    FailingVfs();
    FailingVfs(const FailingVfs&) = delete;
    FailingVfs& operator=(const FailingVfs&) = delete;
    ~FailingVfs();

    void fill();  // every write fails with SQLITE_FULL from now on
    void free();
    // The write after `good` further ones fails, and all after it.
    void fill_after(int good);
};

}  // namespace deepwell::tests
