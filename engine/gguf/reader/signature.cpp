#include <fmt/format.h>

#include <array>
#include <string_view>

#include "engine/gguf/reader/caps.h"
#include "engine/gguf/reader/header_reader.h"

namespace deepwell::engine {
namespace {

constexpr std::uint64_t kHeaderBytes = 24;

bool starts_with(std::string_view bytes, std::string_view front) {
    return bytes.substr(0, front.size()) == front;
}

// What a file without the magic looks like.
std::string what_it_is(std::string_view bytes) {
    for (const std::string_view old : {"lmgg", "ggml", "fmgg", "tjgg", "algg"}) {
        if (starts_with(bytes, old)) {
            return "The file is in a format from before GGUF. Get a newer file of this model.";
        }
    }
    const std::size_t text = bytes.find_first_not_of(" \t\r\n");
    const std::string_view front = text == bytes.npos ? bytes : bytes.substr(text);
    if (starts_with(front, "version https://git-lfs")) {
        return "The file is only a Git LFS pointer, not the model itself. Fetch the real file.";
    }
    if (starts_with(front, "<") || starts_with(front, "{")) {
        return "The file is a web page, not a model: the download failed. Get it again.";
    }
    if (bytes.find_first_not_of('\0') == bytes.npos) {
        return "The file holds only zeros: the download was not finished. Get it again.";
    }
    if (starts_with(bytes, "PK\x03\x04")) {
        return "The file is an archive (ZIP or PyTorch), not a GGUF model.";
    }
    return "This is not a GGUF model file.";
}

std::string printable(std::string_view bytes) {
    std::string text = "it begins with";
    for (const char c : bytes.substr(0, 4)) {
        text += fmt::format(" {:02x}", static_cast<unsigned char>(c));
    }
    return text;
}

}  // namespace

tl::unexpected<Error> reading_failed(const ByteReader& reader, std::string_view what) {
    Error error = reader.error();
    error.context = fmt::format("byte {}, {}: {}", reader.position(), what, error.context);
    return fail(std::move(error));
}

tl::unexpected<Error> damaged(const ByteReader& reader, std::string message,
                              std::string_view what) {
    return fail(ErrorCode::FileDamaged, std::move(message),
                fmt::format("byte {}, {}", reader.position(), what));
}

Result<Counts> read_signature(ByteReader& reader) {
    const std::uint64_t size = reader.left();
    if (size == 0) {
        return fail(ErrorCode::NotAModelFile, "The file is empty. Get it again.", "0 bytes");
    }
    std::string front;
    reader.append_to(front, std::min(size, kHeaderBytes));
    if (!reader.ok()) return reading_failed(reader, "signature");
    if (!starts_with(front, std::string_view("GGUF").substr(0, front.size()))) {
        return fail(ErrorCode::NotAModelFile, what_it_is(front), printable(front));
    }
    if (size < kHeaderBytes) {
        return damaged(reader,
                       "The model file ends too early: the download was not finished. Get it "
                       "again.",
                       fmt::format("the file has {} bytes", size));
    }
    Counts counts;
    std::memcpy(&counts.version, front.data() + 4, sizeof counts.version);
    std::memcpy(&counts.tensors, front.data() + 8, sizeof counts.tensors);
    std::memcpy(&counts.keys, front.data() + 16, sizeof counts.keys);

    const std::string version = fmt::format("GGUF version {}", counts.version);
    if (counts.version == 0) {
        return damaged(reader, "The model file names version 0, which does not exist.", version);
    }
    if ((counts.version & 0xFFFF) == 0) {
        return fail(ErrorCode::UnsupportedFormat,
                    "The file is written for big-endian processors. Get the ordinary file of this "
                    "model.",
                    version);
    }
    if (counts.version == 1) {
        return fail(ErrorCode::FileTooOld,
                    "The file is too old (GGUF version 1). Convert it again or get a newer one.",
                    version);
    }
    if (counts.version > 3) {
        return fail(ErrorCode::FileTooNew,
                    "The file is newer than this program (a later GGUF version). Update the "
                    "program.",
                    version);
    }
    if (counts.keys > caps::kKeys || counts.keys > reader.left() / caps::kLeastKeyBytes) {
        return damaged(reader, "The model file claims more entries than it can hold.",
                       fmt::format("{} entries", counts.keys));
    }
    if (counts.tensors > caps::kTensors ||
        counts.tensors > reader.left() / caps::kLeastTensorBytes) {
        return damaged(reader, "The model file claims more tensors than it can hold.",
                       fmt::format("{} tensors", counts.tensors));
    }
    return counts;
}

}  // namespace deepwell::engine
