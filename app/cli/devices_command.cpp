// deepwell-cli devices: what this machine can run models on, and why a card is not used.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <nlohmann/json.hpp>

#include "app/cli/commands.h"
#include "engine/backend/devices.h"
#include "engine/backend/plugin_loader.h"

namespace deepwell::app::cli {
namespace {

struct Options {
    bool json = false;
};

std::string gibibytes(std::uint64_t bytes) {
    return fmt::format("{:.1f} GiB", static_cast<double>(bytes) / (1024.0 * 1024 * 1024));
}

int run(const Options& options) {
    nlohmann::ordered_json list = nlohmann::ordered_json::array();
    const auto cpu = engine::find_backend("cpu", {});
    if (cpu) {
        list.push_back({{"name", "cpu"}, {"description", (*cpu)->description()}, {"usable", true}});
    }
    std::string problem;
    std::vector<engine::PluginDevice> cards;
    const auto plugin = engine::load_plugin("cuda");
    if (plugin) {
        cards = (*plugin)->devices(problem);
    } else {
        problem = plugin.error().message;
    }
    for (std::size_t i = 0; i < cards.size(); ++i) {
        list.push_back({{"name", fmt::format("cuda:{}", i)},
                        {"description", cards[i].name},
                        {"usable", true},
                        {"capability", cards[i].capability},
                        {"total_bytes", cards[i].total_bytes},
                        {"free_bytes", cards[i].free_bytes}});
    }
    if (cards.empty()) list.push_back({{"name", "cuda"}, {"usable", false}, {"problem", problem}});

    if (options.json) {
        fmt::print("{}\n", list.dump());
        return kOk;
    }
    for (const auto& device : list) {
        if (!device["usable"].get<bool>()) {
            fmt::print("{:<8} not used: {}\n", "cuda", problem);
        } else if (device.contains("total_bytes")) {
            fmt::print("{:<8} {}, compute {}, {} of {} free\n", device["name"].get<std::string>(),
                       device["description"].get<std::string>(),
                       device["capability"].get<std::string>(), gibibytes(device["free_bytes"]),
                       gibibytes(device["total_bytes"]));
        } else {
            fmt::print("{:<8} {}\n", device["name"].get<std::string>(),
                       device["description"].get<std::string>());
        }
    }
    return kOk;
}

}  // namespace

void add_devices(CLI::App& program, Shell& shell) {
    auto options = std::make_shared<Options>();
    CLI::App* command = program.add_subcommand(
        "devices", "Lists what models can run on here: the processor and graphics cards");
    command->add_flag("--json", options->json, "Print a JSON list");
    command->callback([=, &shell] { shell.exit_code = run(*options); });
}

}  // namespace deepwell::app::cli
