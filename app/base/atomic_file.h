// A file that is whole or absent (reliability.md row 19): written beside its target under
// `.<name>.<random>.part`, then fsync, rename, fsync of the folder. Until commit() succeeds the old
// file stays as it is; without it the destructor removes what was written.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "app/base/result.h"

namespace deepwell::app {

class AtomicFile {
public:
    enum class Replace { Yes, No };  // No: commit fails (InvalidArgument) if the target exists
    enum class Mode {
        Private,  // 0600: files of the profile
        User,     // what the user's umask says: exports
    };

    static Result<AtomicFile> create(const std::filesystem::path& target, Mode mode = Mode::Private,
                                     Replace replace = Replace::Yes);

    AtomicFile(AtomicFile&& other) noexcept;
    AtomicFile& operator=(AtomicFile&&) = delete;
    ~AtomicFile();

    // Collected and written in pieces of 64 KiB. After an error every further call fails with it.
    Result<void> write(std::string_view bytes);
    Result<void> commit();

    std::uint64_t bytes_written() const { return total_; }
    const std::filesystem::path& target() const { return target_; }

private:
    AtomicFile() = default;
    Result<void> flush();
    void discard();

    std::filesystem::path target_;
    std::filesystem::path part_;
    Replace replace_ = Replace::Yes;
    int descriptor_ = -1;
    std::string buffer_;
    std::uint64_t total_ = 0;
    std::optional<Error> error_;
};

// All at once.
Result<void> write_file_atomically(const std::filesystem::path& target, std::string_view bytes,
                                   AtomicFile::Mode mode = AtomicFile::Mode::Private);

// Removes `.….part` files in `folder` that are older than a day: what a kill left there.
void remove_old_parts(const std::filesystem::path& folder);

Result<std::string> read_file(const std::filesystem::path& file);

}  // namespace deepwell::app
