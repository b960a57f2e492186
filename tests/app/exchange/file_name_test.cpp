#include "app/exchange/file_name.h"

#include <QtCore/QString>
#include <random>

#include "tests/support/test_main.h"

using namespace deepwell::app;

namespace {

// What ext4, NTFS and APFS ask of a name, written down on its own.
QString complaint(const QString& name) {
    if (name.isEmpty() || name.toUtf8().size() > 255 || name.size() > 255) return "length";
    if (name.startsWith('.') || name.endsWith('.') || name.endsWith(' ')) return "ends";
    for (const QChar c : name) {
        if (c.unicode() < 0x20 || QStringLiteral("<>:\"/\\|?*").contains(c)) return "letter";
    }
    static const QRegularExpression kDevices(
        QStringLiteral("^(con|prn|aux|nul|conin\\$|conout\\$|(com|lpt)[0-9¹²³])\\s*(\\.|$)"),
        QRegularExpression::CaseInsensitiveOption);
    if (kDevices.match(name).hasMatch()) return "device";
    if (name.normalized(QString::NormalizationForm_C) != name) return "form";
    return {};
}

}  // namespace

class FileNameTest : public QObject {
    Q_OBJECT
private slots:
    void titles_become_names() {
        QCOMPARE(file_stem("How deep is the well?"), std::string("How deep is the well"));
        QCOMPARE(file_stem("a/b\\c:d"), std::string("a b c d"));
        QCOMPARE(file_stem("  ..hidden..  "), std::string("hidden"));
        QCOMPARE(file_stem("CON"), std::string("_CON"));
        QCOMPARE(file_stem("lpt¹.txt"), std::string("_lpt¹.txt"));
        QCOMPARE(file_stem("console"), std::string("console"));
        QCOMPARE(file_stem("-rf"), std::string("_rf"));
        QCOMPARE(file_stem("~x"), std::string("_x"));
        QCOMPARE(file_stem(""), std::string("Conversation"));
        QCOMPARE(file_stem("???"), std::string("Conversation"));
        QCOMPARE(file_stem("e\u0301\u202Ex"), std::string("é x"));
        QVERIFY(file_stem(std::string(1000, 'x')).size() <= 120);
        std::string chinese;
        for (int i = 0; i < 200; ++i) chinese += "水";
        QCOMPARE(file_stem(chinese).size(), std::size_t(120));
    }

    void equal_names_get_numbers() {
        FileNames names;
        QCOMPARE(names.unique("Well", ".md"), std::string("Well.md"));
        QCOMPARE(names.unique("WELL", ".md"), std::string("WELL (2).md"));
        QCOMPARE(names.unique("well", ".md"), std::string("well (3).md"));
        names.taken("Other.md");
        QCOMPARE(names.unique("other", ".md"), std::string("other (2).md"));
    }

    void two_thousand_hostile_titles_give_good_names() {
        const auto seed = std::random_device()();
        qInfo("seed %u", seed);
        std::mt19937 random(seed);
        const std::vector<std::string> pieces = {"CON",
                                                 "nul",
                                                 ".",
                                                 " ",
                                                 "..",
                                                 "/",
                                                 "\\",
                                                 ":",
                                                 "*",
                                                 "?",
                                                 "\"",
                                                 "<",
                                                 ">",
                                                 "|",
                                                 "\n",
                                                 "\t",
                                                 "~",
                                                 "-",
                                                 "a",
                                                 "水",
                                                 "é",
                                                 "e\u0301",
                                                 "\u202E",
                                                 "\uFEFF",
                                                 "👨‍👩‍👧",
                                                 "COM1",
                                                 "lpt9",
                                                 "¹",
                                                 "\xFF",
                                                 "\xED\xA0\x80",
                                                 "ß",
                                                 "İ",
                                                 std::string(1, '\0'),
                                                 "xxxxxxxxxxxxxxxx"};
        FileNames names;
        std::set<QString> all;
        for (int i = 0; i < 2000; ++i) {
            std::string title;
            for (auto n = random() % 30; n > 0; --n) title += pieces[random() % pieces.size()];
            const auto name = QString::fromStdString(names.unique(file_stem(title), ".md"));
            const auto bad = complaint(name);
            QVERIFY2(bad.isEmpty(), (bad + ": " + name).toUtf8().constData());
            QVERIFY(all.insert(name.toCaseFolded()).second);
        }
    }
};

DEEPWELL_TEST(FileNameTest)
#include "file_name_test.moc"
