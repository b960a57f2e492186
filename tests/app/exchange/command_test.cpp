// deepwell-cli conversations, the real program.
#include <QtCore/QProcess>
#include <fstream>

#include "app/base/atomic_file.h"
#include "app/base/profile_lock.h"
#include "tests/app/exchange/random_conversations.h"
#include "tests/app/storage/store_fixture.h"
#include "tests/support/test_main.h"
#include "tests/support/test_paths.h"

using namespace deepwell::tests;
namespace fs = std::filesystem;

namespace {

struct Ran {
    int code = -1;
    std::string out;
    std::string err;
};

Ran run(const StoreFixture& f, QStringList arguments) {
    QProcess process;
    arguments.prepend(QStringLiteral("conversations"));
    arguments << QStringLiteral("--data") << QString::fromStdString(f.profile().folder.string());
    process.start(QString::fromStdString((bin_dir() / "deepwell-cli").string()), arguments);
    Ran ran;
    if (!process.waitForFinished(60'000)) return ran;
    ran.code = process.exitCode();
    ran.out = process.readAllStandardOutput().toStdString();
    ran.err = process.readAllStandardError().toStdString();
    return ran;
}

}  // namespace

class CommandTest : public QObject {
    Q_OBJECT
private slots:
    void lists_exports_and_imports() {
        StoreFixture f;
        QCOMPARE(run(f, {"list", "--json"}).out, std::string("[]\n"));
        QVERIFY(!fs::exists(f.profile().folder));  // looking leaves no trace
        QVERIFY(f.open().has_value());
        const auto well = f.talk("How deep is the well?", "# About 38 m", "Two times add up.");
        f.talk("Another", "one");
        const auto& id = well.reply.conversation;

        // While the store is open, as the window has it.
        const auto lock = ProfileLock::take(f.profile());
        QVERIFY(lock.has_value());
        const auto rows = parse_json(run(f, {"list", "--json"}).out);
        QCOMPARE(rows.size(), std::size_t(2));
        QCOMPARE(rows[1]["id"].get<std::string>(), id);
        QCOMPARE(rows[1]["title"].get<std::string>(), std::string("How deep is the well?"));
        QVERIFY(run(f, {"list"}).out.find("How deep is the well?") != std::string::npos);

        const auto markdown =
            run(f, {"export", QString::fromStdString(id.substr(0, 13)), "--thoughts", "inline"});
        QCOMPARE(markdown.code, 0);
        QVERIFY(markdown.out.find("> Two times add up.") != std::string::npos);
        QVERIFY(markdown.out.find("### About 38 m") != std::string::npos);

        const fs::path file = f.dir.path().toStdString() + "/all.json";
        QCOMPARE(run(f, {"export", "--all", "--format", "json", "--out",
                         QString::fromStdString(file.string())})
                     .code,
                 0);
        const auto json = parse_json(*read_file(file));
        QCOMPARE(json["end"]["conversations"].get<int>(), 2);

        const auto refused = run(f, {"import", QString::fromStdString(file.string())});
        QCOMPARE(refused.code, 1);
        QVERIFY(refused.err.find("uses this profile") != std::string::npos);

        StoreFixture other;
        const auto brought =
            run(other, {"import", "--json", QString::fromStdString(file.string())});
        QCOMPARE(brought.code, 0);
        QCOMPARE(parse_json(brought.out)["brought"].get<int>(), 2);
        const auto back = run(other, {"export", "--all", "--format", "json"});
        auto there = parse_json(back.out);
        there["exported"]["at"] = json["exported"]["at"];
        QCOMPARE(there.dump(2) + "\n", *read_file(file));
    }

    void thoughts_branches_and_front_matter_are_chosen() {
        StoreFixture f;
        QVERIFY(f.open().has_value());
        const auto first = f.talk("How deep?", "38 metres", "Two times add up.");
        const auto& id = first.reply.conversation;
        const auto another = f.send(StoreFixture::question("How wide?", id));
        QVERIFY(f.finish(another->reply, "one metre", "A guess.").has_value());
        const auto name = QString::fromStdString(id);
        const auto has = [](const std::string& text, const char* part) {
            return text.find(part) != std::string::npos;
        };
        const auto omit = run(f, {"export", name}).out;
        QVERIFY(has(omit, "one metre") && !has(omit, "A guess.") && !has(omit, "38 metres"));
        QCOMPARE(run(f, {"export", name, "--thoughts", "omit", "--branches", "current"}).out, omit);
        QCOMPARE(run(f, {"export", name, "--out", "-"}).out, omit);
        const auto fold = run(f, {"export", name, "--thoughts", "fold"}).out;
        QVERIFY(has(fold, "<details>") && has(fold, "A guess."));
        const auto inlined = run(f, {"export", name, "--thoughts", "inline"}).out;
        QVERIFY(has(inlined, "> A guess.") && !has(inlined, "<details>"));
        const auto both = run(f, {"export", name, "--branches", "all"}).out;
        QVERIFY(has(both, "38 metres") && has(both, "one metre") && has(both, "Other versions"));
        const auto headed = run(f, {"export", name, "--front-matter"}).out;
        QVERIFY(headed.starts_with("---\ntitle: "));

        const auto json = [&](const QStringList& more) {
            return parse_json(run(f, QStringList{"export", name, "--format", "json"} + more).out);
        };
        const auto messages = [](const Json& file) {
            return file["conversations"][0]["messages"].size();
        };
        QCOMPARE(messages(json({})), std::size_t(4));
        QCOMPARE(messages(json({"--branches", "current"})), std::size_t(2));
        const auto thoughtless = to_text(json({"--thoughts", "omit"}));
        QVERIFY(!has(thoughtless, "A guess.") && has(thoughtless, "one metre"));
    }

    void files_and_folders_are_written() {
        StoreFixture f;
        QVERIFY(f.open().has_value());
        f.talk("First one", "answer one");
        f.talk("Second one", "answer two");
        const auto binned = f.talk("In the bin", "gone").reply.conversation;
        QVERIFY(f.run([&](Store& s, auto done) { s.remove_conversation(binned, done); }));
        const auto out = [&](const char* name) { return f.dir.filePath(QString(name)); };
        QCOMPARE(run(f, {"export", "--all", "--out", out("one.md")}).code, 0);
        const auto one = *read_file(out("one.md").toStdString());
        QVERIFY(one.find("answer one") != std::string::npos &&
                one.find("answer two") != std::string::npos);
        QVERIFY(one.find("gone") == std::string::npos);
        QCOMPARE(run(f, {"export", "--all", "--out", out("many/")}).code, 0);
        int files = 0;
        for (const auto& entry : fs::directory_iterator(out("many").toStdString())) {
            files += entry.path().extension() == ".md";
        }
        QCOMPARE(files, 3);  // and the index
        QCOMPARE(run(f, {"export", "--all", "--out", "/proc/nowhere/x.md"}).code, 1);

        QCOMPARE(parse_json(run(f, {"list", "--json"}).out).size(), std::size_t(2));
        QCOMPARE(parse_json(run(f, {"list", "--json", "--bin"}).out).size(), std::size_t(3));

        QCOMPARE(run(f, {"export", "--all", "--format", "json", "--out", out("all.json")}).code, 0);
        f.store.reset();
        const auto look = run(f, {"import", "--look", "--json", out("all.json")});
        QCOMPARE(parse_json(look.out)["met"].get<int>(), 3);
        QCOMPARE(parse_json(run(f, {"list", "--json"}).out).size(), std::size_t(2));
        const auto again = parse_json(run(f, {"import", "--json", out("all.json")}).out);
        QCOMPARE(again["already_there"].get<int>(), 3);
        const auto copies =
            parse_json(run(f, {"import", "--copies", "--json", out("all.json")}).out);
        QCOMPARE(copies["brought"].get<int>(), 3);
        const auto report = run(f, {"import", out("all.json"), out("all.json")}).out;
        QCOMPARE(std::count(report.begin(), report.end(), '\n') >= 2, true);
    }

    void what_is_missing_comes_back_from_a_copy() {
        StoreFixture f;
        QVERIFY(run(f, {"restore"}).err.find("no daily copies") != std::string::npos);
        QVERIFY(f.open().has_value());
        f.talk("kept", "in the copy");
        QVERIFY(*wait_for<bool>([&](auto done) { f.store->daily_copy(done); }));
        f.store.reset();
        const auto listed = run(f, {"restore", "--list"});
        QVERIFY(listed.out.starts_with("2026-11-25 "));
        QVERIFY(write_file_atomically(f.profile().database(), std::string(9000, '\x5a')));
        const auto back = run(f, {"restore", "2026-11-25"});
        QCOMPARE(back.code, 0);
        QVERIFY(back.out.find("brought back 1") != std::string::npos);
        QVERIFY(back.err.find("damaged") != std::string::npos);
        QVERIFY(run(f, {"list"}).out.find("kept") != std::string::npos);
        QCOMPARE(run(f, {"restore", "2020-01-01"}).code, 1);
        QVERIFY(run(f, {"restore"}).out.find("there already 1") != std::string::npos);
    }

    void says_what_is_wrong() {
        StoreFixture f;
        QCOMPARE(run(f, {"export", "--all"}).code, 1);
        QVERIFY(f.open().has_value());
        f.talk("q", "a");
        QCOMPARE(run(f, {"export"}).code, 2);
        QCOMPARE(run(f, {"export", "nobody"}).code, 1);
        QCOMPARE(run(f, {"export", "--all", "--format", "poem"}).code, 2);
        QCOMPARE(run(f, {"import", "/nowhere.json"}).code, 1);
        f.store.reset();
        const auto missing = run(f, {"import", "/nowhere.json"});
        QCOMPARE(missing.code, 1);
        QVERIFY(missing.err.find("not there") != std::string::npos);
    }
};

DEEPWELL_TEST(CommandTest)
#include "command_test.moc"
