#include <QtCore/QElapsedTimer>
#include <QtCore/QProcess>
#include <QtCore/QStandardPaths>

#include "app/base/atomic_file.h"
#include "app/conversations/fingerprint.h"
#include "app/exchange/exporter.h"
#include "app/exchange/import_job.h"
#include "app/exchange/lossless_json.h"
#include "app/storage/snapshot.h"
#include "tests/app/exchange/random_conversations.h"
#include "tests/app/storage/store_fixture.h"
#include "tests/support/test_main.h"
#include "tests/support/test_paths.h"

using namespace deepwell::tests;
namespace fs = std::filesystem;

namespace {

std::string export_all(const StoreFixture& f, const fs::path& file,
                       const ExportOptions& options = {
                           ExportFormat::Json, {}, {}, true, false, false, {}, {}}) {
    const auto snapshot = Snapshot::open(f.profile());
    if (!snapshot) return describe(snapshot.error());
    const auto source = export_everything(*snapshot, ExportFormat::Json);
    if (!source) return describe(source.error());
    const auto report = export_to_file(*source, options, file, 1795604400123);
    if (!report) return describe(report.error());
    return *read_file(file);
}

std::string made_file(const std::vector<Variant>& variants, const std::vector<Folder>& folders,
                      const std::vector<Conversation>& conversations) {
    std::string text;
    ExportedNote note;
    note.at = 1795604400123;
    note.scope = "all";
    note.time_zone = QTimeZone::systemTimeZoneId().toStdString();
    LosslessJsonWriter writer(
        [&](std::string_view piece) -> Result<void> {
            text += piece;
            return {};
        },
        note);
    static_cast<void>(writer.begin(variants, folders));
    for (const auto& conversation : conversations) {
        static_cast<void>(writer.conversation(conversation));
    }
    static_cast<void>(writer.end());
    return text;
}

}  // namespace

class RoundTripTest : public QObject {
    Q_OBJECT
private slots:
    void random_trees_come_back_to_the_byte() {
        const auto seed = qEnvironmentVariableIsSet("DEEPWELL_SEED")
                              ? qEnvironmentVariable("DEEPWELL_SEED").toULongLong()
                              : static_cast<qulonglong>(std::random_device()());
        qInfo("seed %llu", seed);
        RandomConversations random(seed);
        const auto variants = random.variants(5);
        const auto folders = random.folders(6);
        std::vector<Conversation> conversations;
        for (int i = 0; i < 400; ++i) {
            conversations.push_back(random.conversation(static_cast<int>(random.number(0, 12))));
        }
        conversations.push_back(random.conversation(300));
        const auto first = made_file(variants, folders, conversations);

        const QTemporaryDir dir;
        const fs::path file = fs::path(dir.path().toStdString()) / "a.json";
        QVERIFY(write_file_atomically(file, first).has_value());
        StoreFixture f;
        QVERIFY(f.open().has_value());
        const auto report = import_file(file, *f.store, {});
        QVERIFY2(report.has_value(), report ? "" : describe(report.error()).c_str());
        for (const auto& problem : report->problems) qWarning("%s", problem.sentence.c_str());
        for (const auto& warning : report->warnings) qWarning("%s", warning.sentence.c_str());
        QCOMPARE(report->brought, 401);
        QVERIFY(report->warnings.empty());
        QVERIFY(report->adds_up());
        QVERIFY(!report->cut);
        const auto second = export_all(f, fs::path(dir.path().toStdString()) / "b.json");
        if (first != second) {
            const auto at =
                std::mismatch(first.begin(), first.end(), second.begin(), second.end()).first -
                first.begin();
            const auto from = static_cast<std::size_t>(std::max<std::ptrdiff_t>(0, at - 200));
            QFAIL(("differ at " + std::to_string(at) + ":\n" + first.substr(from, 300) +
                   "\n--- got\n" + second.substr(from, 300))
                      .c_str());
        }

        // Again: nothing new, and the same file.
        const auto again = import_file(file, *f.store, {});
        QCOMPARE(again->already_there, 401);
        QCOMPARE(again->brought + again->updated, 0);
        QVERIFY(again->adds_up());
        QVERIFY(export_all(f, fs::path(dir.path().toStdString()) / "c.json") == first);
        validate(file);
    }

    void the_shared_example_comes_back_as_it_is() {
        DEEPWELL_NEEDS_SHARED();
        const auto example = shared_dir() / "design" / "deepwell-conversations.example.json";
        StoreFixture f;
        QVERIFY(f.open().has_value());
        const auto report = import_file(example, *f.store, {});
        QVERIFY(report.has_value());
        QCOMPARE(report->brought, 2);
        QVERIFY(report->warnings.empty());
        const auto file = fs::path(f.dir.path().toStdString()) / "out.json";
        auto there = parse_json(*read_file(example));
        auto back = parse_json(export_all(f, file));
        for (const auto* key : {"exported"}) {
            there.erase(key);
            back.erase(key);
        }
        // Optional keys with nothing in them are not written.
        const auto strip = [](auto&& self, Json& json) -> void {
            if (json.is_object()) {
                for (const auto* key : {"deleted", "origin", "size"}) {
                    if (json.contains(key) && json[key].is_null()) json.erase(key);
                }
            }
            if (json.is_structured()) {
                for (auto& value : json) self(self, value);
            }
        };
        strip(strip, there);
        // Numbers are equal as numbers: 0 and 0.0 are one value; the order of keys counts.
        QCOMPARE(back.dump(1).size() > 0, true);
        for (const auto& [key, value] : there.items()) {
            QVERIFY2(back[key] == value, (key + ": " + back[key].dump(1)).c_str());
        }
        validate(file);
    }

    void ten_thousand_levels_go_through() {
        Conversation conversation;
        conversation.id = "deep";
        conversation.title = "Deep";
        conversation.order = 1;
        for (int i = 0; i < 10'000; ++i) {
            Message message;
            message.id = "m" + std::to_string(i);
            if (i > 0) message.parent = "m" + std::to_string(i - 1);
            message.answer = "x";
            conversation.messages.push_back(std::move(message));
        }
        conversation.current = "m9999";
        const auto first = made_file({}, {}, {conversation});
        StoreFixture f;
        const auto file = fs::path(f.dir.path().toStdString()) / "deep.json";
        QVERIFY(write_file_atomically(file, first).has_value());
        QVERIFY(f.open().has_value());
        QCOMPARE(import_file(file, *f.store, {})->brought, 1);
        QVERIFY(export_all(f, fs::path(f.dir.path().toStdString()) / "again.json") == first);
    }

    void a_file_with_more_adds_and_nothing_is_overwritten() {
        RandomConversations random(7);
        auto conversation = random.conversation(0);
        conversation.deleted.reset();
        const auto say = [](const char* id, const char* parent, Role role, const char* text) {
            Message message;
            message.id = id;
            if (*parent != 0) message.parent = parent;
            message.role = role;
            message.answer = text;
            return message;
        };
        conversation.messages = {say("q", "", Role::User, "q"),
                                 say("a", "q", Role::Assistant, "a")};
        conversation.current = "a";
        StoreFixture f;
        QVERIFY(f.open().has_value());
        const auto bring = [&](const Conversation& what) {
            const auto file = fs::path(f.dir.path().toStdString()) / "in.json";
            static_cast<void>(write_file_atomically(file, made_file({}, {}, {what})));
            return import_file(file, *f.store, {});
        };
        QCOMPARE(bring(conversation)->brought, 1);

        auto more = conversation;
        more.title = "another title";
        more.messages.push_back(say("q2", "a", Role::User, "q2"));
        more.current = "q2";
        QCOMPARE(bring(more)->updated, 1);
        auto here = f.load(conversation.id);
        QCOMPARE(here->messages.size(), std::size_t(3));
        QCOMPARE(here->current.value(), std::string("q2"));
        QCOMPARE(here->title, conversation.title);
        QCOMPARE(bring(conversation)->already_there, 1);  // fewer: nothing is removed
        QCOMPARE(f.load(conversation.id)->messages.size(), std::size_t(3));

        auto other = more;
        other.messages[1].answer = "another a";
        QCOMPARE(bring(other)->updated, 1);
        here = f.load(conversation.id);
        const MessageTree tree(here->messages);
        QCOMPARE(tree.version_of("a").count, std::size_t(2));
        QCOMPARE(tree.find("a")->answer, std::string("a"));
        QCOMPARE(bring(other)->already_there, 1);  // a second time: no doubles

        // Reduced files never take anything away, and bring nothing new.
        const auto snapshot = Snapshot::open(f.profile());
        const auto source = export_everything(*snapshot, ExportFormat::Json);
        ExportOptions reduced;
        reduced.format = ExportFormat::Json;
        reduced.thoughts = ThoughtsOption::Omit;
        reduced.branches = BranchesOption::Current;
        const auto file = fs::path(f.dir.path().toStdString()) / "reduced.json";
        QVERIFY(export_to_file(*source, reduced, file, 5).has_value());
        const auto note = parse_json(*read_file(file))["exported"];
        QCOMPARE(note["thoughts"].get<std::string>(), std::string("omitted"));
        QCOMPARE(note["branches"].get<std::string>(), std::string("current"));
        QCOMPARE(import_file(file, *f.store, {})->already_there, 1);

        // In the bin: skipped, and said.
        QVERIFY(f.run([&](Store& s, auto done) {
                     s.remove_conversation(conversation.id, done);
                 }).has_value());
        const auto binned = bring(other);
        QCOMPARE(binned->already_there, 1);
        QCOMPARE(binned->in_bin, 1);
        ImportOptions copies;
        copies.as_copies = true;
        QCOMPARE(import_file(fs::path(f.dir.path().toStdString()) / "in.json", *f.store, copies)
                     ->brought,
                 1);
        QCOMPARE(f.list().size(), std::size_t(1));
    }

private:
    // By python3-jsonschema, an independent reader of the schema, where both are there.
    static void validate(const fs::path& file) {
        const auto schema = shared_dir() / "design" / "deepwell-conversations.schema.json";
        const auto python = QStandardPaths::findExecutable(QStringLiteral("python3"));
        if (shared_dir().empty() || python.isEmpty()) return;
        QProcess process;
        process.start(
            python,
            {QStringLiteral("-c"),
             QStringLiteral("import json,sys\n"
                            "try: import jsonschema\n"
                            "except ImportError: sys.exit(77)\n"
                            "s=json.load(open(sys.argv[1])); d=json.load(open(sys.argv[2]))\n"
                            "jsonschema.Draft202012Validator(s).validate(d)\n"),
             QString::fromStdString(schema.string()), QString::fromStdString(file.string())});
        QVERIFY(process.waitForFinished(120'000));
        if (process.exitCode() == 77) {
            qInfo("python3-jsonschema is absent: the schema was not checked");
            return;
        }
        QVERIFY2(process.exitCode() == 0, process.readAllStandardError().left(2000).constData());
    }
};

DEEPWELL_TEST(RoundTripTest)
#include "round_trip_test.moc"
