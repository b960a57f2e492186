// `deepwell --screenshot`: brings the window to a page, waits until it stands still, and saves it.
#pragma once

#include <QtCore/QObject>
#include <QtCore/QTimer>
#include <QtGui/QImage>
#include <optional>

#include "app/generation/recording.h"
#include "ui/window/arguments.h"

namespace deepwell::ui {

class Program;

class Screenshot : public QObject {
    Q_OBJECT
public:
    Screenshot(Program& program, Arguments arguments, QObject* parent = nullptr);
    // The replies that a page needs; null: none is asked for.
    static std::optional<app::Recording> recording(const QString& page);

    void begin();

signals:
    // 0: the picture is written. 1: it is not, or QML had something to complain about.
    void done(int code);

private:
    void arrange();
    void check();
    void save();
    void finish(int code);

    Program& program_;
    Arguments arguments_;
    QTimer timer_;
    int still_ = 0;
    int ticks_ = 0;
    bool arranged_ = false;
    QImage last_;
};

}  // namespace deepwell::ui
