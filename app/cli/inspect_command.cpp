// deepwell-cli inspect: everything that a person asks of a model file.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <iostream>
#include <map>

#include "app/cli/commands.h"
#include "app/cli/engine_options.h"
#include "app/cli/json_texts.h"
#include "engine/session/loaded_model.h"
#include "engine/tokenizer/tokenizer.h"

namespace deepwell::app::cli {
namespace {

using Json = nlohmann::ordered_json;

struct Options {
    std::string model;
    bool json = false;
};

// Up to this many elements of an array are printed whole.
constexpr std::uint64_t kWholeArray = 32;

Json json_of(const engine::Value& value) {
    if (const auto text = value.as_string()) return cli::json_of(std::string(*text));
    if (const auto flag = value.as_bool()) return *flag;
    if (const auto number = value.as_unsigned()) return *number;
    if (const auto number = value.as_signed()) return *number;
    if (const auto number = value.as_double()) return *number;
    if (value.is_array() && value.size() <= kWholeArray) {
        if (value.is_strings()) {
            Json list = Json::array();
            for (const auto text : value.strings()) list.push_back(cli::json_of(std::string(text)));
            return list;
        }
        if (const auto numbers = value.as_signeds()) return *numbers;
        if (const auto numbers = value.as_doubles()) return *numbers;
    }
    return {{"array_of", engine::value_type_name(value.element_type())}, {"count", value.size()}};
}

Json tokens_of(const engine::Tokenizer& tokenizer) {
    const auto token = [&](std::optional<engine::TokenId> id) -> Json {
        if (!id) return nullptr;
        return {{"id", *id}, {"text", std::string(tokenizer.vocabulary().text(*id))}};
    };
    Json tokens;
    tokens["pre_tokenizer"] = tokenizer.pre_tokenizer_name();
    tokens["vocabulary"] = tokenizer.vocabulary_size();
    tokens["bos"] = token(tokenizer.bos());
    tokens["eos"] = token(tokenizer.eos());
    tokens["eot"] = token(tokenizer.eot());
    tokens["add_bos"] = tokenizer.add_bos();
    tokens["think"] = token(tokenizer.find_added("<think>"));
    tokens["end_think"] = token(tokenizer.find_added("</think>"));
    tokens["end_of_reply"] = Json::array();
    for (const auto id : tokenizer.end_of_reply_ids()) tokens["end_of_reply"].push_back(token(id));
    return tokens;
}

// The memory that the model takes at usual contexts, as far as it was trained for them.
Json memory_of(const std::filesystem::path& path, std::uint64_t trained) {
    Json rows = Json::array();
    for (const int context : {2048, 4096, 8192, 16384, 32768, 65536, 131072}) {
        if (!rows.empty() && static_cast<std::uint64_t>(context) > trained) break;
        engine::LoadOptions options;
        options.device = "cpu";
        options.context = context;
        const auto layout = engine::estimate(path, options);
        if (!layout) return {{"problem", layout.error().message}};
        rows.push_back({{"context", context},
                        {"weights", layout->weights},
                        {"cache", layout->cache},
                        {"workspace", layout->workspace},
                        {"total", layout->anonymous()}});
    }
    return rows;
}

engine::Result<Json> describe_file(const std::filesystem::path& path) {
    const auto file = engine::GgufFile::open(path);
    if (!file) return engine::fail(file.error());
    const engine::Metadata& metadata = file->metadata();
    const std::string architecture(file->architecture());
    const auto number = [&](const char* key) -> Json {
        const auto value = metadata.unsigned_value(architecture + "." + key);
        return value ? Json(*value) : Json();
    };
    Json about;
    about["file"] = path.filename().string();
    about["size"] = file->total_size();
    about["parts"] = file->parts().size();
    about["gguf_version"] = file->version();
    about["architecture"] = architecture;
    about["name"] = std::string(metadata.string_or("general.name", "").value_or(""));
    std::uint64_t parameters = 0;
    std::map<std::string, std::uint64_t> mix;
    Json tensors = Json::array();
    for (const engine::TensorInfo& tensor : file->tensors()) {
        parameters += tensor.elements();
        ++mix[std::string(tensor.type->name)];
        Json dims = Json::array();
        for (int i = 0; i < tensor.dim_count; ++i) dims.push_back(tensor.dims[i]);
        tensors.push_back({{"name", tensor.name},
                           {"dims", dims},
                           {"type", tensor.type->name},
                           {"bytes", tensor.bytes}});
    }
    about["parameters"] = parameters;
    about["mix"] = mix;
    about["context_length"] = number("context_length");
    about["layers"] = number("block_count");
    about["width"] = number("embedding_length");
    const auto tokenizer = engine::Tokenizer::from_metadata(metadata);
    about["tokens"] =
        tokenizer ? tokens_of(**tokenizer) : Json{{"problem", tokenizer.error().message}};
    const auto text = metadata.string_or("tokenizer.chat_template", "");
    about["template"] = text && !text->empty() ? cli::json_of(std::string(*text)) : Json();
    about["memory"] = file->tensors().empty()
                          ? Json::array()
                          : memory_of(path, about["context_length"].is_null()
                                                ? 0
                                                : about["context_length"].get<std::uint64_t>());
    for (const auto& entry : metadata.entries())
        about["metadata"][entry.key] = json_of(entry.value);
    about["tensors"] = std::move(tensors);
    return about;
}

double gibibytes(const Json& bytes) {
    return bytes.get<double>() / (1024.0 * 1024 * 1024);
}

void print(const Json& about) {
    fmt::print("{}\n", about["file"].get<std::string>());
    fmt::print("  name          {}\n", about["name"].get<std::string>());
    fmt::print("  architecture  {}\n", about["architecture"].get<std::string>());
    fmt::print("  size          {:.2f} GiB in {} part(s), GGUF version {}\n",
               gibibytes(about["size"]), about["parts"].dump(), about["gguf_version"].dump());
    fmt::print("  parameters    {:.3f} billion, {} tensors\n",
               about["parameters"].get<double>() / 1e9, about["tensors"].size());
    fmt::print("  layers        {}, width {}, trained context {}\n", about["layers"].dump(),
               about["width"].dump(), about["context_length"].dump());
    std::string mix;
    for (const auto& [type, count] : about["mix"].items()) {
        mix += fmt::format("{}{} {}", mix.empty() ? "" : ", ", count.dump(), type);
    }
    fmt::print("  mix           {}\n", mix);
    fmt::print("  tokens        {}\n",
               about["tokens"].dump(-1, ' ', false, Json::error_handler_t::replace));
    if (about["memory"].is_array()) {
        for (const auto& row : about["memory"]) {
            fmt::print(
                "  memory        context {:>6}: {:.2f} GiB (weights {:.2f}, cache {:.2f}, "
                "workspace {:.2f})\n",
                row["context"].get<int>(), gibibytes(row["total"]), gibibytes(row["weights"]),
                gibibytes(row["cache"]), gibibytes(row["workspace"]));
        }
    } else {
        fmt::print("  memory        {}\n", about["memory"]["problem"].get<std::string>());
    }
    fmt::print("\nMetadata\n");
    for (const auto& [key, value] : about["metadata"].items()) {
        if (key == "tokenizer.chat_template") continue;
        fmt::print("  {} = {}\n", key, value.dump(-1, ' ', false, Json::error_handler_t::replace));
    }
    if (about["template"].is_string()) {
        fmt::print("\nChat template\n{}\n", about["template"].get<std::string>());
    }
    fmt::print("\nTensors\n");
    for (const auto& tensor : about["tensors"]) {
        fmt::print("  {:<40} {:<8} {}\n", tensor["name"].get<std::string>(),
                   tensor["type"].get<std::string>(), tensor["dims"].dump());
    }
}

}  // namespace

void add_inspect(CLI::App& program, Shell& shell) {
    auto options = std::make_shared<Options>();
    CLI::App* command = program.add_subcommand(
        "inspect", "Tell what is in a model file: metadata, tensors, template, memory need");
    command->add_option("model", options->model,
                        "Path or name of the model (default: the starter)");
    command->add_flag("--json", options->json, "Print one JSON object");
    command->callback([options, &shell] {
        const auto path = shell.find_model(options->model);
        if (!path) {
            shell.exit_code = shell.report(path.error());
            return;
        }
        const auto about = describe_file(*path);
        if (!about) {
            shell.exit_code = shell.report(about.error());
            return;
        }
        if (options->json) {
            std::cout << about->dump(2, ' ', false, Json::error_handler_t::replace) << '\n';
        } else {
            print(*about);
        }
    });
}

}  // namespace deepwell::app::cli
