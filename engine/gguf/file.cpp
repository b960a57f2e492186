#include "engine/gguf/file.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <optional>
#include <string>
#include <unordered_map>
#include <utility>

#include "engine/gguf/reader/caps.h"
#include "engine/gguf/reader/input_file.h"
#include "engine/gguf/reader/part_reader.h"
#include "engine/gguf/reader/split_name.h"

namespace deepwell::engine {

struct GgufFile::State {
    std::uint32_t version = 0;
    Metadata metadata;
    std::vector<InputFile> files;
    std::vector<Part> parts;
    std::vector<TensorInfo> tensors;
    std::unordered_map<std::string_view, std::size_t> index;  // views into `tensors`

    void add_part(InputFile file, PartHeader& header) {
        parts.push_back({file.path(), file.size()});
        files.push_back(std::move(file));
        for (TensorInfo& tensor : header.tensors) tensors.push_back(std::move(tensor));
    }
};

namespace {

struct OpenPart {
    InputFile file;
    PartHeader header;
};

Result<OpenPart> open_part(const std::filesystem::path& path, std::uint32_t index) {
    auto file = InputFile::open(path);
    if (!file) return fail(std::move(file.error()));
    auto header = read_part(*file, index);
    if (!header) return fail(std::move(header.error()));
    return OpenPart{std::move(*file), std::move(*header)};
}

// The error with the file's name in front of its place.
Error in_file(const std::filesystem::path& path, Error error) {
    error.context = fmt::format("{}: {}", path.filename().string(), error.context);
    return error;
}

tl::unexpected<Error> not_together(const std::filesystem::path& path, std::string details) {
    return fail(ErrorCode::FileDamaged,
                "The parts of the model do not belong together. Get them all again.",
                fmt::format("{}: {}", path.filename().string(), details));
}

// What every part says about its place: split.no, split.count, split.tensors.count.
Result<void> check_place(const OpenPart& part, const SplitName& name, std::uint32_t number) {
    const Metadata& metadata = part.header.metadata;
    const auto no = metadata.unsigned_value("split.no");
    if (!no) return fail(in_file(part.file.path(), no.error()));
    const auto count = metadata.unsigned_value("split.count");
    if (!count) return fail(in_file(part.file.path(), count.error()));
    if (*count != name.count || *no + 1 != number) {
        return not_together(part.file.path(),
                            fmt::format("split.no {}, split.count {}", *no, *count));
    }
    return {};
}

Result<void> check_missing(const SplitName& name) {
    constexpr std::size_t kNamed = 20;
    std::vector<std::string> missing;
    std::size_t count = 0;
    for (std::uint32_t number = 1; number <= name.count; ++number) {
        std::error_code error;
        if (std::filesystem::exists(name.part(number), error)) continue;
        ++count;
        if (missing.size() < kNamed) missing.push_back(name.part(number).filename().string());
    }
    if (count == 0) return {};
    std::string list = fmt::format("{}", fmt::join(missing, ", "));
    if (count > kNamed) list += fmt::format(" and {} more", count - kNamed);
    return fail(ErrorCode::FilePartMissing,
                fmt::format("The model has {} parts, and of these are missing: {}. Put them into "
                            "the same folder.",
                            name.count, list),
                name.folder.string());
}

// Numbers that all parts must agree on.
Result<void> check_totals(const std::vector<OpenPart>& parts) {
    constexpr std::string_view kTotal = "split.tensors.count";
    std::uint64_t total = 0;
    for (const OpenPart& part : parts) total += part.header.tensors.size();
    if (total > caps::kTensors) {
        return not_together(parts.front().file.path(), fmt::format("{} tensors", total));
    }
    for (const OpenPart& part : parts) {
        const auto said = part.header.metadata.unsigned_or(kTotal, total);
        if (!said) return fail(in_file(part.file.path(), said.error()));
        if (*said != total) {
            return not_together(part.file.path(), fmt::format("{} = {}, the parts have {} tensors",
                                                              kTotal, *said, total));
        }
        const Value* first = parts.front().header.metadata.find("general.architecture");
        const Value* other = part.header.metadata.find("general.architecture");
        if (first != nullptr && other != nullptr && first->as_string() != other->as_string()) {
            return not_together(part.file.path(), "another general.architecture");
        }
    }
    return {};
}

Result<std::vector<OpenPart>> open_parts(const std::filesystem::path& path, OpenPart picked,
                                         std::uint64_t count) {
    const auto name = parse_split_name(path);
    if (!name) {
        return fail(ErrorCode::FilePartMissing,
                    fmt::format("The file is one of the {} parts of a model, but its name does not "
                                "end like -00001-of-{:05}.gguf. Give all parts their names back.",
                                count, count),
                    path.filename().string());
    }
    if (auto place = check_place(picked, *name, name->number); !place) {
        return fail(std::move(place.error()));
    }
    if (auto all_there = check_missing(*name); !all_there) return fail(all_there.error());
    std::vector<OpenPart> parts;
    for (std::uint32_t number = 1; number <= name->count; ++number) {
        if (number == name->number) {
            for (TensorInfo& tensor : picked.header.tensors) tensor.part = number - 1;
            parts.push_back(std::move(picked));
            continue;
        }
        auto part = open_part(name->part(number), number - 1);
        if (!part) return fail(std::move(part.error()));
        if (auto place = check_place(*part, *name, number); !place) {
            return fail(std::move(place.error()));
        }
        parts.push_back(std::move(*part));
    }
    if (auto totals = check_totals(parts); !totals) return fail(std::move(totals.error()));
    return parts;
}

// What the keys of the whole model must be, whatever its architecture.
Result<void> check_general(const Metadata& metadata, const std::vector<TensorInfo>& tensors) {
    const auto architecture = metadata.string_value("general.architecture");
    if (!architecture) return fail(architecture.error());
    if (architecture->empty()) {
        return fail(ErrorCode::FileDamaged, "The model file does not name its architecture.",
                    "general.architecture is empty");
    }
    const auto type = metadata.string_or("general.type", "model");
    if (!type) return fail(type.error());
    if (*type != "model") {
        return fail(ErrorCode::NotAModelFile,
                    fmt::format("The file is no language model but of the kind \"{}\". Choose the "
                                "model's own file.",
                                *type),
                    "general.type");
    }
    const auto version = metadata.unsigned_or("general.quantization_version", 2);
    if (!version) return fail(version.error());
    for (const TensorInfo& tensor : tensors) {
        if (tensor.type->block_values == 1 || *version == 2) continue;
        return fail(*version < 2 ? ErrorCode::FileTooOld : ErrorCode::FileTooNew,
                    *version < 2 ? "The file is too old (an early form of quantization). Get a "
                                   "newer file of this model."
                                 : "The file's quantization is newer than this program. Update "
                                   "the program.",
                    fmt::format("general.quantization_version = {}", *version));
    }
    return {};
}

Result<std::vector<OpenPart>> open_all(const std::filesystem::path& path) {
    auto picked = open_part(path, 0);
    if (!picked) return fail(std::move(picked.error()));
    const auto count = picked->header.metadata.unsigned_or("split.count", 0);
    if (!count) return fail(in_file(path, count.error()));
    if (*count > 1) return open_parts(path, std::move(*picked), *count);
    std::vector<OpenPart> parts;
    parts.push_back(std::move(*picked));
    return parts;
}

}  // namespace

Result<GgufFile> GgufFile::open(const std::filesystem::path& path) {
    auto parts = open_all(path);
    if (!parts) return fail(std::move(parts.error()));
    auto state = std::make_unique<State>();
    state->version = parts->front().header.version;
    state->metadata = std::move(parts->front().header.metadata);
    for (OpenPart& part : *parts) state->add_part(std::move(part.file), part.header);
    state->index.reserve(state->tensors.size());
    for (std::size_t i = 0; i < state->tensors.size(); ++i) {
        const TensorInfo& tensor = state->tensors[i];
        if (!state->index.emplace(tensor.name, i).second) {
            return fail(ErrorCode::FileDamaged,
                        fmt::format("The model file has the tensor {} twice.", tensor.name),
                        state->parts[tensor.part].path.filename().string());
        }
    }
    if (auto general = check_general(state->metadata, state->tensors); !general) {
        return fail(in_file(path, std::move(general.error())));
    }
    return GgufFile(std::move(state));
}

GgufFile::GgufFile(std::unique_ptr<State> state) : state_(std::move(state)) {}
GgufFile::GgufFile(GgufFile&&) noexcept = default;
GgufFile& GgufFile::operator=(GgufFile&&) noexcept = default;
GgufFile::~GgufFile() = default;

const Metadata& GgufFile::metadata() const {
    return state_->metadata;
}
std::uint32_t GgufFile::version() const {
    return state_->version;
}
std::span<const TensorInfo> GgufFile::tensors() const {
    return state_->tensors;
}
std::span<const GgufFile::Part> GgufFile::parts() const {
    return state_->parts;
}

std::string_view GgufFile::architecture() const {
    return state_->metadata.string_or("general.architecture", "").value_or("");
}

const TensorInfo* GgufFile::find_tensor(std::string_view name) const {
    const auto at = state_->index.find(name);
    return at == state_->index.end() ? nullptr : &state_->tensors[at->second];
}

std::uint64_t GgufFile::total_size() const {
    std::uint64_t size = 0;
    for (const Part& part : state_->parts) size += part.size;
    return size;
}

Result<void> GgufFile::read(const TensorInfo& tensor, std::uint64_t offset,
                            std::span<std::byte> out) const {
    if (offset > tensor.bytes || out.size() > tensor.bytes - offset ||
        tensor.part >= state_->files.size()) {
        return fail(ErrorCode::InvalidArgument, "A read past the end of a tensor was asked for.",
                    fmt::format("{}: {} bytes from {} of {}", tensor.name, out.size(), offset,
                                tensor.bytes));
    }
    auto result = state_->files[tensor.part].read(tensor.offset + offset, out);
    if (!result) {
        Error error = std::move(result.error());
        error.context = fmt::format("{}, {}", tensor.name, error.context);
        return fail(std::move(error));
    }
    return {};
}

int GgufFile::file_descriptor(std::uint32_t part) const {
    return state_->files[part].descriptor();
}

Result<void> GgufFile::check_unchanged() const {
    for (const InputFile& file : state_->files) {
        if (auto same = file.check_unchanged(); !same) return same;
    }
    return {};
}

}  // namespace deepwell::engine
