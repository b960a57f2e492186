#include "app/base/atomic_file.h"
#include "app/exchange/import_job.h"
#include "app/exchange/lossless_json_import.h"
#include "app/exchange/text_filter.h"
#include "tests/app/storage/store_fixture.h"
#include "tests/support/test_main.h"

using namespace deepwell::tests;

namespace {

std::string conversation(const std::string& id, const std::string& text) {
    return R"({"id": ")" + id + R"(", "title": "t", "created": null, "updated": null, "order": )" +
           std::to_string(id.size()) +
           R"(, "pinned": false, "archived": false, "folder": null, "system_prompt": null,
             "current": "m", "messages": [{"id": "m", "parent": null, "role": "user",
             "state": "complete", "created": null, "thought": null, "answer": {"text": ")" +
           text + R"("}}]})";
}

std::string file_of(const std::vector<std::string>& conversations, int claimed = -1) {
    std::string text =
        R"({"format": "deepwell-conversations", "version": 1, "min_reader": 1, "exported": {},
            "variants": [], "folders": [], "conversations": [)";
    for (std::size_t i = 0; i < conversations.size(); ++i) {
        text += (i > 0 ? "," : "") + conversations[i];
    }
    const auto count = claimed >= 0 ? claimed : static_cast<int>(conversations.size());
    return text + "], \"end\": {\"conversations\": " + std::to_string(count) +
           ", \"messages\": " + std::to_string(count) + "}}";
}

struct Import {
    StoreFixture f;
    Result<ImportReport> of(const std::string& text) {
        if (!f.store) static_cast<void>(f.open());
        const std::filesystem::path file = f.dir.path().toStdString() + "/in.json";
        static_cast<void>(write_file_atomically(file, text));
        auto looked = look_into(file);
        auto brought = import_file(file, *f.store, {});
        // The dry run says what will be.
        if (looked.has_value() != brought.has_value()) return fail(ErrorCode::Internal, "differ");
        if (brought && looked->met != brought->met) return fail(ErrorCode::Internal, "met");
        return brought;
    }
};

}  // namespace

class TolerantImportTest : public QObject {
    Q_OBJECT
private slots:
    void a_cut_file_keeps_what_it_has() {
        const auto whole =
            file_of({conversation("a", "1"), conversation("bb", "2"), conversation("ccc", "3")});
        Import import;
        const auto cut = import.of(whole.substr(0, whole.find("\"ccc\"") + 40));
        QVERIFY(cut.has_value());
        QCOMPARE(cut->brought, 2);
        QCOMPARE(cut->failed, 1);
        QCOMPARE(cut->problems.at(0).code, std::string("truncated"));
        QVERIFY(cut->cut && cut->adds_up());
        QCOMPARE(cut->problems.at(0).sentence,
                 std::string("The file ends in the middle of item 3. The 2 before it can be "
                             "brought in."));
        const auto rest = import.of(whole);
        QCOMPARE(rest->brought, 1);
        QCOMPARE(rest->already_there, 2);
        QVERIFY(rest->adds_up() && !rest->cut);
    }

    void damage_is_named_with_its_place() {
        auto text = file_of({conversation("a", "1"), conversation("bb", "2")});
        const auto at = text.find("\"bb\"") + 4;
        text[at] = '}';
        Import import;
        const auto damaged = import.of(text);
        QVERIFY(damaged.has_value());
        QCOMPARE(damaged->brought, 1);
        QCOMPARE(damaged->problems.back().code, std::string("not-json"));
        QVERIFY(damaged->adds_up() && damaged->cut);
    }

    void counts_that_do_not_agree_are_said() {
        Import import;
        const auto report = import.of(file_of({conversation("a", "1")}, 5));
        QCOMPARE(report->brought, 1);
        QVERIFY(report->cut);
        QCOMPARE(report->warnings.at(0).code, std::string("truncated"));
    }

    void a_thousand_with_three_bad_ones_bring_the_rest() {
        std::vector<std::string> conversations;
        for (int i = 0; i < 1000; ++i) {
            auto text = conversation("id" + std::to_string(i), "x");
            if (i == 17) text = "{\"id\": \"a\", \"title\": \"no messages\"}";
            if (i == 500) text = "[1, 2]";
            if (i == 700) text = "null";
            conversations.push_back(std::move(text));
        }
        auto file = file_of(conversations);
        const auto from = file.find("\"messages\": 1000");
        file.replace(from, 16, "\"messages\": 997");
        Import import;
        const auto report = import.of(file);
        QCOMPARE(report->met, 1000);
        QCOMPARE(report->brought, 997);
        QCOMPARE(report->failed, 3);
        QCOMPARE(report->problems.at(0).item, std::int64_t(17));
        QCOMPARE(report->problems.at(1).item, std::int64_t(500));
        QCOMPARE(report->problems.at(2).item, std::int64_t(700));
        QVERIFY(report->adds_up() && !report->cut);
    }

    void keys_in_another_order_are_understood() {
        auto json = parse_json(file_of({conversation("a", "1")}));
        json["variants"] = parse_json(
            R"([{"id": "v", "name": "n", "file": {"name": "f", "size": 1, "sha256": null}}])");
        json["conversations"][0]["messages"][0]["role"] = "assistant";
        json["conversations"][0]["messages"][0]["variant"] = "v";
        const nlohmann::json sorted = nlohmann::json::parse(json.dump());
        Import import;
        const auto report = import.of(sorted.dump());
        QVERIFY(report.has_value());
        QCOMPARE(report->brought, 1);
        QCOMPARE(import.f.load("a")->messages[0].variant.value(), std::string("v"));
    }

    void newer_and_foreign_files_are_refused_with_words() {
        auto text = file_of({});
        text.replace(text.find("\"min_reader\": 1"), 15, "\"min_reader\": 3");
        Import import;
        const auto newer = import.of(text);
        QCOMPARE(newer.error().code, ErrorCode::Newer);
        QVERIFY(newer.error().message.find("format 3") != std::string::npos);
        QCOMPARE(import.of("{\"a\": 1}").error().code, ErrorCode::UnknownFormat);
        QCOMPARE(import.of("").error().code, ErrorCode::UnknownFormat);
        QCOMPARE(import.of("\"deepwell-conversations\"").error().code, ErrorCode::UnknownFormat);
    }

    void broken_letters_are_repaired_and_said() {
        Import import;
        const auto report = import.of(file_of(
            {conversation("a", "x\xFF\xFEy \\ud83d z \\ud83d\\ude00 \\\\ \\\" \xE6\xB0\xB4")}));
        QVERIFY(report.has_value());
        QCOMPARE(report->brought, 1);
        QCOMPARE(report->warnings.at(0).code, std::string("bad-text"));
        QCOMPARE(import.f.load("a")->messages[0].answer,
                 std::string("x\uFFFDy \uFFFD z 😀 \\ \" 水"));
    }

    void depth_and_rings_do_no_harm() {
        Import import;
        std::string deep = "{\"id\": \"deep\", \"x\": " + std::string(100'000, '[') +
                           std::string(100'000, ']') + ", \"messages\": []}";
        std::string ring =
            R"({"id": "ring", "messages": [{"id": "a", "parent": "b", "role": "user"},
                {"id": "b", "parent": "a", "role": "user"}, {"id": "b", "role": "user"},
                {"id": "c", "parent": "gone", "role": "system", "thought": {"text": "x"}}]})";
        auto file = file_of({conversation("ok", "1"), deep, ring});
        const auto report = import.of(file);
        QVERIFY2(report.has_value(), report ? "" : describe(report.error()).c_str());
        QCOMPARE(report->brought, 2);
        QCOMPARE(report->problems.at(0).code, std::string("too-deep"));
        QVERIFY(report->adds_up());
        const auto ringed = import.f.load("ring");
        QCOMPARE(ringed->messages.size(), std::size_t(3));
        QVERIFY(!ringed->messages[0].parent);
        QVERIFY(!ringed->messages[2].thought);
    }

    void a_stop_ends_an_import_between_batches() {
        std::vector<std::string> conversations;
        for (int i = 0; i < 300; ++i) {
            conversations.push_back(conversation("id" + std::to_string(i), std::string(5000, 'x')));
        }
        StoreFixture f;
        QVERIFY(f.open().has_value());
        const std::filesystem::path file = f.dir.path().toStdString() + "/in.json";
        QVERIFY(write_file_atomically(file, file_of(conversations)).has_value());
        ExchangeStop stop = false;
        const auto stopped =
            import_file(file, *f.store, {}, &stop, [&](std::int64_t done, std::int64_t total) {
                if (done > total / 2) stop = true;
            });
        QVERIFY(!stopped);
        QCOMPARE(stopped.error().code, ErrorCode::Cancelled);
        const auto half = f.list().size();
        QVERIFY(half < 300);
        const auto rest = import_file(file, *f.store, {});
        QCOMPARE(static_cast<std::size_t>(rest->already_there), half);
        QCOMPARE(f.list().size(), std::size_t(300));
    }
};

DEEPWELL_TEST(TolerantImportTest)
#include "tolerant_import_test.moc"
