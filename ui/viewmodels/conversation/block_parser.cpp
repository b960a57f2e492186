#include "ui/viewmodels/conversation/block_parser.h"

#include <QtCore/QPointer>

#include "app/rendering/markdown.h"

namespace deepwell::ui {
namespace {

constexpr int kBetween = 50;  // ms

}  // namespace

BlockParser::BlockParser(QObject* parent) : QObject(parent) {
    pool_.setMaxThreadCount(2);
    pool_.setThreadPriority(QThread::LowPriority);
}

BlockParser::~BlockParser() {
    pool_.clear();
    pool_.waitForDone();
}

void BlockParser::request(const QString& key, const QString& text, bool still_open) {
    Job& job = jobs_[key];
    job.next = text;
    job.next_open = still_open;
    if (job.running) return;
    const qint64 passed = job.since.isValid() ? job.since.elapsed() : kBetween;
    // The last text of a reply is not made to wait.
    if (passed >= kBetween || !still_open) {
        start(key);
    } else {
        job.running = true;
        QTimer::singleShot(static_cast<int>(kBetween - passed), this, [this, key] { start(key); });
    }
}

void BlockParser::forget(const QString& key) {
    jobs_.remove(key);
}

void BlockParser::start(const QString& key) {
    const auto found = jobs_.find(key);
    if (found == jobs_.end() || !found->next) return;
    Job& job = *found;
    job.running = true;
    job.since.start();
    job.number = ++count_;
    const QString text = std::move(*job.next);
    job.next.reset();
    const app::rendering::MarkdownOptions options{job.next_open};
    pool_.start([this, key, text, options, number = job.number] {
        auto blocks = app::rendering::parse_markdown(text, options);
        QMetaObject::invokeMethod(
            this, [this, key, number, blocks = std::move(blocks)] { finish(key, number, blocks); },
            Qt::QueuedConnection);
    });
}

void BlockParser::finish(const QString& key, quint64 number, const app::rendering::Blocks& blocks) {
    const auto found = jobs_.find(key);
    if (found == jobs_.end() || found->number != number) return;
    found->running = false;
    const bool more = found->next.has_value();
    if (more) {
        request(key, QString(*found->next), found->next_open);
    } else if (!found->next_open) {
        jobs_.erase(found);
    }
    emit parsed(key, blocks);
}

}  // namespace deepwell::ui
