#include "ui/window/measurements.h"

#include <fcntl.h>
#include <unistd.h>

#include <QtQuick/QQuickWindow>
#include <algorithm>
#include <cerrno>
#include <chrono>
#include <utility>

#include "ui/window/event_loop_watch.h"

namespace deepwell::ui {
namespace {

constexpr double kLong = 50;  // ms

std::int64_t monotonic_ms() {
    return std::chrono::duration_cast<std::chrono::milliseconds>(
               std::chrono::steady_clock::now().time_since_epoch())
        .count();
}

std::size_t bytes_of(const app::LiveReply& reply) {
    return (reply.message.thought ? reply.message.thought->text.size() : 0) +
           reply.message.answer.size();
}

}  // namespace

struct Measurements::Sum {
    std::int64_t events = 0;
    double longest_ms = 0;
    double longest_own_ms = 0;
    std::int64_t told = 0;
};

app::Result<std::unique_ptr<Measurements>> Measurements::begin(const std::filesystem::path& path) {
    const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (file < 0) return app::fail(app::error_from_errno(errno, "write", path.string()));
    return std::unique_ptr<Measurements>(new Measurements(file));
}

Measurements::Measurements(int file) : file_(file), sum_(std::make_unique<Sum>()) {}

Measurements::~Measurements() {
    watch_.reset();
    ::close(file_);
}

void Measurements::write(app::Json line) const {
    const std::string text = line.dump() + "\n";
    // One call a line: those of two threads do not mix. What cannot be written is not worth a word.
    [[maybe_unused]] const auto written = ::write(file_, text.data(), text.size());
}

void Measurements::note(const Stall& stall) {
    Sum& sum = *sum_;
    ++sum.events;
    sum.longest_ms = std::max(sum.longest_ms, stall.ms);
    sum.longest_own_ms = std::max(sum.longest_own_ms, stall.own_ms);
    const auto now = monotonic_ms();
    if (stall.ms > kLong) {
        write({{"what", "stall"},
               {"ms", stall.ms},
               {"own_ms", stall.own_ms},
               {"cpu_ms", stall.cpu_ms},
               {"at", now}});
    }
    if (now - sum.told < 1000) return;
    sum.told = now;
    write({{"what", "event-loop"},
           {"events", sum.events},
           {"longest_ms", sum.longest_ms},
           {"longest_own_ms", sum.longest_own_ms}});
}

void Measurements::follow(QQuickWindow& window, app::GenerationService& generation) {
    connect(&window, &QQuickWindow::frameSwapped, this, [this] {
        if (std::exchange(framed_, true)) return;
        const double age = process_age_ms();
        write({{"what", "first-frame"}, {"ms", age}, {"own_ms", age - processor_wait_ms()}});
        // The start has its own figure; from here on the window answers.
        watch_ = std::make_unique<EventLoopWatch>([this](const Stall& stall) { note(stall); });
    });
    using Service = app::GenerationService;
    connect(&generation, &Service::sent, this,
            [this](const std::string& conversation, const std::string& question,
                   const std::string& reply) {
                write({{"what", "sent"},
                       {"conversation", conversation},
                       {"question", question},
                       {"reply", reply},
                       {"at", monotonic_ms()}});
            });
    const auto tell = [this, &generation](const char* what, const std::string& conversation) {
        const app::LiveReply* reply = generation.live(conversation);
        if (reply == nullptr || bytes_of(*reply) == 0) return;
        write({{"what", what},
               {"conversation", conversation},
               {"reply", reply->ref.message},
               {"bytes", bytes_of(*reply)},
               {"at", monotonic_ms()}});
    };
    connect(&generation, &Service::replyChanged, this,
            [tell](const std::string& conversation) { tell("shown", conversation); });
    connect(&generation, &Service::replyEnded, this,
            [tell](const std::string& conversation) { tell("ended", conversation); });
}

}  // namespace deepwell::ui
