// What the view models work with: the program's services, which outlive them.
#pragma once

#include "app/base/clock.h"
#include "app/base/settings_file.h"
#include "app/generation/generation_service.h"
#include "app/generation/token_counter.h"
#include "app/models/library_service.h"
#include "app/storage/store.h"
#include "app/storage/upkeep.h"

namespace deepwell::ui {

struct Services {
    app::Store& store;
    app::Upkeep& upkeep;
    app::GenerationService& generation;
    app::TokenCounter& tokens;
    app::LibraryService& library;
    app::SettingsFile& settings;
    const app::Clock& clock;
};

}  // namespace deepwell::ui
