#include "app/base/atomic_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstdio>
#include <random>
#include <utility>

#include "app/base/kept_files.h"

namespace deepwell::app {
namespace fs = std::filesystem;

namespace {

constexpr std::size_t kPiece = 64 * 1024;

std::string random_letters() {
    static constexpr std::string_view kLetters = "abcdefghijklmnopqrstuvwxyz0123456789";
    std::random_device device;
    std::string text;
    for (int i = 0; i < 10; ++i) text += kLetters[device() % kLetters.size()];
    return text;
}

fs::path folder_of(const fs::path& file) {
    const auto folder = file.parent_path();
    return folder.empty() ? fs::path(".") : folder;
}

// The system has no call to ask for the mask alone, and setting it is not safe beside other
// threads; so it is read from the process's status.
mode_t user_mask() {
    mode_t mask = 022;
    if (std::FILE* status = std::fopen("/proc/self/status", "re")) {
        char line[128];
        while (std::fgets(line, sizeof line, status) != nullptr) {
            unsigned value = 0;
            if (std::sscanf(line, "Umask: %o", &value) == 1) mask = value;
        }
        std::fclose(status);
    }
    return mask;
}

}  // namespace

Result<AtomicFile> AtomicFile::create(const fs::path& target, Mode mode, Replace replace) {
    AtomicFile file;
    file.target_ = target;
    file.replace_ = replace;
    // A target that is a link keeps being one: what it points at is replaced.
    std::error_code error;
    if (fs::is_symlink(target, error)) {
        const auto real = fs::weakly_canonical(target, error);
        if (!error) file.target_ = real;
    }
    // Names on disk have at most 255 bytes: a long one is shortened in the name of its part.
    auto name = file.target_.filename().string();
    if (name.size() > 200) name.resize(200);
    for (int attempt = 0; attempt < 16; ++attempt) {
        file.part_ = folder_of(file.target_) / ("." + name + "." + random_letters() + ".part");
        file.descriptor_ =
            ::open(file.part_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
        if (file.descriptor_ >= 0 || errno != EEXIST) break;
    }
    if (file.descriptor_ < 0) {
        const int number = errno;
        file.part_.clear();
        return fail(error_from_errno(number, "make file in", folder_of(file.target_).string()));
    }
    if (mode == Mode::User) ::fchmod(file.descriptor_, 0666 & ~user_mask());
    file.buffer_.reserve(kPiece);
    return file;
}

AtomicFile::AtomicFile(AtomicFile&& other) noexcept
    : target_(std::move(other.target_)),
      part_(std::move(other.part_)),
      replace_(other.replace_),
      descriptor_(std::exchange(other.descriptor_, -1)),
      buffer_(std::move(other.buffer_)),
      total_(other.total_),
      error_(std::move(other.error_)) {
    other.part_.clear();
}

AtomicFile::~AtomicFile() {
    discard();
}

void AtomicFile::discard() {
    if (descriptor_ >= 0) ::close(std::exchange(descriptor_, -1));
    if (!part_.empty()) ::unlink(part_.c_str());
    part_.clear();
}

Result<void> AtomicFile::write(std::string_view bytes) {
    if (error_) return fail(*error_);
    total_ += bytes.size();
    while (!bytes.empty()) {
        const auto take = std::min(bytes.size(), kPiece - buffer_.size());
        buffer_.append(bytes.substr(0, take));
        bytes.remove_prefix(take);
        if (buffer_.size() == kPiece) {
            if (auto flushed = flush(); !flushed) return flushed;
        }
    }
    return {};
}

Result<void> AtomicFile::flush() {
    std::string_view rest = buffer_;
    while (!rest.empty()) {
        const auto written = ::write(descriptor_, rest.data(), rest.size());
        if (written < 0) {
            if (errno == EINTR) continue;
            error_ = error_from_errno(errno, "write", target_.string());
            return fail(*error_);
        }
        rest.remove_prefix(static_cast<std::size_t>(written));
    }
    buffer_.clear();
    return {};
}

Result<void> AtomicFile::commit() {
    if (error_) return fail(*error_);
    if (descriptor_ < 0) return fail(ErrorCode::Internal, "The file was committed already.");
    if (auto flushed = flush(); !flushed) {
        discard();
        return flushed;
    }
    const auto give_up = [this](std::string_view doing) {
        error_ = error_from_errno(errno, doing, target_.string());
        discard();
        return fail(*error_);
    };
    if (::fsync(descriptor_) != 0) return give_up("flush");
    if (::close(std::exchange(descriptor_, -1)) != 0) return give_up("close");
    if (replace_ == Replace::No) {
        // link() refuses where the name is taken; rename() would not.
        if (::link(part_.c_str(), target_.c_str()) == 0) {
            ::unlink(part_.c_str());
        } else if (errno == EEXIST) {
            discard();
            error_ = Error{ErrorCode::InvalidArgument, "A file of this name is there already.",
                           target_.string()};
            return fail(*error_);
        } else if (errno == EPERM || errno == ENOTSUP || errno == EOPNOTSUPP) {
            // A file system without hard links.
            if (::access(target_.c_str(), F_OK) == 0) {
                discard();
                error_ = Error{ErrorCode::InvalidArgument, "A file of this name is there already.",
                               target_.string()};
                return fail(*error_);
            }
            if (::rename(part_.c_str(), target_.c_str()) != 0) return give_up("rename to");
        } else {
            return give_up("name");
        }
    } else if (::rename(part_.c_str(), target_.c_str()) != 0) {
        return give_up("rename to");
    }
    part_.clear();
    return sync_path(folder_of(target_));
}

Result<void> write_file_atomically(const fs::path& target, std::string_view bytes,
                                   AtomicFile::Mode mode) {
    auto file = AtomicFile::create(target, mode);
    if (!file) return fail(file.error());
    if (auto written = file->write(bytes); !written) return written;
    return file->commit();
}

void remove_old_parts(const fs::path& folder) {
    std::error_code error;
    const auto limit = fs::file_time_type::clock::now() - std::chrono::hours(24);
    for (auto entry = fs::directory_iterator(folder, error);
         !error && entry != fs::directory_iterator(); entry.increment(error)) {
        const auto name = entry->path().filename().string();
        if (name.size() < 7 || name.front() != '.' || !name.ends_with(".part")) continue;
        std::error_code failed;
        if (!entry->is_regular_file(failed) || entry->is_symlink(failed)) continue;
        if (fs::last_write_time(entry->path(), failed) < limit && !failed) {
            fs::remove(entry->path(), failed);
        }
    }
}

Result<std::string> read_file(const fs::path& file) {
    const int descriptor = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) return fail(error_from_errno(errno, "open", file.string()));
    std::string bytes;
    char piece[kPiece];
    for (;;) {
        const auto got = ::read(descriptor, piece, sizeof piece);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) {
            const int number = errno;
            ::close(descriptor);
            return fail(error_from_errno(number, "read", file.string()));
        }
        if (got == 0) break;
        bytes.append(piece, static_cast<std::size_t>(got));
    }
    ::close(descriptor);
    return bytes;
}

}  // namespace deepwell::app
