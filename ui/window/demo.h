// The sample conversation of `--demo`: recorded replies, played into a profile in a temporary
// folder, so that pictures show the real program at work.
#pragma once

#include <QtCore/QObject>
#include <filesystem>

#include "app/generation/recording.h"

namespace deepwell::ui {

class Program;

// The reply about the well, as pieces of a model's text. `thought_ms`, `answer_ms`: between pieces;
// `hang_in`: "thought" or "answer" stays in the middle of it, for pictures of a running reply.
app::Recording demo_recording(double thought_ms, double answer_ms, const QString& hang_in = {});

// A reply with everything that Markdown has, for the eye.
app::Recording demo_blocks();

// Fills the list with the titles of the drawings and asks the question about the well.
class DemoScene : public QObject {
    Q_OBJECT
public:
    explicit DemoScene(Program& program, QObject* parent = nullptr);
    // After Program::ready(). Waits until the models are known.
    void begin(bool ask);

signals:
    // The question was asked; its reply has begun or ended, as the recording says.
    void asked();

private:
    void fill(bool ask);

    Program& program_;
};

}  // namespace deepwell::ui
