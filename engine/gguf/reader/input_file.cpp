#include "engine/gguf/reader/input_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>
#include <utility>

namespace deepwell::engine {
namespace {

std::string reason(int error) {
    return std::generic_category().message(error);
}

std::int64_t nanoseconds(const timespec& time) {
    return static_cast<std::int64_t>(time.tv_sec) * 1'000'000'000 + time.tv_nsec;
}

std::string_view kind_of(mode_t mode) {
    if (S_ISDIR(mode)) return "a folder";
    if (S_ISFIFO(mode)) return "a pipe";
    if (S_ISSOCK(mode)) return "a socket";
    return "a device";
}

}  // namespace

Result<InputFile> InputFile::open(const std::filesystem::path& path) {
    const auto refuse = [&path](int error) {
        const bool absent = error == ENOENT || error == ENOTDIR;
        return fail(absent ? ErrorCode::FileNotFound : ErrorCode::FileNotReadable,
                    absent ? "The file is not there." : "The file cannot be read.",
                    fmt::format("{}: {}", path.string(), reason(error)));
    };
    // Looked at before it is opened: opening a pipe or a device may already do something.
    struct stat status {};
    if (::stat(path.c_str(), &status) != 0) return refuse(errno);
    if (!S_ISREG(status.st_mode)) {
        return fail(ErrorCode::FileNotReadable,
                    fmt::format("This is {}, not a model file.", kind_of(status.st_mode)),
                    path.string());
    }
    InputFile file;
    file.descriptor_ = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (file.descriptor_ < 0) return refuse(errno);
    if (::fstat(file.descriptor_, &status) != 0) return refuse(errno);
    if (!S_ISREG(status.st_mode)) return refuse(EINVAL);
    file.path_ = path;
    file.size_ = static_cast<std::uint64_t>(status.st_size);
    file.modified_ns_ = nanoseconds(status.st_mtim);
    return file;
}

InputFile::InputFile(InputFile&& other) noexcept
    : path_(std::move(other.path_)),
      descriptor_(std::exchange(other.descriptor_, -1)),
      size_(other.size_),
      modified_ns_(other.modified_ns_) {}

InputFile& InputFile::operator=(InputFile&& other) noexcept {
    std::swap(path_, other.path_);
    std::swap(descriptor_, other.descriptor_);
    std::swap(size_, other.size_);
    std::swap(modified_ns_, other.modified_ns_);
    return *this;
}

InputFile::~InputFile() {
    if (descriptor_ >= 0) ::close(descriptor_);
}

Result<void> InputFile::read(std::uint64_t offset, std::span<std::byte> out) const {
    constexpr std::size_t kMost = std::size_t{1} << 30;  // Linux reads at most 2 GiB at once
    while (!out.empty()) {
        const ssize_t got = ::pread(descriptor_, out.data(), std::min(out.size(), kMost),
                                    static_cast<off_t>(offset));
        if (got < 0) {
            if (errno == EINTR) continue;
            return fail(ErrorCode::FileNotReadable, "The model file cannot be read any more.",
                        fmt::format("{}, byte {}: {}", path_.string(), offset, reason(errno)));
        }
        if (got == 0) {
            return fail(ErrorCode::FileDamaged,
                        "The model file was cut off while it was in use. Load it again.",
                        fmt::format("{}: it ends at byte {}, {} more are needed", path_.string(),
                                    offset, out.size()));
        }
        out = out.subspan(static_cast<std::size_t>(got));
        offset += static_cast<std::uint64_t>(got);
    }
    return {};
}

Result<void> InputFile::check_unchanged() const {
    struct stat status {};
    if (::fstat(descriptor_, &status) != 0) {
        return fail(ErrorCode::FileNotReadable, "The model file cannot be read any more.",
                    fmt::format("{}: {}", path_.string(), reason(errno)));
    }
    if (static_cast<std::uint64_t>(status.st_size) == size_ &&
        nanoseconds(status.st_mtim) == modified_ns_) {
        return {};
    }
    return fail(ErrorCode::FileDamaged, "The model file was changed while in use. Load it again.",
                path_.string());
}

}  // namespace deepwell::engine
