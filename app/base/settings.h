// The program's settings as typed values (app.md 9). A missing key means the default that stands
// here; keys that this version does not know are kept in `rest` and written again.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "app/base/json.h"

namespace deepwell::app {

enum class Theme { System, Light, Dark };
enum class ReadingWidth { Narrow, Normal, Wide, Full };
enum class Motion { System, Full, Reduced };
enum class SendKey { Enter, CtrlEnter };
enum class ThoughtView { Follow, Folded, Open };
enum class LoopGuardChoice { Off, End, CloseThought };

struct AppearanceSettings {
    Theme theme = Theme::System;
    int text_size = 100;  // per cent, 80 … 200
    ReadingWidth reading_width = ReadingWidth::Normal;
    Motion motion = Motion::System;
    std::string language;  // empty: the system's
};

struct ComposerSettings {
    SendKey send_key = SendKey::Enter;
};

struct ModelSettings {
    std::vector<std::string> folders;     // further ones; the profile's own comes first
    std::optional<std::string> standard;  // "default" in the file: a file name; none: the starter
    bool watch_downloads = false;
};

struct GenerationSettings {
    // Values of all models; `thinking`, `sampler` have the keys of the exchange file's settings
    // (app/conversations/generation_values.h reads and writes them). Empty: the model's advice.
    Json thinking = Json::object();
    Json sampler = Json::object();
    ThoughtView thought_view = ThoughtView::Follow;
    LoopGuardChoice loop_guard = LoopGuardChoice::End;
    std::optional<std::string> system_prompt;
    // By model file name: `thinking`, `sampler`, `system_prompt`, `context` and more of its plan.
    std::map<std::string, Json> per_model;
};

struct HardwareSettings {
    std::string device = "auto";  // auto, cpu, cuda, cuda:N, emulation
    int threads = 0;              // 0: as many as there are physical cores
};

struct Settings {
    AppearanceSettings appearance;
    ComposerSettings composer;
    ModelSettings models;
    GenerationSettings generation;
    HardwareSettings hardware;
    // Remembered by their owners, who alone know what is in them.
    Json window = Json::object();
    Json export_choices = Json::object();  // "export" in the file
    Json search = Json::object();
    Json rest = Json::object();  // what this version does not know, in place
};

// Values of a wrong type or outside their range count as missing.
Settings settings_from_json(const Json& json);
Json settings_to_json(const Settings& settings);

}  // namespace deepwell::app
