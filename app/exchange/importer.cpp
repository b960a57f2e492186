#include "app/exchange/importer.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include "app/exchange/lossless_json_import.h"

namespace deepwell::app {
namespace {

class FileSource final : public ImportSource {
public:
    FileSource(int descriptor, std::int64_t size, std::string name)
        : descriptor_(descriptor), size_(size), name_(std::move(name)) {}
    FileSource(const FileSource&) = delete;
    FileSource& operator=(const FileSource&) = delete;
    ~FileSource() override { ::close(descriptor_); }

    Result<std::size_t> read(char* into, std::size_t size) override {
        for (;;) {
            const auto got = ::read(descriptor_, into, size);
            if (got >= 0) return static_cast<std::size_t>(got);
            if (errno != EINTR) return fail(error_from_errno(errno, "read", name_));
        }
    }
    Result<void> rewind() override {
        if (::lseek(descriptor_, 0, SEEK_SET) == 0) return {};
        return fail(error_from_errno(errno, "go back in", name_));
    }
    std::int64_t size() const override { return size_; }
    std::string name() const override { return name_; }

private:
    int descriptor_;
    std::int64_t size_;
    std::string name_;
};

}  // namespace

std::vector<std::unique_ptr<Importer>> all_importers() {
    std::vector<std::unique_ptr<Importer>> importers;
    importers.push_back(std::make_unique<LosslessJsonImporter>());
    return importers;
}

Result<std::unique_ptr<ImportSource>> open_import_source(const std::filesystem::path& file) {
    const int descriptor = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) return fail(error_from_errno(errno, "open", file.string()));
    struct stat status = {};
    if (::fstat(descriptor, &status) != 0 || !S_ISREG(status.st_mode)) {
        ::close(descriptor);
        return fail(ErrorCode::InvalidArgument, "This is not a file.", file.string());
    }
    return std::make_unique<FileSource>(descriptor, status.st_size, file.filename().string());
}

}  // namespace deepwell::app
