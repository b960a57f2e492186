// What goes wrong with a model, as banners: it cannot be loaded, its file is gone, memory runs out
// (the steps of the ladder, each tried on the estimate before it is offered), the card is lost, the
// conversation is longer than the context.
#pragma once

#include <QtCore/QObject>
#include <QtCore/QThreadPool>
#include <optional>
#include <vector>

#include "app/models/memory_ladder.h"
#include "app/problems/problem.h"
#include "app/storage/store_values.h"
#include "ui/viewmodels/services.h"

namespace deepwell::ui {

class ProblemModel;
class VariantSwitch;

class ModelProblems : public QObject {
    Q_OBJECT
public:
    ModelProblems(const Services& services, ProblemModel& problems, VariantSwitch& switcher,
                  QObject* parent = nullptr);
    ~ModelProblems() override;

signals:
    void otherModelWanted();
    void fileWanted();
    void newConversationWanted();
    void devicesWanted();
    void detailsCopied();

private:
    // One failure: what was to be loaded, or which reply it ended.
    struct Case {
        engine::Error error;
        app::VariantPlan plan;
        std::optional<app::MessageRef> reply;
        std::vector<app::LadderStep> steps;
    };
    void loadFailed(const app::LoadFailed& failure);
    void replyEnded(const app::ConversationId& conversation);
    app::ProblemFacts factsOf(const Case& failure) const;
    void climb(const Case& failure);
    void raise(const Case& failure, app::ProblemFacts facts);
    void act(const QString& action, const Case& failure, const app::Problem& problem);
    void take(const app::VariantPlan& plan, const Case& failure);
    void goOn();

    Services services_;
    ProblemModel& problems_;
    VariantSwitch& switch_;
    // Goes on once its model is loaded.
    std::optional<app::MessageRef> waiting_;
    QThreadPool pool_;
};

}  // namespace deepwell::ui
