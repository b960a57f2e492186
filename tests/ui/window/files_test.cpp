// Export written and read back; settings kept; search goes to the place.
#include "app/base/atomic_file.h"
#include "tests/support/test_main.h"
#include "tests/ui/support/stage.h"

using namespace deepwell;
using tests::Stage;

class FilesTest : public QObject {
    Q_OBJECT
private slots:
    void an_export_is_written() {
        Stage stage(ui::demo_recording(0, 0));
        QVERIFY(stage.started());
        QVERIFY(stage.ask("How deep is the well?"));
        QVERIFY(stage.ended());
        ui::ExportModel* exporting = stage.app().exporting();
        exporting->open(stage.conversation().conversationId());
        QTRY_VERIFY(exporting->preview().contains("38.2 m deep"));
        QVERIFY(!exporting->preview().contains("The person hears"));
        exporting->setThoughts(true);
        QTRY_VERIFY(exporting->preview().contains("The person hears"));
        QTemporaryDir folder;
        const QString file = folder.filePath("well.md");
        QSignalSpy saved(exporting, &ui::ExportModel::saved);
        exporting->save(QUrl::fromLocalFile(file));
        QVERIFY2(saved.wait(5000), qPrintable(exporting->failure()));
        const auto text = app::read_file(file.toStdString());
        QVERIFY(text);
        QVERIFY(QString::fromStdString(*text).contains("double well_depth"));
        QTRY_VERIFY(stage.app().toasts()->text().contains("well.md"));
    }

    void an_export_that_fails_says_so() {
        Stage stage(ui::demo_recording(0, 0));
        QVERIFY(stage.started());
        QVERIFY(stage.ask("Question"));
        QVERIFY(stage.ended());
        stage.app().exporting()->open(stage.conversation().conversationId());
        stage.app().exporting()->save(QUrl::fromLocalFile("/no/such/folder/well.md"));
        QTRY_VERIFY(!stage.app().exporting()->failure().isEmpty());
    }

    void settings_are_kept_over_a_restart() {
        QTemporaryDir folder;
        {
            Stage stage(ui::demo_recording(0, 0), folder.path());
            QVERIFY(stage.started());
            stage.app().settings()->setTheme(2);
            stage.app().settings()->setTemperature(0.7);
            stage.app().settings()->setEffort(3);
        }
        Stage stage(ui::demo_recording(0, 0), folder.path());
        QVERIFY(stage.started());
        QCOMPARE(stage.app().settings()->theme(), 2);
        QCOMPARE(stage.app().settings()->temperature(), 0.7);
        QCOMPARE(stage.app().settings()->effort(), 3);
    }

    void search_opens_the_conversation_of_the_hit() {
        Stage stage(ui::demo_recording(0, 0));
        QVERIFY(stage.started());
        QVERIFY(stage.ask("How deep is the well?"));
        QVERIFY(stage.ended());
        const QString id = stage.conversation().conversationId();
        stage.app().newConversation();
        stage.app().showSearch();
        stage.app().search()->setText("quadratic");
        QTRY_VERIFY(stage.app().search()->rowCount() > 0);
        const QModelIndex hit = stage.app().search()->index(0);
        QVERIFY(hit.data(ui::SearchModel::Snippet).toString().contains("<span"));
        stage.app().openHit(hit.data(ui::SearchModel::Id).toString(),
                            hit.data(ui::SearchModel::Message).toString());
        QCOMPARE(stage.app().page(), QString("conversation"));
        QTRY_COMPARE(stage.conversation().conversationId(), id);
        // Thoughts are left out unless asked for.
        stage.app().search()->setText("sanity");
        QTRY_COMPARE(stage.app().search()->rowCount(), 0);
        stage.app().search()->setThoughts(true);
        QTRY_VERIFY(stage.app().search()->rowCount() > 0);
    }
};

DEEPWELL_TEST(FilesTest)
#include "files_test.moc"
