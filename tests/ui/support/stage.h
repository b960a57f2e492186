// A whole window in a temporary profile, with recorded replies: what tests of pages, keys and
// streaming play on.
#pragma once

#include <QtCore/QTemporaryDir>
#include <QtQuick/QQuickItem>
#include <QtQuick/QQuickWindow>
#include <QtTest/QtTest>
#include <memory>
#include <optional>

#include "app/base/profile_lock.h"
#include "ui/window/demo.h"
#include "ui/window/program.h"

namespace deepwell::tests {

class Stage {
public:
    // `folder`: keep the profile there (a second start); none: a temporary one.
    explicit Stage(app::Recording recording, const QString& folder = {}) {
        ui::Program::Options options;
        options.profile.folder = (folder.isEmpty() ? temporary_.path() : folder).toStdString();
        options.recording = std::move(recording);
        if (!app::create_profile(options.profile)) return;
        auto lock = app::ProfileLock::take(options.profile);
        if (!lock) return;
        program_ = std::make_unique<ui::Program>(std::move(options), std::move(*lock));
        ended_ = std::make_unique<QSignalSpy>(&program_->services().generation,
                                              &app::GenerationService::replyEnded);
        QSignalSpy ready(program_.get(), &ui::Program::ready);
        started_ = program_->start(true) && (ready.count() > 0 || ready.wait(5000));
        if (started_) started_ = QTest::qWaitForWindowExposed(window());
        program_->application().settings()->overrideAppearance({}, {}, true);
    }

    bool started() const { return started_; }
    ui::Program& program() { return *program_; }
    ui::ApplicationModel& app() { return program_->application(); }
    ui::ConversationModel& conversation() { return *app().conversation(); }
    ui::MessageModel& messages() { return *conversation().messages(); }
    QQuickWindow* window() { return program_->window().window(); }
    const QStringList& warnings() { return program_->window().warnings(); }

    // The first visible item of this name.
    QQuickItem* item(const QString& name) { return find(window()->contentItem(), name); }

    bool ask(const QString& question) {
        conversation().composer()->setText(question);
        QSignalSpy loaded(&conversation(), &ui::ConversationModel::loaded);
        conversation().send();
        return loaded.wait(5000);
    }
    // The reply that was asked for last is ended, stored and shown.
    bool ended() {
        const bool stored = QTest::qWaitFor([this] { return ended_->count() > 0; }, 15000);
        ended_->clear();
        const bool quiet = QTest::qWaitFor([this] { return !conversation().running(); }, 5000);
        const bool shown = QTest::qWaitFor([this] { return kinds().contains("foot"); }, 5000);
        if (!stored || !quiet || !shown) {
            qInfo("stored %d, quiet %d, rows: %s", stored, quiet, qPrintable(kinds().join(' ')));
        }
        return stored && quiet && shown;
    }
    QStringList kinds() {
        QStringList kinds;
        for (int row = 0; row < messages().count(); ++row) {
            kinds << messages().index(row).data(ui::MessageModel::Kind).toString();
        }
        return kinds;
    }
    void key(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier) {
        QTest::keyClick(window(), key, modifiers);
    }
    void type(const QString& text) {
        for (const QChar letter : text) QTest::keyClick(window(), letter.toLatin1());
    }
    void click(QQuickItem* item) {
        const QPointF centre = item->mapToScene({item->width() / 2, item->height() / 2});
        QTest::mouseClick(window(), Qt::LeftButton, Qt::NoModifier, centre.toPoint());
    }

private:
    static QQuickItem* find(QQuickItem* parent, const QString& name) {
        if (parent == nullptr || !parent->isVisible()) return nullptr;
        if (parent->objectName() == name) return parent;
        for (QQuickItem* child : parent->childItems()) {
            if (QQuickItem* found = find(child, name)) return found;
        }
        return nullptr;
    }

    QTemporaryDir temporary_;
    std::unique_ptr<ui::Program> program_;
    std::unique_ptr<QSignalSpy> ended_;
    bool started_ = false;
};

// A reply of plain words, one piece each, `delay_ms` apart.
inline app::Recording words_recording(int thought, int answer, double delay_ms) {
    app::RecordedReply reply;
    reply.opened_by_template = thought > 0;
    for (int i = 0; i < thought; ++i) {
        reply.pieces.push_back({(i % 12 == 11 ? "thought.\n\n" : "considered "), delay_ms});
    }
    if (thought > 0) reply.pieces.push_back({"</think>", delay_ms});
    for (int i = 0; i < answer; ++i) {
        reply.pieces.push_back({i % 15 == 14 ? "end of a paragraph.\n\n" : "word ", delay_ms});
    }
    return {{reply}};
}

}  // namespace deepwell::tests
