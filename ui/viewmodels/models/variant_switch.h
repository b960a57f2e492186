// Another model, or another way to load it, for the conversation that is shown: asks first where a
// reply runs, and puts everything back as it was where the loading fails.
#pragma once

#include <QtCore/QObject>
#include <optional>

#include "app/conversations/generation_values.h"
#include "ui/viewmodels/services.h"

namespace deepwell::ui {

class ConversationModel;
class ProblemModel;

class VariantSwitch : public QObject {
    Q_OBJECT
public:
    VariantSwitch(const Services& services, ConversationModel& conversation, ProblemModel& problems,
                  QObject* parent = nullptr);

    struct Choice {
        app::VariantPlan plan;
        bool as_default = false;  // of new conversations too
    };
    void request(const Choice& choice);

    // The answers to "A reply is still running".
    void wait();
    void stopAndSwitch();

    // Cache, layers, device and working area of a model, as it is loaded from now on.
    static app::Json plan_values(const app::VariantPlan& plan, const app::Settings& settings,
                                 bool with_context);

private:
    // What stands again if the loading fails.
    struct Former {
        app::ConversationId conversation;
        std::optional<app::ConversationSettings> settings;
        std::optional<std::string> standard;
        std::map<std::string, app::Json> per_model;
        app::VariantPlan plan;  // that is being loaded instead
    };
    void apply(const Choice& choice);
    void putBack();

    Services services_;
    ConversationModel& conversation_;
    ProblemModel& problems_;
    std::optional<Choice> asked_;
    std::optional<Former> former_;
};

}  // namespace deepwell::ui
