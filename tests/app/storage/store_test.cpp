#include "app/storage/store.h"

#include <sys/stat.h>

#include <QtCore/QElapsedTimer>
#include <fstream>

#include "app/storage/snapshot.h"
#include "tests/app/storage/store_fixture.h"
#include "tests/support/test_main.h"

using namespace deepwell::tests;
namespace fs = std::filesystem;

class StoreTest : public QObject {
    Q_OBJECT
private slots:
    void a_question_is_saved_with_the_reply_that_it_asks_for() {
        StoreFixture f;
        QVERIFY(f.open().has_value());
        QVERIFY(f.run([](Store& s, auto done) {
                     s.save_draft({{}, "How deep"}, done);
                 }).has_value());
        const auto sent = f.send(StoreFixture::question("How deep is the well?"));
        QVERIFY(sent.has_value());
        const auto loaded = f.load(sent->question.conversation);
        QVERIFY(loaded.has_value());
        QCOMPARE(loaded->title, std::string("How deep is the well?"));
        QCOMPARE(loaded->messages.size(), std::size_t(2));
        QCOMPARE(loaded->messages[1].state, MessageState::Queued);
        QCOMPARE(loaded->current.value(), sent->reply.message);
        const auto rows = f.list();
        QCOMPARE(rows.size(), std::size_t(1));
        QVERIFY(rows[0].has_job);
        // The start page's draft became the question.
        const auto draft = wait_for<std::string>([&](auto done) { f.store->load_draft({}, done); });
        QCOMPARE(*draft, std::string());
        struct stat status = {};
        QCOMPARE(::stat(f.profile().database().c_str(), &status), 0);
        QCOMPARE(status.st_mode & 0777, mode_t(0600));
    }

    void the_end_of_a_reply_replaces_what_was_journaled() {
        StoreFixture f;
        QVERIFY(f.open().has_value());
        const auto sent = f.send(StoreFixture::question("q"));
        f.store->append_journal(sent->reply, {JournalEntry::Kind::Thought, "Let me", 2, 5});
        f.store->append_journal(sent->reply, {JournalEntry::Kind::Answer, "four", 1, 0});
        QCOMPARE(f.load(sent->reply.conversation)->messages[1].answer, std::string("four"));
        QVERIFY(f.finish(sent->reply, "forty-two", "Let me see").has_value());
        const auto loaded = f.load(sent->reply.conversation);
        QCOMPARE(loaded->messages[1].answer, std::string("forty-two"));
        QCOMPARE(loaded->messages[1].thought->text, std::string("Let me see"));
        QCOMPARE(loaded->messages[1].state, MessageState::Complete);
        QVERIFY(!f.list()[0].has_job);
    }

    void what_was_cut_off_is_interrupted_at_the_next_start() {
        StoreFixture f;
        QVERIFY(f.open().has_value());
        const auto sent = f.send(StoreFixture::question("q"));
        f.store->append_journal(sent->reply, {JournalEntry::Kind::Thought, "Let me", 2, 5});
        f.store->close();
        const auto opened = f.open();
        QVERIFY(opened.has_value());
        QCOMPARE(opened->interrupted.size(), std::size_t(0));  // closing did it already
        const auto reply = f.load(sent->reply.conversation)->messages[1];
        QCOMPARE(reply.state, MessageState::Interrupted);
        QCOMPARE(reply.thought->text, std::string("Let me"));
        QCOMPARE(reply.thought->ended_by.value(), ThoughtEndedBy::Interruption);
    }

    void a_reply_goes_on_where_it_was_cut_off() {
        StoreFixture f;
        QVERIFY(f.open().has_value());
        const auto sent = f.send(StoreFixture::question("q"));
        f.store->append_journal(sent->reply, {JournalEntry::Kind::Answer, "one ", 1, 0});
        f.store->close();
        QVERIFY(f.open().has_value());
        QVERIFY(f.run([&](Store& s, auto done) {
                     s.resume_reply(sent->reply, Json::object(), done);
                 }).has_value());
        f.store->append_journal(sent->reply, {JournalEntry::Kind::Answer, "two", 1, 0});
        const auto reply = f.load(sent->reply.conversation)->messages[1];
        QCOMPARE(reply.answer, std::string("one two"));
        QCOMPARE(reply.answer_tokens.value(), std::int64_t(2));
        QCOMPARE(reply.state, MessageState::Queued);
    }

    void try_again_and_edit_make_siblings_and_versions_are_chosen() {
        StoreFixture f;
        QVERIFY(f.open().has_value());
        const auto first = f.talk("q", "a1");
        const auto id = first.reply.conversation;
        const auto again = wait_for<Sent>([&](auto done) {
            f.store->add_reply(id, queued_reply(first.question.message, new_id(), 1, std::nullopt),
                               Json::object(), done);
        });
        QVERIFY(again.has_value());
        QVERIFY(f.finish(again->reply, "a2").has_value());
        auto edit = StoreFixture::question("better q", id);
        edit.question.edited_from = first.question.message;
        QVERIFY(f.send(edit).has_value());

        const auto loaded = f.load(id);
        const MessageTree tree(loaded->messages);
        QCOMPARE(tree.version_of(again->reply.message).count, std::size_t(2));
        QCOMPARE(tree.version_of(edit.question.id).index, std::size_t(1));
        QCOMPARE(tree.find(edit.question.id)->edited_from.value(), first.question.message);
        QCOMPARE(loaded->current.value(), edit.reply.id);

        const auto leaf =
            wait_for<MessageId>([&](auto done) { f.store->choose_version(first.question, done); });
        QCOMPARE(*leaf, again->reply.message);
        QCOMPARE(f.load(id)->current.value(), again->reply.message);
    }

    void lists_go_by_sequence_and_not_by_the_clock() {
        StoreFixture f;
        QVERIFY(f.open().has_value());
        const auto a = f.talk("a", "1");
        f.clock.set(1795604400123 - 365LL * 24 * 3600 * 1000);  // a year back
        const auto b = f.talk("b", "2");
        QCOMPARE(f.list()[0].id, b.reply.conversation);
        f.talk("more", "3", {}, a.reply.conversation, a.reply.message);
        QCOMPARE(f.list()[0].id, a.reply.conversation);
        QVERIFY(f.run([&](Store& s, auto done) {
                     s.set_pinned(b.reply.conversation, true, done);
                 }).has_value());
        QCOMPARE(f.list()[0].id, b.reply.conversation);
    }

    void a_deleted_conversation_comes_back_after_a_restart() {
        StoreFixture f;
        QVERIFY(f.open().has_value());
        const auto sent = f.talk("precious words", "yes");
        const auto id = sent.reply.conversation;
        QVERIFY(f.run([&](Store& s, auto done) { s.remove_conversation(id, done); }).has_value());
        QVERIFY(f.list().empty());
        QVERIFY(f.search({"precious"}).empty());
        f.store->close();
        QVERIFY(f.open().has_value());
        QVERIFY(f.list().empty());
        Store::ListQuery bin;
        bin.deleted = true;
        QCOMPARE(f.list(bin).size(), std::size_t(1));
        QVERIFY(f.run([&](Store& s, auto done) { s.restore_conversation(id, done); }).has_value());
        QCOMPARE(f.list().size(), std::size_t(1));
        QCOMPARE(f.search({"precious"}).size(), std::size_t(2));  // title and question
    }

    void a_deleted_message_takes_what_hangs_below_it_and_brings_it_back() {
        StoreFixture f;
        QVERIFY(f.open().has_value());
        const auto one = f.talk("q1", "a1");
        const auto id = one.reply.conversation;
        const auto two = f.talk("q2", "a2", {}, id, one.reply.message);
        const auto hidden = wait_for<std::vector<MessageId>>(
            [&](auto done) { f.store->remove_message(two.question, done); });
        QCOMPARE(hidden->size(), std::size_t(2));
        auto loaded = f.load(id);
        QCOMPARE(loaded->messages.size(), std::size_t(2));
        QCOMPARE(loaded->current.value(), one.reply.message);
        QVERIFY(f.search({"a2"}).empty());
        QVERIFY(
            f.run([&](Store& s, auto done) { s.restore_messages(id, *hidden, done); }).has_value());
        loaded = f.load(id);
        QCOMPARE(loaded->messages.size(), std::size_t(4));
        QCOMPARE(loaded->current.value(), two.reply.message);
    }

    void deleted_means_deleted() {
        StoreFixture f;
        QVERIFY(f.open().has_value());
        const std::string word = "Zyzzogeton";
        const auto gone = f.talk("the " + word + " question", "the " + word + " answer",
                                 "a " + word + " thought");
        const auto kept = f.talk("kept question", "kept answer");
        QVERIFY(f.run([&](Store& s, auto done) {
                     s.save_draft({gone.reply.conversation, word + " draft"}, done);
                 }).has_value());
        const auto part =
            f.talk(word + " in a branch", word, {}, kept.reply.conversation, kept.reply.message);
        QVERIFY(wait_for<std::vector<MessageId>>([&](auto done) {
                    f.store->remove_message(part.question, done);
                }).has_value());
        QVERIFY(f.run([&](Store& s, auto done) {
                     s.remove_conversation(gone.reply.conversation, done);
                 }).has_value());
        const auto too_young =
            wait_for<int>([&](auto done) { f.store->purge(std::chrono::hours(24 * 30), done); });
        QCOMPARE(*too_young, 0);
        f.clock.advance(31LL * 24 * 3600 * 1000);
        const auto purged =
            wait_for<int>([&](auto done) { f.store->purge(std::chrono::hours(24 * 30), done); });
        QVERIFY(purged.has_value());
        QCOMPARE(*purged, 3);
        // While it still runs, and after it has ended: in no file of the profile.
        for (const bool closed : {false, true}) {
            if (closed) f.store->close();
            for (const auto& entry : fs::recursive_directory_iterator(f.profile().folder)) {
                if (!entry.is_regular_file()) continue;
                std::ifstream file(entry.path(), std::ios::binary);
                std::string bytes((std::istreambuf_iterator<char>(file)), {});
                for (const auto& trace : {word, std::string("zyzzogeton")}) {
                    QVERIFY2(bytes.find(trace) == std::string::npos, entry.path().c_str());
                }
            }
        }
        QVERIFY(f.open().has_value());
        QCOMPARE(f.load(kept.reply.conversation)->messages.size(), std::size_t(2));
    }

    void search_finds_latin_and_chinese_and_filters_thoughts() {
        StoreFixture f;
        QVERIFY(f.open().has_value());
        f.talk("Où est le café crème?", "Straße und Fjord", "deep wells of thought");
        f.talk("这口水井有多深？", "水井深三十八米。石头落下需要时间。", "声音");
        SearchQuery query;
        query.text = "cafe CREME";
        auto hits = f.search(query);
        QCOMPARE(hits.size(), std::size_t(2));
        QCOMPARE(hits[0].place, SearchHit::Place::Title);
        QCOMPARE(hits[1].place, SearchHit::Place::Question);
        const auto& match = hits[1].matches.at(0);
        QCOMPARE(hits[1].snippet.substr(match.start, match.length), std::string("café"));
        query.titles = false;
        query.text = "水井";
        QCOMPARE(f.search(query).size(), std::size_t(2));
        query.questions = false;
        QCOMPARE(f.search(query).size(), std::size_t(1));
        query.text = "井水";  // the letters are there, the word is not
        QVERIFY(f.search(query).empty());
        query.text = "深三";
        QCOMPARE(f.search(query).size(), std::size_t(1));
        query.text = "fjo";  // a beginning
        QCOMPARE(f.search(query).size(), std::size_t(1));
        query.text = "wells";
        QVERIFY(f.search(query).empty());
        query.thoughts = true;
        hits = f.search(query);
        QCOMPARE(hits.size(), std::size_t(1));
        QCOMPARE(hits[0].place, SearchHit::Place::Thought);
        for (const auto* hostile : {"\"", "* OR -", "NEAR(", "a\"b", "{answer}:", "()", ""}) {
            query.text = hostile;
            f.search(query);  // no error, whatever it finds
        }
    }

    void folders_hold_conversations_and_give_them_up() {
        StoreFixture f;
        QVERIFY(f.open().has_value());
        const auto sent = f.talk("q", "a");
        QVERIFY(f.run([](Store& s, auto done) {
                     s.save_folder({"outer", {}, "Outer", 0, {}}, done);
                 }).has_value());
        QVERIFY(f.run([](Store& s, auto done) {
                     s.save_folder({"inner", "outer", "Inner", 0, {}}, done);
                 }).has_value());
        // A ring is refused silently: the folder stays at the top.
        QVERIFY(f.run([](Store& s, auto done) {
                     s.save_folder({"outer", "inner", "Outer", 0, {}}, done);
                 }).has_value());
        QVERIFY(f.run([&](Store& s, auto done) {
                     s.set_folder(sent.reply.conversation, "inner", done);
                 }).has_value());
        QVERIFY(f.run([](Store& s, auto done) { s.remove_folder("inner", done); }).has_value());
        QCOMPARE(f.list()[0].folder.value(), std::string("outer"));
        QVERIFY(!f.run([](Store& s, auto done) { s.remove_folder("inner", done); }));
    }

    void branch_here_is_saved_as_a_conversation_of_its_own() {
        StoreFixture f;
        QVERIFY(f.open().has_value());
        const auto one = f.talk("q1", "a1");
        const auto original = f.load(one.reply.conversation);
        const auto branch = branch_here(*original, one.reply.message, 5);
        QVERIFY(f.run([&](Store& s, auto done) { s.create(*branch, done); }).has_value());
        const auto loaded = f.load(branch->id);
        QCOMPARE(loaded->messages.size(), std::size_t(2));
        QCOMPARE(loaded->current.value(), branch->messages.back().id);
        QVERIFY(!f.run([&](Store& s, auto done) { s.create(*branch, done); }));
    }

    void variants_and_model_files_are_remembered() {
        StoreFixture f;
        QVERIFY(f.open().has_value());
        Variant variant;
        variant.id = "v1";
        variant.name = "R1";
        variant.file_name = "r1.gguf";
        variant.file_size = 5;
        variant.parts = {{"r1-1.gguf", 2, std::nullopt}, {"r1-2.gguf", 3, std::string(64, 'a')}};
        variant.plan = Json{{"context", 4096}};
        QVERIFY(f.run([&](Store& s, auto done) { s.save_variant(variant, done); }).has_value());
        QVERIFY(f.run([&](Store& s, auto done) {
                     s.save_model_files({{"/m/r1.gguf", 5, 9, "v1", std::nullopt}}, {}, done);
                 }).has_value());
        const auto variants =
            wait_for<std::vector<Variant>>([&](auto done) { f.store->list_variants(done); });
        QCOMPARE(variants->size(), std::size_t(1));
        QVERIFY(variants->front() == variant);
        const auto files = wait_for<std::vector<ModelFileRow>>(
            [&](auto done) { f.store->list_model_files(done); });
        QCOMPARE(files->front().variant.value(), std::string("v1"));
    }

    void a_snapshot_sees_one_moment_and_cannot_write() {
        StoreFixture f;
        QVERIFY(!Snapshot::open(f.profile()));
        QVERIFY(f.open().has_value());
        const auto one = f.talk("q1", "a1");
        const auto running = f.send(StoreFixture::question("still running"));
        f.store->append_journal(running->reply, {JournalEntry::Kind::Answer, "so far", 2, 0});
        QVERIFY(f.load(running->reply.conversation).has_value());  // the chunk is written by now
        const auto snapshot = Snapshot::open(f.profile());
        QVERIFY2(snapshot.has_value(), snapshot ? "" : describe(snapshot.error()).c_str());
        f.talk("later", "a", {}, one.reply.conversation, one.reply.message);
        QCOMPARE(snapshot->rows(false)->size(), std::size_t(2));
        QCOMPARE(snapshot->conversation(one.reply.conversation)->messages.size(), std::size_t(2));
        const auto cut = snapshot->conversation(running->reply.conversation);
        QCOMPARE(cut->messages[1].state, MessageState::Interrupted);
        QCOMPARE(cut->messages[1].answer, std::string("so far"));
        // In the store itself it still runs.
        QCOMPARE(f.load(running->reply.conversation)->messages[1].state, MessageState::Queued);
    }

    void closing_takes_half_a_second_at_most() {
        StoreFixture f;
        QVERIFY(f.open().has_value());
        for (int i = 0; i < 50; ++i) f.talk("q", std::string(20'000, 'x'));
        for (int i = 0; i < 200; ++i) f.store->search({"x"}, {});
        QElapsedTimer timer;
        timer.start();
        f.store->close();
        QVERIFY2(timer.elapsed() < 700, QByteArray::number(timer.elapsed()).constData());
        QVERIFY(!f.load("x"));
    }

    void everybody_who_waits_is_answered_when_it_closes() {
        StoreFixture f;
        QVERIFY(f.open().has_value());
        f.talk("q", "a");
        int answers = 0;
        for (int i = 0; i < 500; ++i) {
            f.store->search({"q"},
                            Done<std::vector<SearchHit>>(
                                this, [&](const Result<std::vector<SearchHit>>&) { ++answers; }));
        }
        f.store->close();
        QTRY_COMPARE(answers, 500);
    }

    void calls_before_open_has_answered_wait_for_it() {
        StoreFixture f;
        f.store = std::make_unique<Store>(f.profile(), f.clock);
        bool opened = false;
        f.store->open(
            Done<OpenReport>(this, [&](Result<OpenReport> r) { opened = r.has_value(); }));
        QVERIFY(f.list().empty());
        QVERIFY(opened);
    }
};

DEEPWELL_TEST(StoreTest)
#include "store_test.moc"
