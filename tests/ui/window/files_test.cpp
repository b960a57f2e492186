// Export written and read back; settings kept; search goes to the place.
#include "app/base/atomic_file.h"
#include "app/base/json.h"
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
            stage.app().generation()->setTemperature(0.7);
            stage.app().generation()->setEffort(3);
        }
        Stage stage(ui::demo_recording(0, 0), folder.path());
        QVERIFY(stage.started());
        QCOMPARE(stage.app().settings()->theme(), 2);
        QCOMPARE(stage.app().generation()->temperature(), 0.7);
        QCOMPARE(stage.app().generation()->effort(), 3);
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

    // By keys alone: Enter opens the first hit, also when it comes before the hits; Down and Enter
    // in the list the next one. Marks of Markdown are not shown.
    void enter_opens_a_hit() {
        Stage stage(app::Recording{{tests::text_reply("## Roots\n\nThe **quadratic** has `two`."),
                                    tests::text_reply("A quadratic once more.")}});
        QVERIFY(stage.started());
        QVERIFY(stage.ask("One"));
        QVERIFY(stage.ended());
        const QString first = stage.conversation().conversationId();
        stage.app().newConversation();
        QVERIFY(stage.ask("Two"));
        QVERIFY(stage.ended());
        const QString second = stage.conversation().conversationId();
        stage.app().newConversation();

        stage.key(Qt::Key_F, Qt::ControlModifier | Qt::ShiftModifier);
        stage.type("quadratic");
        QVERIFY(stage.app().search()->pending());
        stage.key(Qt::Key_Return);
        QTRY_COMPARE(stage.app().page(), QString("conversation"));
        const QModelIndex hit = stage.app().search()->index(0);
        QTRY_COMPARE(stage.conversation().conversationId(),
                     hit.data(ui::SearchModel::Id).toString());

        stage.key(Qt::Key_F, Qt::ControlModifier | Qt::ShiftModifier);
        QTRY_COMPARE(stage.app().page(), QString("search"));
        QCOMPARE(stage.app().search()->rowCount(), 2);
        const QModelIndex next = stage.app().search()->index(1);
        stage.key(Qt::Key_Down);
        stage.key(Qt::Key_Down);
        stage.key(Qt::Key_Return);
        QTRY_COMPARE(stage.app().page(), QString("conversation"));
        QTRY_COMPARE(stage.conversation().conversationId(),
                     next.data(ui::SearchModel::Id).toString());
        QVERIFY(hit.data(ui::SearchModel::Id) != next.data(ui::SearchModel::Id));
        QVERIFY((QStringList{first, second}).contains(hit.data(ui::SearchModel::Id).toString()));

        for (int row = 0; row < 2; ++row) {
            const QString shown =
                stage.app().search()->index(row).data(ui::SearchModel::Snippet).toString();
            QVERIFY2(!shown.contains('*') && !shown.contains('`') && !shown.contains("## "),
                     qPrintable(shown));
            QVERIFY2(shown.contains(">quadratic</span>"), qPrintable(shown));
        }
        QVERIFY2(stage.warnings().isEmpty(), qPrintable(stage.warnings().join('\n')));
    }

    // Scene 6: the hit is in a version that is not shown, far above: its branch is shown, and it.
    void a_hit_is_shown_on_its_branch_and_scrolled_to() {
        app::RecordedReply tall = tests::text_reply("filler");
        for (int i = 0; i < 60; ++i) tall.pieces.push_back({"\n\nA paragraph of some words.", 0});
        Stage stage(app::Recording{
            {tests::text_reply("the needle is here"), tests::text_reply("other"), tall}});
        QVERIFY(stage.started());
        QVERIFY(stage.ask("First"));
        QVERIFY(stage.ended());
        const QString needle =
            stage.messages().index(1).data(ui::MessageModel::MessageId).toString();
        stage.key(Qt::Key_R, Qt::ControlModifier);
        QVERIFY(stage.ended());
        QVERIFY(stage.ask("Second"));
        QVERIFY(stage.ended());
        QQuickItem* list = stage.item("messageList");
        QTRY_VERIFY(list->property("contentHeight").toReal() > list->height());
        stage.app().showSearch();
        stage.app().search()->setText("needle");
        QTRY_VERIFY(stage.app().search()->rowCount() > 0);
        const QModelIndex hit = stage.app().search()->index(0);
        QCOMPARE(hit.data(ui::SearchModel::Message).toString(), needle);
        stage.app().openHit(hit.data(ui::SearchModel::Id).toString(), needle);
        QTRY_COMPARE(stage.app().page(), QString("conversation"));
        QTRY_COMPARE(stage.messages().lastReply()->answer, std::string("the needle is here"));
        QTRY_VERIFY(stage.messages().firstRowOf(needle) >= 0);
    }

    void a_file_of_each_kind_is_written_from_the_dialog() {
        Stage stage(ui::demo_recording(0, 0));
        QVERIFY(stage.started());
        QVERIFY(stage.ask("How deep is the well?"));
        QVERIFY(stage.ended());
        stage.key(Qt::Key_R, Qt::ControlModifier);
        QVERIFY(stage.ended());
        stage.key(Qt::Key_E, Qt::ControlModifier);
        ui::ExportModel* exporting = stage.app().exporting();
        QTRY_VERIFY(!exporting->preview().isEmpty());
        QTemporaryDir folder;
        const auto saved_as = [&](const char* name) {
            const QString file = folder.filePath(name);
            QSignalSpy saved(exporting, &ui::ExportModel::saved);
            exporting->save(QUrl::fromLocalFile(file));
            if (!saved.wait(5000)) return std::string();
            return app::read_file(file.toStdString()).value_or(std::string());
        };
        const std::string omitted = saved_as("omit.md");
        QVERIFY(omitted.find("38.2 m deep") != std::string::npos);
        QVERIFY(omitted.find("The person hears") == std::string::npos);
        exporting->setThoughts(true);
        const std::string folded = saved_as("fold.md");
        QVERIFY(folded.find("<details>") != std::string::npos);
        QVERIFY(folded.find("The person hears") != std::string::npos);
        exporting->setThoughtsInText(true);
        const std::string inlined = saved_as("inline.md");
        QVERIFY(inlined.find("<details>") == std::string::npos);
        QVERIFY(inlined.find("The person hears") != std::string::npos);
        exporting->setOtherVersions(true);
        QVERIFY(saved_as("all.md").size() > inlined.size() + omitted.size() / 2);
        exporting->setFormat(1);
        const app::Json whole = app::parse_json(saved_as("all.json"));
        QVERIFY(whole.is_object());
        QCOMPARE(whole["conversations"].size(), std::size_t(1));
        QCOMPARE(whole["conversations"][0]["messages"].size(), std::size_t(3));
    }
};

DEEPWELL_TEST(FilesTest)
#include "files_test.moc"
