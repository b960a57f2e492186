// What the store and its upkeep have to tell, as banners: no room, read only, locked, damaged; a
// daily copy that could not be made. A banner goes when its cause has gone, not when its button is
// pressed. A damaged store can be filled up from its newest copy.
#pragma once

#include <QtCore/QObject>
#include <filesystem>

#include "app/problems/problem.h"
#include "ui/viewmodels/services.h"

namespace deepwell::ui {

class ProblemModel;

class StoreProblems : public QObject {
    Q_OBJECT
public:
    StoreProblems(const Services& services, ProblemModel& problems, QObject* parent = nullptr);

    void raise(const app::Error& error);
    // Whether the store could be opened.
    void opened(bool open);
    // A damaged database was put aside at the start.
    void tellSalvage(const std::string& set_aside, const std::string& salvage);

signals:
    void exportRequested();
    void quitRequested();
    void reopenRequested();
    void said(const QString& text, const QString& icon);

private:
    void clear();
    void act(const QString& action, const std::string& file);
    void tellDamage(app::Problem problem, const std::string& set_aside);
    void restore(const app::StoreCopy& copy);
    void upkeepFailed(const app::Error& error);
    void upkeepTurned();

    Services services_;
    ProblemModel& problems_;
    std::string code_;  // of the one that stands; empty: none
    bool open_ = true;
    bool upkeep_failed_ = false;  // in this turn
};

}  // namespace deepwell::ui
