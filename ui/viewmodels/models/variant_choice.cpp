#include "ui/viewmodels/models/variant_choice.h"

#include <algorithm>

namespace deepwell::ui {

const app::ModelFile* model_of(const app::Conversation& conversation,
                               const app::LibraryService& library, const app::Settings& settings) {
    const app::ModelFile* model = nullptr;
    if (conversation.settings && conversation.settings->variant) {
        model = library.find_variant(*conversation.settings->variant);
    }
    if (model == nullptr || !model->usable()) {
        model = library.find_default(settings.models.standard.value_or(std::string()));
    }
    if (model == nullptr || !model->usable()) {
        const auto& all = library.models();
        const auto usable = std::find_if(all.begin(), all.end(),
                                         [](const app::ModelFile& m) { return m.usable(); });
        model = usable == all.end() ? nullptr : &*usable;
    }
    return model;
}

engine::Result<app::ReplySettings> settings_of(const app::Conversation& conversation,
                                               const app::LibraryService& library,
                                               const app::Settings& settings) {
    const app::ModelFile* model = model_of(conversation, library, settings);
    if (model == nullptr) {
        return engine::fail(
            engine::ErrorCode::FileNotFound,
            "There is no model yet. Add a folder with model files in the settings.");
    }
    return app::resolve_settings(conversation.settings.value_or(app::ConversationSettings{}),
                                 conversation.system_prompt, settings, *model);
}

int context_of(const app::VariantPlan& plan, const app::ModelFile& model) {
    if (plan.context > 0) return plan.context;
    return std::min(model.context_trained > 0 ? model.context_trained : 8192, 8192);
}

}  // namespace deepwell::ui
