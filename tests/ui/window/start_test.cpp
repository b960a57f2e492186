// Start, second start, and the time to the first frame.
#include "tests/support/test_main.h"
#include "tests/ui/support/event_clock.h"
#include "tests/ui/support/stage.h"

using namespace deepwell;
using tests::Stage;
using tests::words_recording;

class StartTest : public QObject {
    Q_OBJECT
private slots:
    void the_first_frame_comes_within_a_second() {
        const double before = tests::thread_cpu_ms();
        Stage stage(words_recording(0, 3, 0));
        QVERIFY(stage.started());
        QVERIFY(!stage.window()->grabWindow().isNull());
        // By the GUI thread's own clock: other programs may run beside the test.
        const double took = tests::thread_cpu_ms() - before;
        qInfo("first frame after %.0f ms of the GUI thread", took);
        QVERIFY2(took < 1000, qPrintable(QString::number(took)));
    }

    void a_second_start_raises_the_first() {
        QTemporaryDir folder;
        Stage stage(words_recording(0, 3, 0), folder.path());
        QVERIFY(stage.started());
        app::Profile profile;
        profile.folder = folder.path().toStdString();
        QVERIFY(!app::ProfileLock::take(profile));
        // The other process asks from a thread of its own: here it would wait for itself.
        std::atomic<int> answer = -1;
        std::unique_ptr<QThread> other(
            QThread::create([&] { answer = ui::SingleInstance(profile).raise_other() ? 1 : 0; }));
        other->start();
        QTRY_COMPARE(answer.load(), 1);
        other->wait();
    }

    void the_start_page_offers_three_questions() {
        Stage stage(words_recording(0, 3, 0));
        QVERIFY(stage.started());
        QCOMPARE(stage.app().start()->questions().size(), 3);
        QVERIFY(QTest::qWaitFor([&] { return stage.item("startQuestion0") != nullptr; }));
        stage.click(stage.item("startQuestion0"));
        QVERIFY(!stage.conversation().composer()->text().isEmpty());
        QVERIFY(stage.conversation().empty());
    }
};

DEEPWELL_TEST(StartTest)
#include "start_test.moc"
