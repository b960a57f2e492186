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
#include "app/models/library.h"
#include "ui/window/demo.h"
#include "ui/window/program.h"

namespace deepwell::tests {

class Stage {
public:
    struct Set {
        std::optional<app::Recording> recording = {};  // none: the engine
        QString folder = {};  // of the profile, for a second start; none: a temporary one
        std::filesystem::path program_folder =
            {};  // where the starter is looked for; none: nowhere
    };
    explicit Stage(app::Recording recording, const QString& folder = {})
        : Stage(Set{std::move(recording), folder, {}}) {}
    explicit Stage(Set set) {
        ui::Program::Options options;
        options.profile.folder =
            (set.folder.isEmpty() ? temporary_.path() : set.folder).toStdString();
        options.recording = std::move(set.recording);
        options.program_folder = std::move(set.program_folder);
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
    bool ended(int timeout = 15000) {
        const bool stored = QTest::qWaitFor([this] { return ended_->count() > 0; }, timeout);
        ended_->clear();
        const bool quiet = QTest::qWaitFor([this] { return !conversation().running(); }, 5000);
        const bool shown = QTest::qWaitFor([this] { return kinds().endsWith("foot"); }, 5000);
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

    // Waits until an item of this name can be clicked, and does it. False: there is none.
    bool click(const QString& name) {
        const bool there = QTest::qWaitFor([&] {
            const QQuickItem* found = item(name);
            return found != nullptr && found->isEnabled();
        });
        if (!there) {
            qInfo("there is no %s", qPrintable(name));
            return false;
        }
        // Where it stands once everything is laid out.
        window()->grabWindow();
        click(item(name));
        return true;
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

// A reply without a thought, as one piece.
inline app::RecordedReply text_reply(const std::string& text) {
    app::RecordedReply reply;
    reply.pieces.push_back({text, 0});
    return reply;
}

// A reply of plain words, one piece each, `delay_ms` apart. No two words are the same: the guard
// takes repeats for a loop.
inline app::Recording words_recording(int thought, int answer, double delay_ms) {
    app::RecordedReply reply;
    reply.opened_by_template = thought > 0;
    const auto word = [](const char* stem, int i) {
        return stem + std::to_string(i * 7919 % 10007) + " ";
    };
    for (int i = 0; i < thought; ++i) {
        reply.pieces.push_back(
            {i % 12 == 11 ? "thought" + std::to_string(i) + ".\n\n" : word("considered", i),
             delay_ms});
    }
    if (thought > 0) reply.pieces.push_back({"</think>", delay_ms});
    for (int i = 0; i < answer; ++i) {
        reply.pieces.push_back(
            {i % 15 == 14 ? "end" + std::to_string(i) + ".\n\n" : word("word", i), delay_ms});
    }
    return {{reply}};
}

}  // namespace deepwell::tests
