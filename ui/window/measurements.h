// --measure FILE: what the window does and when, for tests of the whole program and for reports of
// slow machines. A JSON line each; figures only, never a word of a conversation:
//
//   {"what":"first-frame","ms":412.5,"own_ms":390.1}     since the process began
//   {"what":"sent","conversation":…,"question":…,"reply":…,"at":…}
//   {"what":"shown","conversation":…,"reply":…,"bytes":1204,"at":…}   thought and answer so far
//   {"what":"ended","conversation":…,"reply":…,"bytes":1830,"at":…}
//   {"what":"stall","ms":71.0,"own_ms":64.2,"cpu_ms":63.9,"at":…}     an event waited over 50 ms
//   {"what":"event-loop","events":95,"longest_ms":…,"longest_own_ms":…}  each second, all so far
//
// `at` is the monotonic clock in ms, the same for all processes. Each line is written at once, so
// that it is there when the program is killed.
#pragma once

#include <QtCore/QObject>
#include <filesystem>
#include <memory>

#include "app/base/json.h"
#include "app/base/result.h"
#include "ui/viewmodels/services.h"

class QQuickWindow;

namespace deepwell::ui {

class EventLoopWatch;
struct Stall;

class Measurements : public QObject {
    Q_OBJECT
public:
    // Errors: the file cannot be made.
    static app::Result<std::unique_ptr<Measurements>> begin(const std::filesystem::path& file);
    ~Measurements() override;

    // Both outlive it.
    void follow(QQuickWindow& window, app::GenerationService& generation);

private:
    explicit Measurements(int file);
    void write(app::Json line) const;
    void note(const Stall& stall);  // the watching thread

    int file_;
    bool framed_ = false;
    struct Sum;
    std::unique_ptr<Sum> sum_;  // the watching thread's
    std::unique_ptr<EventLoopWatch> watch_;
};

}  // namespace deepwell::ui
