// The models that there are, in the switcher and on the settings' page: the real library, the real
// engine and the starter that comes with the program.
#include <filesystem>
#include <fstream>

#include "tests/support/test_main.h"
#include "tests/support/test_paths.h"
#include "tests/ui/support/stage.h"

using namespace deepwell;
using tests::Stage;
using tests::text_reply;
namespace fs = std::filesystem;

class ModelsTest : public QObject {
    Q_OBJECT
private:
    static fs::path starter() { return app::find_starter(tests::data_dir()); }
    // A profile that has copies of the starter in its folder of models.
    static void put(const QTemporaryDir& folder, const char* name, bool whole = true) {
        const fs::path models = fs::path(folder.path().toStdString()) / "models";
        fs::create_directories(models);
        fs::copy_file(starter(), models / name, fs::copy_options::overwrite_existing);
        if (!whole) fs::resize_file(models / name, fs::file_size(models / name) / 2);
    }
    static int row_of(Stage& stage, const std::string& file) {
        const auto& models = stage.program().services().library.models();
        for (std::size_t i = 0; i < models.size(); ++i) {
            if (models[i].path.filename() == file) return static_cast<int>(i);
        }
        return -1;
    }
    static bool scanned(Stage& stage, int models) {
        return QTest::qWaitFor(
            [&] {
                return !stage.app().folders()->scanning() &&
                       stage.app().variants()->rowCount() == models;
            },
            10000);
    }
    static const app::ModelState& in_memory(Stage& stage) {
        return stage.program().services().generation.model();
    }
    static QVariant at(Stage& stage, int row, int role) {
        return stage.app().variants()->index(row).data(role);
    }

private slots:
    void init() {
        if (starter().empty()) QSKIP("the starter model is not in resources/starter");
    }

    void the_starter_is_ready_and_answers() {
        Stage stage(Stage::Set{.program_folder = tests::data_dir()});
        QVERIFY(stage.started());
        QTRY_COMPARE_WITH_TIMEOUT(stage.app().variant()->state(), QString("ready"), 30000);
        QVERIFY(stage.app().start()->line().contains("is loaded and ready"));
        QCOMPARE(stage.app().start()->stateWord(), QString("Ready"));
        QVERIFY(stage.app().start()->note().contains("starter"));
        QVERIFY(stage.ask("What is 17 + 25?"));
        QVERIFY(stage.ended(60000));
        QVERIFY2(stage.messages().lastReply()->answer.find("42") != std::string::npos,
                 stage.messages().lastReply()->answer.c_str());
        QVERIFY(stage.messages().lastReply()->thought);
        QVERIFY2(stage.warnings().isEmpty(), qPrintable(stage.warnings().join('\n')));
    }

    void the_switcher_shows_needs_and_switches_by_keyboard() {
        QTemporaryDir folder;
        put(folder, "other.gguf");
        put(folder, "broken.gguf", false);
        Stage stage(Stage::Set{.folder = folder.path(), .program_folder = tests::data_dir()});
        QVERIFY(stage.started());
        QVERIFY(scanned(stage, 3));
        QTRY_COMPARE_WITH_TIMEOUT(stage.app().variant()->state(), QString("ready"), 30000);
        stage.key(Qt::Key_M, Qt::ControlModifier);
        QTRY_VERIFY(stage.item("variantList"));
        QTRY_VERIFY(stage.item("variantList")->hasActiveFocus());
        auto* variants = stage.app().variants();
        const int first = row_of(stage, starter().filename().string());
        const int other = row_of(stage, "other.gguf");
        const int broken = row_of(stage, "broken.gguf");
        QCOMPARE(variants->chosenRow(), first);
        QCOMPARE(at(stage, first, ui::VariantListModel::StateWord).toString(), QString("Loaded"));
        QTRY_VERIFY(!at(stage, other, ui::VariantListModel::NeedText).toString().isEmpty());
        QCOMPARE(at(stage, other, ui::VariantListModel::StateWord).toString(), QString("Fits"));
        QVERIFY(at(stage, other, ui::VariantListModel::Parts).toList().size() >= 2);
        QVERIFY(at(stage, other, ui::VariantListModel::FreeMark).toDouble() > 0);
        QCOMPARE(at(stage, broken, ui::VariantListModel::StateTone).toString(), QString("bad"));
        QVERIFY(!at(stage, broken, ui::VariantListModel::Reason).toString().isEmpty());
        // The estimate is what is then taken: the same figures, once it is loaded.
        while (variants->chosenRow() != other) {
            const int before = variants->chosenRow();
            stage.key(before < other ? Qt::Key_Down : Qt::Key_Up);
            QVERIFY(variants->chosenRow() != before);
        }
        const QVariantList stops = variants->stops();
        QVERIFY(!stops.isEmpty());
        variants->setStop(0);
        const int context = stops.first().toMap()["tokens"].toInt();
        QTRY_VERIFY(!at(stage, other, ui::VariantListModel::NeedText).toString().isEmpty());
        stage.key(Qt::Key_Return);
        QTRY_COMPARE_WITH_TIMEOUT(in_memory(stage).variant.file.filename().string(),
                                  std::string("other.gguf"), 30000);
        QTRY_COMPARE(stage.app().variant()->state(), QString("ready"));
        QCOMPARE(in_memory(stage).variant.context, context);
        QCOMPARE(*stage.conversation().value().settings->context, std::int64_t(context));
        QVERIFY2(stage.warnings().isEmpty(), qPrintable(stage.warnings().join('\n')));
    }

    void a_switch_that_fails_leaves_the_former_model() {
        QTemporaryDir folder;
        put(folder, "other.gguf");
        Stage stage(Stage::Set{.folder = folder.path(), .program_folder = tests::data_dir()});
        QVERIFY(stage.started());
        QVERIFY(scanned(stage, 2));
        QTRY_COMPARE_WITH_TIMEOUT(stage.app().variant()->state(), QString("ready"), 30000);
        const fs::path before = in_memory(stage).variant.file;
        const auto settings = stage.conversation().value().settings;
        fs::remove(fs::path(folder.path().toStdString()) / "models" / "other.gguf");
        stage.app().variants()->begin();
        stage.app().variants()->choose(row_of(stage, "other.gguf"));
        stage.app().variants()->load();
        QTRY_VERIFY(stage.app().problems()->hasBanner());
        QCOMPARE(stage.app().problems()->title(), QString("The model file is no longer there"));
        QTRY_COMPARE(stage.app().variant()->state(), QString("ready"));
        QCOMPARE(in_memory(stage).variant.file, before);
        QVERIFY(stage.conversation().value().settings == settings);
        QVERIFY(!stage.program().services().settings.values().models.standard);
        // It answers as before.
        QVERIFY(stage.ask("What is 2 + 3?"));
        QVERIFY(stage.ended(60000));
        QVERIFY(stage.messages().lastReply()->state == app::MessageState::Complete);
        // The banner's buttons: the file is there again, and then it loads.
        put(folder, "other.gguf");
        QVERIFY(stage.click("problemAction0"));
        QTRY_COMPARE_WITH_TIMEOUT(in_memory(stage).variant.file.filename().string(),
                                  std::string("other.gguf"), 30000);
        QVERIFY(!stage.app().problems()->hasBanner());
    }

    void a_switch_while_a_reply_runs_asks_first() {
        QTemporaryDir folder;
        put(folder, "other.gguf");
        app::RecordedReply endless = text_reply("words");
        endless.finish = app::RecordedReply::Finish::Hang;
        Stage stage(Stage::Set{.recording = app::Recording{{endless}},
                               .folder = folder.path(),
                               .program_folder = tests::data_dir()});
        QVERIFY(stage.started());
        QVERIFY(scanned(stage, 2));
        QVERIFY(stage.ask("Question"));
        QTRY_VERIFY(stage.kinds().contains("prose"));
        const fs::path before = in_memory(stage).variant.file;
        stage.app().variants()->begin();
        stage.app().variants()->choose(row_of(stage, "other.gguf"));
        stage.app().variants()->switchTo();
        QCOMPARE(stage.app().problems()->title(), QString("A reply is still running"));
        QCOMPARE(in_memory(stage).variant.file, before);
        QVERIFY(stage.conversation().running());
        QVERIFY(stage.click("problemAction1"));  // Stop and switch
        QVERIFY(stage.ended());
        QTRY_COMPARE(in_memory(stage).variant.file.filename().string(), std::string("other.gguf"));
        QVERIFY(!stage.app().problems()->hasBanner());
        QVERIFY(stage.messages().lastReply()->answer == "words");
    }

    void load_makes_it_the_model_of_new_conversations() {
        QTemporaryDir folder;
        put(folder, "other.gguf");
        {
            Stage stage(Stage::Set{.folder = folder.path(), .program_folder = tests::data_dir()});
            QVERIFY(stage.started());
            QVERIFY(scanned(stage, 2));
            stage.app().showSettings("models");
            stage.app().variants()->choose(row_of(stage, "other.gguf"));
            stage.app().variants()->setCache(1);
            QVERIFY(stage.click("loadModel"));
            QTRY_COMPARE_WITH_TIMEOUT(in_memory(stage).variant.file.filename().string(),
                                      std::string("other.gguf"), 30000);
            QVERIFY(in_memory(stage).variant.cache == app::CacheType::Q8_0);
        }
        Stage stage(Stage::Set{.folder = folder.path(), .program_folder = tests::data_dir()});
        QVERIFY(stage.started());
        QVERIFY(scanned(stage, 2));
        QCOMPARE(stage.app().variant()->file()->path.filename().string(),
                 std::string("other.gguf"));
        // Loaded at the first letter, as it was chosen.
        stage.type("W");
        QTRY_COMPARE_WITH_TIMEOUT(stage.app().variant()->state(), QString("ready"), 30000);
        QVERIFY(in_memory(stage).variant.cache == app::CacheType::Q8_0);
    }

    void files_are_imported_and_refused() {
        QTemporaryDir folder;
        QTemporaryDir elsewhere;
        Stage stage(
            Stage::Set{.recording = app::Recording{{text_reply("x")}}, .folder = folder.path()});
        QVERIFY(stage.started());
        auto* folders = stage.app().folders();
        QSignalSpy failed(folders, &ui::ModelFoldersModel::importFailed);
        folders->importFile(QUrl::fromLocalFile(elsewhere.filePath("notes.txt")));
        QCOMPARE(failed.count(), 1);
        const QString file = elsewhere.filePath("brought.gguf");
        fs::copy_file(starter(), file.toStdString());
        folders->importFile(QUrl::fromLocalFile(file));
        QVERIFY(!folders->importText().isEmpty());
        QTRY_VERIFY(folders->importText().isEmpty());
        QVERIFY(scanned(stage, 1));
        QCOMPARE(fs::file_size(fs::path(folder.path().toStdString()) / "models" / "brought.gguf"),
                 fs::file_size(starter()));
        folders->importFile(QUrl::fromLocalFile(file));
        QTRY_COMPARE(failed.count(), 2);
        // A folder that is not there is a state, not an error.
        folders->addFolder(QUrl::fromLocalFile("/no/such/folder"));
        QTRY_VERIFY(!folders->folders().last().toMap()["reachable"].toBool());
        folders->removeFolder(1);
        QCOMPARE(folders->folders().size(), 1);
    }

    void settings_of_one_model_do_not_touch_the_others() {
        QTemporaryDir folder;
        put(folder, "other.gguf");
        Stage stage(Stage::Set{.recording = app::Recording{{text_reply("x")}},
                               .folder = folder.path(),
                               .program_folder = tests::data_dir()});
        QVERIFY(stage.started());
        QVERIFY(scanned(stage, 2));
        auto* generation = stage.app().generation();
        QCOMPARE(generation->models().size(), 3);
        generation->setTemperature(0.4);
        generation->setAppliesTo(row_of(stage, "other.gguf") + 1);
        QCOMPARE(generation->temperature(), 0.4);
        generation->setTemperature(0.9);
        generation->setSeed("77");
        QCOMPARE(generation->seed(), QString("77"));
        generation->setAppliesTo(0);
        QCOMPARE(generation->temperature(), 0.4);
        QVERIFY(generation->seed().isEmpty());
        // What is set is what a reply is made with.
        generation->setSeed("41");
        QVERIFY(stage.ask("Question"));
        QVERIFY(stage.ended());
        const auto& made = *stage.messages().lastReply()->generation;
        QCOMPARE(made.seed, std::uint64_t(41));
        QCOMPARE(*made.sampler.temperature, 0.4);
        generation->setSeed("not a number");
        QVERIFY(generation->seed().isEmpty());
    }
};

DEEPWELL_TEST(ModelsTest)
#include "models_test.moc"
