// The pages of `--screenshot`: what is played before, and what is opened then.
#pragma once

#include <QtCore/QString>
#include <string>
#include <vector>

#include "app/generation/recording.h"

class QObject;

namespace deepwell::ui {

class ApplicationModel;

struct ScreenshotPage {
    // What is asked before: nothing, the question about the well whose reply stays within its
    // thought or its answer, the whole reply, three versions of it, or one with all kinds of
    // blocks.
    enum class Reply { None, InThought, InAnswer, Whole, Versions, Blocks };
    const char* name;
    Reply reply = Reply::Whole;
    void (*open)(ApplicationModel& application, QObject& surface) = nullptr;
    // Once the needs of all models are counted.
    void (*counted)(ApplicationModel& application) = nullptr;

    bool asks() const { return reply != Reply::None; }
    // The picture is of a running reply.
    bool runs() const { return reply == Reply::InThought || reply == Reply::InAnswer; }
    int versions() const { return reply == Reply::Versions ? 3 : 1; }
};

const ScreenshotPage& screenshot_page(const QString& name);  // unknown: the answer
std::vector<std::string> screenshot_page_names();
app::Recording recording_of(const ScreenshotPage& page);

}  // namespace deepwell::ui
