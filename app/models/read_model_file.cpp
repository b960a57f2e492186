#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <map>
#include <string_view>

#include "app/models/library.h"
#include "engine/gguf/file.h"
#include "engine/session/loaded_model.h"

namespace deepwell::app {
namespace {

namespace fs = std::filesystem;
using engine::GgufFile;
using engine::Metadata;

// general.file_type: a label of what most tensors are, never a basis for anything else.
constexpr std::array<std::pair<int, const char*>, 33> kFileTypes = {{
    {0, "F32"},      {1, "F16"},      {2, "Q4_0"},    {3, "Q4_1"},    {7, "Q8_0"},
    {8, "Q5_0"},     {9, "Q5_1"},     {10, "Q2_K"},   {11, "Q3_K_S"}, {12, "Q3_K_M"},
    {13, "Q3_K_L"},  {14, "Q4_K_S"},  {15, "Q4_K_M"}, {16, "Q5_K_S"}, {17, "Q5_K_M"},
    {18, "Q6_K"},    {19, "IQ2_XXS"}, {20, "IQ2_XS"}, {21, "Q2_K_S"}, {22, "IQ3_XS"},
    {23, "IQ3_XXS"}, {24, "IQ1_S"},   {25, "IQ4_NL"}, {26, "IQ3_S"},  {27, "IQ3_M"},
    {28, "IQ2_S"},   {29, "IQ2_M"},   {30, "IQ4_XS"}, {31, "IQ1_M"},  {32, "BF16"},
    {36, "TQ1_0"},   {37, "TQ2_0"},   {38, "MXFP4"},
}};

std::string text_of(const Metadata& metadata, const std::string& key) {
    const engine::Value* value = metadata.find(key);
    const auto text = value != nullptr ? value->as_string() : std::nullopt;
    return text ? std::string(*text) : std::string();
}

std::optional<double> number_of(const Metadata& metadata, const std::string& key) {
    const engine::Value* value = metadata.find(key);
    if (value == nullptr) return std::nullopt;
    if (const auto number = value->as_double()) return number;
    if (const auto number = value->as_signed()) return static_cast<double>(*number);
    return std::nullopt;
}

// The type that most weights have, where the file has no label.
std::string most_weights(const GgufFile& file) {
    std::map<std::string_view, std::uint64_t> counts;
    for (const engine::TensorInfo& tensor : file.tensors()) {
        counts[tensor.type->name] += tensor.elements();
    }
    std::string best;
    std::uint64_t most = 0;
    for (const auto& [name, count] : counts) {
        if (count > most) {
            most = count;
            best = name;
        }
    }
    return best;
}

std::string quantization_of(const GgufFile& file) {
    if (const auto label = number_of(file.metadata(), "general.file_type")) {
        for (const auto& [number, name] : kFileTypes) {
            if (number == static_cast<int>(*label)) return name;
        }
    }
    return most_weights(file);
}

// "R1-Distill-Qwen-7B-Q4_K_M-00001-of-00003.gguf" → "R1-Distill-Qwen-7B-Q4_K_M".
std::string name_from_file(const fs::path& path) {
    std::string stem = path.stem().string();
    const std::size_t of = stem.rfind("-of-");
    if (of != std::string::npos && of >= 6 && stem[of - 6] == '-') stem.erase(of - 6);
    return stem;
}

void read_head(const GgufFile& file, ModelFile& model) {
    const Metadata& metadata = file.metadata();
    model.architecture = file.architecture();
    if (std::string name = text_of(metadata, "general.name"); !name.empty()) model.name = name;
    model.description = text_of(metadata, "general.description");
    model.author = text_of(metadata, "general.author");
    model.licence = text_of(metadata, "general.license");
    const auto of_architecture = [&](const char* key) {
        return number_of(metadata, model.architecture + "." + key).value_or(0);
    };
    model.context_trained =
        static_cast<int>(std::clamp(of_architecture("context_length"), 0.0, double(1 << 28)));
    model.layers = static_cast<int>(std::clamp(of_architecture("block_count"), 0.0, 1e6));
    model.mixture = of_architecture("expert_count") > 0;
    model.only_vocabulary = file.tensors().empty();
    if (!model.only_vocabulary) model.quantization = quantization_of(file);
    for (const engine::TensorInfo& tensor : file.tensors()) model.parameters += tensor.elements();

    model.sampling.temperature = number_of(metadata, "general.sampling.temp");
    model.sampling.top_p = number_of(metadata, "general.sampling.top_p");
    model.sampling.min_p = number_of(metadata, "general.sampling.min_p");
    if (const auto top_k = number_of(metadata, "general.sampling.top_k")) {
        model.sampling.top_k = static_cast<int>(*top_k);
    }

    model.size = file.total_size();
    if (file.parts().size() > 1) {
        for (const GgufFile::Part& part : file.parts()) {
            model.parts.push_back({part.path.filename().string(), part.size});
            model.modified = std::max(model.modified, modified_ms(part.path));
        }
        model.path = file.parts().front().path;
    }
}

}  // namespace

std::int64_t modified_ms(const fs::path& path) {
    struct stat status {};
    if (::stat(path.c_str(), &status) != 0) return 0;
    return std::int64_t(status.st_mtim.tv_sec) * 1000 + status.st_mtim.tv_nsec / 1'000'000;
}

ModelFile read_model_file(const fs::path& path) {
    ModelFile model;
    model.path = path;
    model.name = name_from_file(path);
    model.modified = modified_ms(path);
    std::error_code error;
    const auto size = fs::file_size(path, error);
    model.size = error ? 0 : size;

    const auto file = GgufFile::open(path);
    if (!file) {
        model.problem = file.error();
        return model;
    }
    read_head(*file, model);
    const std::string type = text_of(file->metadata(), "general.type");
    if (!type.empty() && type != "model") {
        model.problem = engine::Error{
            engine::ErrorCode::UnsupportedArchitecture,
            "This file is no model but an addition to one (" + type + ").", path.string()};
    } else if (!model.only_vocabulary) {
        // The engine's own answer to "could this be loaded": architecture, shapes, formats.
        engine::LoadOptions options;
        options.device = "cpu";
        const auto layout = engine::estimate(*file, options);
        if (!layout) model.problem = layout.error();
    }
    return model;
}

}  // namespace deepwell::app
