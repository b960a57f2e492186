#include "tests/app/storage/failing_vfs.h"

#include <sqlite3.h>

#include <climits>
#include <cstring>
#include <new>

namespace deepwell::tests {
namespace {

// C calls back without a word of ours: the switch is the test program's.
std::atomic<int> good_writes{INT_MAX};
sqlite3_vfs* real_vfs = nullptr;

struct File {
    sqlite3_file base;
    sqlite3_file* real() {
        return reinterpret_cast<sqlite3_file*>(reinterpret_cast<char*>(this) + sizeof(File));
    }
};

sqlite3_file* real_of(sqlite3_file* file) {
    return reinterpret_cast<File*>(file)->real();
}

int close_file(sqlite3_file* f) {
    return real_of(f)->pMethods->xClose(real_of(f));
}
int read_file(sqlite3_file* f, void* to, int size, sqlite3_int64 at) {
    return real_of(f)->pMethods->xRead(real_of(f), to, size, at);
}
int write_file(sqlite3_file* f, const void* from, int size, sqlite3_int64 at) {
    if (good_writes.load() != INT_MAX && good_writes.fetch_sub(1) <= 0) {
        good_writes = 0;
        return SQLITE_FULL;
    }
    return real_of(f)->pMethods->xWrite(real_of(f), from, size, at);
}
int truncate_file(sqlite3_file* f, sqlite3_int64 size) {
    return real_of(f)->pMethods->xTruncate(real_of(f), size);
}
int sync_file(sqlite3_file* f, int flags) {
    return real_of(f)->pMethods->xSync(real_of(f), flags);
}
int file_size(sqlite3_file* f, sqlite3_int64* size) {
    return real_of(f)->pMethods->xFileSize(real_of(f), size);
}
int lock_file(sqlite3_file* f, int level) {
    return real_of(f)->pMethods->xLock(real_of(f), level);
}
int unlock_file(sqlite3_file* f, int level) {
    return real_of(f)->pMethods->xUnlock(real_of(f), level);
}
int check_lock(sqlite3_file* f, int* out) {
    return real_of(f)->pMethods->xCheckReservedLock(real_of(f), out);
}
int control(sqlite3_file* f, int what, void* argument) {
    return real_of(f)->pMethods->xFileControl(real_of(f), what, argument);
}
int sector_size(sqlite3_file* f) {
    return real_of(f)->pMethods->xSectorSize(real_of(f));
}
int characteristics(sqlite3_file* f) {
    return real_of(f)->pMethods->xDeviceCharacteristics(real_of(f));
}
int shm_map(sqlite3_file* f, int page, int size, int extend, void volatile** out) {
    return real_of(f)->pMethods->xShmMap(real_of(f), page, size, extend, out);
}
int shm_lock(sqlite3_file* f, int offset, int n, int flags) {
    return real_of(f)->pMethods->xShmLock(real_of(f), offset, n, flags);
}
void shm_barrier(sqlite3_file* f) {
    real_of(f)->pMethods->xShmBarrier(real_of(f));
}
int shm_unmap(sqlite3_file* f, int remove) {
    return real_of(f)->pMethods->xShmUnmap(real_of(f), remove);
}

const sqlite3_io_methods kMethods = {
    2,         close_file,  read_file,  write_file, truncate_file, sync_file,       file_size,
    lock_file, unlock_file, check_lock, control,    sector_size,   characteristics, shm_map,
    shm_lock,  shm_barrier, shm_unmap,  nullptr,    nullptr};

int open_file(sqlite3_vfs*, const char* name, sqlite3_file* f, int flags, int* out) {
    auto* file = new (f) File();
    std::memset(file->real(), 0, static_cast<std::size_t>(real_vfs->szOsFile));
    const int result = real_vfs->xOpen(real_vfs, name, file->real(), flags, out);
    file->base.pMethods = result == SQLITE_OK ? &kMethods : nullptr;
    return result;
}

sqlite3_vfs& shim() {
    static sqlite3_vfs vfs;
    return vfs;
}

}  // namespace

FailingVfs::FailingVfs() {
    real_vfs = sqlite3_vfs_find("unix");
    shim() = *real_vfs;
    shim().zName = "failing";
    shim().pNext = nullptr;
    shim().szOsFile = static_cast<int>(sizeof(File)) + real_vfs->szOsFile;
    shim().xOpen = open_file;
    good_writes = INT_MAX;
    sqlite3_vfs_register(&shim(), 1);
}

FailingVfs::~FailingVfs() {
    sqlite3_vfs_unregister(&shim());
    sqlite3_vfs_register(real_vfs, 1);
}

void FailingVfs::fill() {
    good_writes = 0;
}
void FailingVfs::free() {
    good_writes = INT_MAX;
}
void FailingVfs::fill_after(int good) {
    good_writes = good;
}

}  // namespace deepwell::tests
