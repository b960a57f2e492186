#include <algorithm>
#include <cctype>
#include <map>
#include <set>
#include <string_view>

#include "app/models/library.h"

namespace deepwell::app {
namespace {

namespace fs = std::filesystem;

constexpr int kDepth = 2;
constexpr std::size_t kMostFiles = 5000;

bool ends_in_gguf(const fs::path& path) {
    std::string extension = path.extension().string();
    std::transform(extension.begin(), extension.end(), extension.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return extension == ".gguf";
}

// "…-00002-of-00005": {"…", 2, 5}.
struct SplitName {
    std::string base;
    int part = 0;
    int parts = 0;
};

std::optional<SplitName> split_name(const fs::path& path) {
    const std::string stem = path.stem().string();
    constexpr std::size_t kTail = 15;  // "-00002-of-00005"
    if (stem.size() <= kTail) return std::nullopt;
    const std::string tail = stem.substr(stem.size() - kTail);
    const auto digits = [&](std::size_t at) {
        return std::all_of(tail.begin() + at, tail.begin() + at + 5,
                           [](unsigned char c) { return std::isdigit(c) != 0; });
    };
    if (tail[0] != '-' || tail.substr(6, 4) != "-of-" || !digits(1) || !digits(10)) {
        return std::nullopt;
    }
    return SplitName{stem.substr(0, stem.size() - kTail), std::stoi(tail.substr(1, 5)),
                     std::stoi(tail.substr(10, 5))};
}

void collect(const fs::path& folder, int depth, const engine::StopFlag& stop,
             std::vector<fs::path>& files) {
    std::error_code error;
    for (fs::directory_iterator at(folder, fs::directory_options::skip_permission_denied, error),
         end;
         !error && at != end; at.increment(error)) {
        if (stop.stop_requested() || files.size() >= kMostFiles) return;
        std::error_code of_entry;
        if (at->is_directory(of_entry) && !at->is_symlink(of_entry)) {
            if (depth > 1) collect(at->path(), depth - 1, stop, files);
        } else if (ends_in_gguf(at->path()) && at->is_regular_file(of_entry)) {
            files.push_back(at->path());
        }
    }
}

// One file stands for a split model: the first part that is there.
std::vector<fs::path> heads_of(std::vector<fs::path> files) {
    std::sort(files.begin(), files.end());
    std::set<std::string> seen;
    std::vector<fs::path> heads;
    for (const fs::path& file : files) {
        if (const auto split = split_name(file)) {
            const std::string key =
                (file.parent_path() / split->base).string() + "/" + std::to_string(split->parts);
            if (!seen.insert(key).second) continue;
        } else if (!seen.insert(fs::weakly_canonical(file).string()).second) {
            continue;
        }
        heads.push_back(file);
    }
    return heads;
}

bool unchanged(const ModelFile& known) {
    if (known.parts.empty()) {
        std::error_code error;
        return fs::file_size(known.path, error) == known.size && !error &&
               modified_ms(known.path) == known.modified;
    }
    std::int64_t newest = 0;
    for (const ModelPart& part : known.parts) {
        const fs::path path = known.path.parent_path() / part.name;
        std::error_code error;
        if (fs::file_size(path, error) != part.size || error) return false;
        newest = std::max(newest, modified_ms(path));
    }
    return newest == known.modified;
}

// By letters, and by the values of the numbers in them: 7B before 14B.
int compare_names(std::string_view a, std::string_view b) {
    const auto digit = [](char c) { return c >= '0' && c <= '9'; };
    const auto number = [&](std::string_view& text) {
        std::size_t end = 0;
        while (end < text.size() && digit(text[end])) ++end;
        std::string_view digits = text.substr(0, end);
        text.remove_prefix(end);
        digits.remove_prefix(std::min(digits.find_first_not_of('0'), digits.size()));
        return digits;
    };
    while (!a.empty() && !b.empty()) {
        if (digit(a.front()) && digit(b.front())) {
            const std::string_view left = number(a);
            const std::string_view right = number(b);
            if (left.size() != right.size()) return left.size() < right.size() ? -1 : 1;
            if (const int order = left.compare(right); order != 0) return order;
            continue;
        }
        if (a.front() != b.front()) return a.front() < b.front() ? -1 : 1;
        a.remove_prefix(1);
        b.remove_prefix(1);
    }
    return a.empty() && b.empty() ? 0 : a.empty() ? -1 : 1;
}

bool before(const ModelFile& a, const ModelFile& b) {
    if (a.starter != b.starter) return a.starter;
    const auto fold = [](std::string text) {
        std::transform(text.begin(), text.end(), text.begin(),
                       [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
        return text;
    };
    const std::string left = fold(a.name);
    const std::string right = fold(b.name);
    if (const int order = compare_names(left, right); order != 0) return order < 0;
    return a.size != b.size ? a.size < b.size : a.path < b.path;
}

}  // namespace

std::vector<ModelFile> scan_models(const std::vector<fs::path>& folders, const fs::path& starter,
                                   const std::vector<ModelFile>& known,
                                   const engine::StopFlag& stop) {
    std::vector<fs::path> files;
    if (!starter.empty()) files.push_back(starter);
    for (const fs::path& folder : folders) collect(folder, kDepth, stop, files);

    std::map<fs::path, const ModelFile*> by_path;
    for (const ModelFile& model : known) by_path[model.path] = &model;
    std::vector<ModelFile> models;
    for (const fs::path& file : heads_of(std::move(files))) {
        if (stop.stop_requested()) break;
        const auto found = by_path.find(file);
        if (found != by_path.end() && !found->second->problem && unchanged(*found->second)) {
            models.push_back(*found->second);
        } else {
            models.push_back(read_model_file(file));
        }
        models.back().starter = file == starter;
    }
    std::sort(models.begin(), models.end(), before);
    return models;
}

}  // namespace deepwell::app
