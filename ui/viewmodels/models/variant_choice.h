// Which model answers in a conversation, and with what settings: its own choice, else the default,
// else the starter.
#pragma once

#include "app/base/settings.h"
#include "app/conversations/conversation.h"
#include "app/generation/reply_settings.h"
#include "app/models/library_service.h"

namespace deepwell::ui {

// Null: there is no usable model.
const app::ModelFile* model_of(const app::Conversation& conversation,
                               const app::LibraryService& library, const app::Settings& settings);

// Everything that settings decide for the next reply. Error: no model is there.
engine::Result<app::ReplySettings> settings_of(const app::Conversation& conversation,
                                               const app::LibraryService& library,
                                               const app::Settings& settings);

// The context that a plan stands for (0 = as trained, but not more than 8,192).
int context_of(const app::VariantPlan& plan, const app::ModelFile& model);

}  // namespace deepwell::ui
