#include "app/base/settings.h"

#include <string_view>

namespace deepwell::app {
namespace {

template <class T>
struct Word {
    T value;
    std::string_view name;
};

constexpr Word<Theme> kThemes[] = {
    {Theme::System, "system"}, {Theme::Light, "light"}, {Theme::Dark, "dark"}};
constexpr Word<ReadingWidth> kWidths[] = {{ReadingWidth::Narrow, "narrow"},
                                          {ReadingWidth::Normal, "normal"},
                                          {ReadingWidth::Wide, "wide"},
                                          {ReadingWidth::Full, "full"}};
constexpr Word<Motion> kMotions[] = {
    {Motion::System, "system"}, {Motion::Full, "full"}, {Motion::Reduced, "reduced"}};
constexpr Word<SendKey> kSendKeys[] = {{SendKey::Enter, "enter"},
                                       {SendKey::CtrlEnter, "ctrl-enter"}};
constexpr Word<ThoughtView> kThoughtViews[] = {
    {ThoughtView::Follow, "follow"}, {ThoughtView::Folded, "folded"}, {ThoughtView::Open, "open"}};
constexpr Word<LoopGuardChoice> kLoopGuards[] = {{LoopGuardChoice::Off, "off"},
                                                 {LoopGuardChoice::End, "end"},
                                                 {LoopGuardChoice::CloseThought, "close_thought"}};

// Takes keys out of a section one by one; what is left at the end is unknown and kept.
class Section {
public:
    Section(Json& root, const char* name) : root_(root), name_(name) {
        if (const auto found = root_.find(name); found != root_.end() && found->is_object()) {
            values_ = *found;
            root_.erase(name);
        }
    }
    ~Section() {
        if (!values_.empty()) root_[name_] = std::move(values_);
    }

    template <class T, std::size_t N>
    void word(const char* key, const Word<T> (&words)[N], T& into) {
        take(key, [&](const Json& value) {
            if (!value.is_string()) return;
            for (const auto& word : words) {
                if (value.get_ref<const std::string&>() == word.name) into = word.value;
            }
        });
    }
    void number(const char* key, int low, int high, int& into) {
        take(key, [&](const Json& value) {
            if (!value.is_number_integer()) return;
            const auto number = value.get<std::int64_t>();
            if (number >= low && number <= high) into = static_cast<int>(number);
        });
    }
    void flag(const char* key, bool& into) {
        take(key, [&](const Json& value) {
            if (value.is_boolean()) into = value.get<bool>();
        });
    }
    void text(const char* key, std::string& into) {
        take(key, [&](const Json& value) {
            if (value.is_string()) into = value.get<std::string>();
        });
    }
    void text(const char* key, std::optional<std::string>& into) {
        take(key, [&](const Json& value) {
            if (value.is_string()) into = value.get<std::string>();
        });
    }
    void object(const char* key, Json& into) {
        take(key, [&](const Json& value) {
            if (value.is_object()) into = value;
        });
    }
    template <class Read>
    void take(const char* key, Read&& read) {
        const auto found = values_.find(key);
        if (found == values_.end()) return;
        read(*found);
        values_.erase(key);
    }

private:
    Json& root_;
    const char* name_;
    Json values_ = Json::object();
};

template <class T, std::size_t N>
std::string name_in(const Word<T> (&words)[N], T value) {
    for (const auto& word : words) {
        if (word.value == value) return std::string(word.name);
    }
    return {};
}

// What an unknown key of a section would lie under.
void merge_rest(Json& into, const Json& rest) {
    for (const auto& [key, value] : rest.items()) {
        if (!into.contains(key)) {
            into[key] = value;
        } else if (into[key].is_object() && value.is_object()) {
            for (const auto& [inner, kept] : value.items()) {
                if (!into[key].contains(inner)) into[key][inner] = kept;
            }
        }
    }
}

Json object_of(Json& root, const char* key) {
    const auto found = root.find(key);
    if (found == root.end() || !found->is_object()) return Json::object();
    Json value = *found;
    root.erase(key);
    return value;
}

}  // namespace

Settings settings_from_json(const Json& json) {
    Settings settings;
    Json rest = json.is_object() ? json : Json::object();
    rest.erase("version");
    settings.window = object_of(rest, "window");
    settings.export_choices = object_of(rest, "export");
    settings.search = object_of(rest, "search");
    {
        Section section(rest, "appearance");
        auto& into = settings.appearance;
        section.word("theme", kThemes, into.theme);
        section.number("text_size", 80, 200, into.text_size);
        section.word("reading_width", kWidths, into.reading_width);
        section.word("motion", kMotions, into.motion);
        section.text("language", into.language);
    }
    {
        Section section(rest, "composer");
        section.word("send_key", kSendKeys, settings.composer.send_key);
    }
    {
        Section section(rest, "models");
        section.take("folders", [&](const Json& value) {
            if (!value.is_array()) return;
            for (const auto& folder : value) {
                if (folder.is_string()) settings.models.folders.push_back(folder);
            }
        });
        section.text("default", settings.models.standard);
        section.flag("watch_downloads", settings.models.watch_downloads);
    }
    {
        Section section(rest, "generation");
        auto& into = settings.generation;
        section.object("thinking", into.thinking);
        section.word("thought_view", kThoughtViews, into.thought_view);
        section.word("loop_guard", kLoopGuards, into.loop_guard);
        section.object("sampler", into.sampler);
        section.text("system_prompt", into.system_prompt);
        section.take("per_model", [&](const Json& value) {
            if (!value.is_object()) return;
            for (const auto& [model, values] : value.items()) {
                if (values.is_object()) into.per_model[model] = values;
            }
        });
    }
    {
        Section section(rest, "hardware");
        section.text("device", settings.hardware.device);
        section.number("threads", 0, 1024, settings.hardware.threads);
    }
    settings.rest = std::move(rest);
    return settings;
}

Json settings_to_json(const Settings& settings) {
    const auto& generation = settings.generation;
    Json json = Json::object();
    json["version"] = 1;
    if (!settings.window.empty()) json["window"] = settings.window;
    json["appearance"] = {{"theme", name_in(kThemes, settings.appearance.theme)},
                          {"text_size", settings.appearance.text_size},
                          {"reading_width", name_in(kWidths, settings.appearance.reading_width)},
                          {"motion", name_in(kMotions, settings.appearance.motion)},
                          {"language", settings.appearance.language}};
    json["composer"] = {{"send_key", name_in(kSendKeys, settings.composer.send_key)}};
    Json models = {{"folders", settings.models.folders}};
    if (settings.models.standard) models["default"] = *settings.models.standard;
    models["watch_downloads"] = settings.models.watch_downloads;
    json["models"] = std::move(models);
    Json answers = {{"thinking", generation.thinking},
                    {"thought_view", name_in(kThoughtViews, generation.thought_view)},
                    {"loop_guard", name_in(kLoopGuards, generation.loop_guard)},
                    {"sampler", generation.sampler}};
    if (generation.system_prompt) answers["system_prompt"] = *generation.system_prompt;
    if (!generation.per_model.empty()) answers["per_model"] = generation.per_model;
    json["generation"] = std::move(answers);
    json["hardware"] = {{"device", settings.hardware.device},
                        {"threads", settings.hardware.threads}};
    if (!settings.export_choices.empty()) json["export"] = settings.export_choices;
    if (!settings.search.empty()) json["search"] = settings.search;
    merge_rest(json, settings.rest);
    return json;
}

}  // namespace deepwell::app
