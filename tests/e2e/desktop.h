// A display of its own (Xvfb) with one program in it, driven from outside by xdotool.
#pragma once

#include <QProcess>
#include <QString>
#include <QStringList>
#include <memory>

namespace deepwell::tests {

class Desktop {
public:
    Desktop();
    ~Desktop();

    // Xvfb has taken a display.
    bool ready() const { return !display_.isEmpty(); }

    // Starts `program` and waits until it shows a window; false after 20 s.
    bool start(const QString& program, const QStringList& arguments);
    void kill();  // SIGKILL, at once
    bool quit();  // Ctrl+Q, and waits for the end
    bool running() const;
    QString output() const;  // what the program printed so far

    void type(const QString& text);
    void press(const QString& keys);  // "ctrl+comma"
    void click(int x, int y);         // in the window, which lies at the origin

private:
    void xdotool(const QStringList& arguments);
    QString window_id();

    QProcess xvfb_;
    std::unique_ptr<QProcess> program_;
    QString display_;
    QString window_;
    QString output_;
};

}  // namespace deepwell::tests
