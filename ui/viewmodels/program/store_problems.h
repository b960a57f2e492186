// What the store has to tell, as banners: no room, read only, locked, damaged. A banner goes when
// its cause has gone, not when its button is pressed.
#pragma once

#include <QtCore/QObject>

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

private:
    void clear();
    void act(const QString& action, const std::string& file);

    Services services_;
    ProblemModel& problems_;
    std::string code_;  // of the one that stands; empty: none
    bool open_ = true;
};

}  // namespace deepwell::ui
