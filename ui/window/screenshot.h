// `deepwell --screenshot`: brings the window to a page, waits until it stands still, and saves it.
#pragma once

#include <QtCore/QObject>
#include <QtCore/QTimer>
#include <QtGui/QImage>

#include "ui/window/arguments.h"
#include "ui/window/screenshot_pages.h"

namespace deepwell::ui {

class Program;

class Screenshot : public QObject {
    Q_OBJECT
public:
    Screenshot(Program& program, Arguments arguments, QObject* parent = nullptr);
    void begin();

signals:
    // 0: the picture is written. 1: it is not, or QML had something to complain about.
    void done(int code);

private:
    void check();
    bool prepared();  // what the page shows has been asked and has come
    bool counting() const;
    bool standsStill();
    void open();
    void openSheet();
    void save();

    Program& program_;
    Arguments arguments_;
    const ScreenshotPage& page_;
    QTimer timer_;
    int still_ = 0;
    int ticks_ = 0;
    int idle_ = 0;  // ticks without a reply that runs
    bool opened_ = false;
    bool counted_ = false;
    QImage last_;
};

}  // namespace deepwell::ui
