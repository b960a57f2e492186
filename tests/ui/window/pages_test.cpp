// Every page in every dress: it is drawn, and QML has nothing to complain about.
#include "tests/support/test_main.h"
#include "tests/ui/support/stage.h"

using namespace deepwell;
using tests::Stage;

class PagesTest : public QObject {
    Q_OBJECT
private:
    // Controls that leave the window at its sides, and words of controls that are cut.
    static void check(QQuickItem* item, const QRectF& window, QStringList& faults) {
        if (!item->isVisible() || item->width() <= 0) return;
        const bool control = item->inherits("QQuickAbstractButton") ||
                             item->inherits("QQuickTextField") || item->inherits("QQuickSlider") ||
                             item->inherits("QQuickComboBox");
        const QRectF place = item->mapRectToScene(QRectF(0, 0, item->width(), item->height()));
        if (control && (place.left() < window.left() - 1 || place.right() > window.right() + 1)) {
            faults << QString("%1 %2 at %3 … %4")
                          .arg(item->metaObject()->className(), item->objectName())
                          .arg(place.left())
                          .arg(place.right());
        }
        if (item->inherits("QQuickButton") || item->inherits("QQuickCheckBox") ||
            item->inherits("QQuickRadioButton")) {
            cut(item, faults);
        }
        for (QQuickItem* child : item->childItems()) check(child, window, faults);
    }
    static void cut(QQuickItem* item, QStringList& faults) {
        if (!item->isVisible()) return;
        if (item->inherits("QQuickText") &&
            (item->property("truncated").toBool() ||
             item->property("contentWidth").toReal() > item->width() + 1)) {
            faults << "cut: " + item->property("text").toString();
        }
        for (QQuickItem* child : item->childItems()) cut(child, faults);
    }

private slots:
    void pages_are_drawn_without_a_warning_data() {
        QTest::addColumn<QSize>("size");
        QTest::addColumn<bool>("dark");
        QTest::addColumn<int>("text");
        QTest::addRow("light 1280x800") << QSize(1280, 800) << false << 100;
        QTest::addRow("dark 1280x800") << QSize(1280, 800) << true << 100;
        QTest::addRow("800x600") << QSize(800, 600) << false << 100;
        QTest::addRow("640x480 dark") << QSize(640, 480) << true << 100;
        QTest::addRow("200 per cent") << QSize(1280, 800) << false << 200;
    }
    void pages_are_drawn_without_a_warning() {
        QFETCH(QSize, size);
        QFETCH(bool, dark);
        QFETCH(int, text);
        Stage stage(ui::demo_recording(0, 0));
        QVERIFY2(stage.started(), qPrintable(stage.warnings().join('\n')));
        stage.window()->resize(size);
        stage.app().settings()->overrideAppearance(dark, text, true);
        QVERIFY(!stage.window()->grabWindow().isNull());
        QVERIFY(stage.ask("How deep is the well?"));
        QVERIFY(stage.ended());
        QObject* surface = stage.window()->findChild<QObject*>("surface");
        QVERIFY(surface);
        const auto look = [&] {
            QTest::qWait(1);
            const QImage picture = stage.window()->grabWindow();
            // Not one flat colour.
            const QRgb first = picture.pixel(0, 0);
            bool differs = false;
            for (int y = 0; y < picture.height() && !differs; y += 7) {
                for (int x = 0; x < picture.width() && !differs; x += 7)
                    differs = picture.pixel(x, y) != first;
            }
            QVERIFY(differs);
        };
        look();
        stage.conversation().toggleLastThought();
        look();
        for (const char* page : {"models", "generation", "appearance", "hardware", "about"}) {
            stage.app().showSettings(page);
            look();
        }
        stage.app().goBack();
        stage.app().showSearch();
        stage.app().search()->setText("quadratic");
        QTRY_VERIFY(stage.app().search()->rowCount() > 0);
        look();
        stage.app().goBack();
        for (const char* dialog : {"openKeys", "openExport", "openSwitcher", "toggleSidebar"}) {
            QVERIFY(QMetaObject::invokeMethod(surface, dialog));
            look();
            stage.key(Qt::Key_Escape);
        }
        stage.app().problems()->raise(app::no_card_problem("The NVIDIA driver did not answer."));
        QVERIFY(stage.item("banner"));
        look();
        stage.app().toasts()->say("Conversation deleted", "trash", "Undo", [] {});
        look();
        QVERIFY2(stage.warnings().isEmpty(), qPrintable(stage.warnings().join('\n')));
    }

    // 6. of the acceptance list: no control leaves the window, no word of one is cut.
    void nothing_is_cut_data() {
        QTest::addColumn<QSize>("size");
        QTest::addColumn<int>("text");
        QTest::addRow("1280x800") << QSize(1280, 800) << 100;
        QTest::addRow("800x600") << QSize(800, 600) << 100;
        QTest::addRow("640x480") << QSize(640, 480) << 100;
        QTest::addRow("1280x800, 200 per cent") << QSize(1280, 800) << 200;
        QTest::addRow("800x600, 150 per cent") << QSize(800, 600) << 150;
    }
    void nothing_is_cut() {
        QFETCH(QSize, size);
        QFETCH(int, text);
        Stage stage(ui::demo_recording(0, 0));
        QVERIFY(stage.started());
        stage.window()->resize(size);
        stage.app().settings()->overrideAppearance({}, text, true);
        QVERIFY(stage.ask("How deep is the well?"));
        QVERIFY(stage.ended());
        QObject* surface = stage.window()->findChild<QObject*>("surface");
        QStringList faults;
        const auto look = [&](const QString& page) {
            stage.window()->grabWindow();
            QStringList here;
            check(stage.window()->contentItem(), QRectF(QPointF(), size), here);
            for (const QString& fault : here) faults << page + ": " + fault;
        };
        look("conversation");
        for (const char* page : {"models", "generation", "appearance", "hardware", "about"}) {
            stage.app().showSettings(page);
            look(page);
        }
        stage.app().goBack();
        for (const char* dialog : {"openKeys", "openExport", "openSwitcher", "toggleSidebar"}) {
            QVERIFY(QMetaObject::invokeMethod(surface, dialog));
            look(dialog);
            stage.key(Qt::Key_Escape);
        }
        stage.app().problems()->raise(app::no_card_problem("The NVIDIA driver did not answer."));
        look("banner");
        QVERIFY2(faults.isEmpty(), qPrintable(faults.join('\n')));
    }

    // Nothing that is written or pressed lies under a toast, and it stands over its own page.
    void a_toast_lies_above_the_composer_data() {
        QTest::addColumn<QSize>("size");
        QTest::addColumn<int>("text");
        QTest::addRow("1280x800") << QSize(1280, 800) << 100;
        QTest::addRow("640x480") << QSize(640, 480) << 100;
        QTest::addRow("200 per cent") << QSize(1280, 800) << 200;
    }
    void a_toast_lies_above_the_composer() {
        QFETCH(QSize, size);
        QFETCH(int, text);
        Stage stage(ui::demo_recording(0, 0));
        QVERIFY(stage.started());
        stage.window()->resize(size);
        stage.app().settings()->overrideAppearance({}, text, true);
        const auto place = [&](const char* name) {
            QQuickItem* item = stage.item(name);
            return item ? item->mapRectToScene(QRectF(0, 0, item->width(), item->height()))
                        : QRectF();
        };
        stage.app().toasts()->say("Conversation deleted", "trash", "Undo", [] {});
        const auto clear_of = [&](const char* name) {
            stage.window()->grabWindow();
            const QRectF toast = place("toast");
            const QRectF page = place("conversationPage");
            return !toast.isEmpty() && !toast.intersects(place(name)) && page.contains(toast) &&
                   std::abs(toast.center().x() - page.center().x()) <= 1;
        };
        QVERIFY(clear_of("composer"));
        QVERIFY(stage.ask("How deep is the well?"));
        QVERIFY(stage.ended());
        QVERIFY(clear_of("composer"));
        stage.app().problems()->raise(app::no_card_problem("The NVIDIA driver did not answer."));
        QVERIFY(clear_of("banner"));
        QVERIFY(clear_of("composer"));
        stage.app().showSettings("about");
        stage.window()->grabWindow();
        QCOMPARE(place("toast").bottom(), size.height() - 24.0);
    }

    // Narrow, comfortable, wide, full: the column follows, and never leaves the page.
    void the_reading_width_is_a_setting() {
        Stage stage(ui::demo_recording(0, 0));
        QVERIFY(stage.started());
        stage.window()->resize(1600, 900);
        QVERIFY(stage.ask("How deep is the well?"));
        QVERIFY(stage.ended());
        QList<qreal> widths;
        for (int width = 0; width < 4; ++width) {
            stage.app().settings()->setReadingWidth(width);
            stage.window()->grabWindow();
            QQuickItem* question = stage.item("questionText");
            QVERIFY(question);
            widths << question->width() + 32;
        }
        const qreal page = stage.item("conversationPage")->width();
        QCOMPARE(widths, (QList<qreal>{560, 656, 880, page - 96}));
        QCOMPARE(stage.program().services().settings.values().appearance.reading_width,
                 app::ReadingWidth::Full);
        stage.window()->resize(800, 600);
        QTRY_COMPARE(stage.item("questionText")->width() + 32, 800 - 48 - 96);
    }

    // 6. of the acceptance list: no item of the header or the composer leaves its window.
    void nothing_leaves_a_small_window() {
        Stage stage(ui::demo_recording(0, 0));
        QVERIFY(stage.started());
        stage.window()->resize(640, 480);
        QVERIFY(stage.ask("How deep is the well?"));
        QVERIFY(stage.ended());
        for (const char* name : {"exportButton", "moreButton", "variantButton", "deviceChip",
                                 "send", "effortButton"}) {
            QQuickItem* item = stage.item(name);
            QVERIFY2(item, name);
            const QRectF place = item->mapRectToScene(QRectF(0, 0, item->width(), item->height()));
            QVERIFY2(QRectF(0, 0, 640, 480).contains(place), name);
        }
    }
};

DEEPWELL_TEST(PagesTest)
#include "pages_test.moc"
