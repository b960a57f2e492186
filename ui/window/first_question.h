// --ask TEXT: a question that is asked as soon as the program can, in a new conversation.
#pragma once

#include <QtCore/QObject>
#include <QtCore/QString>

namespace deepwell::ui {

class Program;

class FirstQuestion : public QObject {
    Q_OBJECT
public:
    // `program` outlives it and has not been started yet. Empty text: nothing is asked.
    FirstQuestion(Program& program, QString text);

private:
    void ask();

    Program& program_;
    QString text_;
    bool ready_ = false;
};

}  // namespace deepwell::ui
