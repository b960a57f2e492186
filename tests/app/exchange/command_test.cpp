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
