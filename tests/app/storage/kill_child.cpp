// A program that is there to be killed. What it says on standard output, line by line and at once,
// is what a person would have seen by then.
//
//   kill_child stream PROFILE SEED   sends questions and streams replies into the store, for ever
//   kill_child play PROFILE          the same through the program's service and player
//   kill_child migrate PROFILE       brings a database to a later schema, then ends
//   kill_child hold PROFILE          takes the lock, says so, waits for ever
//   kill_child busy PROFILE          the same in the middle of a write to the database
#include <fmt/format.h>
#include <unistd.h>

#include <QtCore/QCoreApplication>
#include <chrono>
#include <random>
#include <thread>

#include "app/base/profile_lock.h"
#include "app/generation/generation_service.h"
#include "app/generation/player.h"
#include "app/storage/sqlite/database.h"
#include "tests/app/storage/kill_values.h"
#include "tests/app/storage/store_fixture.h"

using namespace deepwell::tests;

namespace {

void say(const std::string& line) {
    const auto text = line + "\n";
    if (::write(STDOUT_FILENO, text.data(), text.size()) < 0) std::exit(3);
}

int stream(const Profile& profile, unsigned seed) {
    const SystemClock clock;
    Store store(profile, clock);
    if (!wait_for<OpenReport>([&](auto done) { store.open(done); })) return 2;
    say("open");
    std::mt19937 random(seed);
    for (int number = 0;; ++number) {
        auto sending = StoreFixture::question("question " + std::to_string(number));
        const auto sent = wait_for<Sent>([&](auto done) { store.send(sending, done); });
        if (!sent) return 2;
        say(fmt::format("sent {} {} {}", sent->question.conversation, sent->question.message,
                        sent->reply.message));
        Message reply = sending.reply;
        std::size_t shown = 0;
        const auto chunks = 5 + random() % 40;
        for (unsigned i = 0; i < chunks; ++i) {
            std::this_thread::sleep_for(std::chrono::milliseconds(5 + random() % 30));
            const auto size = 1 + random() % 40;
            JournalEntry entry{
                i < chunks / 2 ? JournalEntry::Kind::Thought : JournalEntry::Kind::Answer,
                streamed_text(shown, size), 1, 1.0 * i};
            shown += size;
            apply(entry, reply);
            store.append_journal(sent->reply, entry);
            say(fmt::format("shown {} {} {} {}", sent->reply.conversation, sent->reply.message,
                            shown, monotonic_ms()));
        }
        reply.state = MessageState::Complete;
        const auto ended = wait_for<Nothing>(
            [&](auto done) { store.finish_reply(sent->reply.conversation, reply, done); });
        if (!ended) return 2;
        say(fmt::format("finished {} {} {}", sent->reply.conversation, sent->reply.message, shown));
    }
}

// One recorded reply that takes a while: a thought, then an answer, both of the endless text.
std::string recording() {
    constexpr std::size_t kPieces = 60;
    constexpr std::size_t kSize = 20;
    Json pieces = Json::array();
    for (std::size_t i = 0; i < kPieces; ++i) {
        if (i == kPieces / 2) pieces.push_back({{"text", "\n</think>\n\n"}, {"delay_ms", 1}});
        pieces.push_back({{"text", streamed_text(i * kSize, kSize)}, {"delay_ms", 9}});
    }
    Json reply = {{"opened_by_template", true}, {"pieces", pieces}, {"finish", "stop"}};
    return to_text({{"replies", Json::array({reply})}});
}

int play(const Profile& profile) {
    const SystemClock clock;
    Store store(profile, clock);
    if (!wait_for<OpenReport>([&](auto done) { store.open(done); })) return 2;
    const auto replies = parse_recording(recording());
    if (!replies) return 2;
    GenerationService service(
        store, clock, [&](EventSink sink) { return start_player(*replies, std::move(sink)); },
        [](const Conversation&) -> deepwell::engine::Result<ReplySettings> {
            ReplySettings settings;
            settings.guard = LoopGuardChoice::Off;
            return settings;
        });
    say("open");
    const auto ask = [&] {
        Conversation fresh;
        fresh.id = new_id();
        service.send(fresh.id, fresh, std::nullopt, {"question", {}, Overflow::Refuse, {}});
    };
    const auto shown = [](const LiveReply& live) {
        return (live.message.thought ? live.message.thought->text.size() : 0) +
               live.message.answer.size();
    };
    QObject::connect(
        &service, &GenerationService::sent, &service,
        [](const std::string& conversation, const std::string& question, const std::string& reply) {
            say(fmt::format("sent {} {} {}", conversation, question, reply));
        });
    QObject::connect(&service, &GenerationService::replyChanged, &service,
                     [&](const std::string& conversation) {
                         const auto* live = service.live(conversation);
                         if (live == nullptr || shown(*live) == 0) return;
                         say(fmt::format("shown {} {} {} {}", conversation, live->ref.message,
                                         shown(*live), monotonic_ms()));
                     });
    QObject::connect(&service, &GenerationService::replyEnded, &service,
                     [&](const std::string& conversation, const std::string& reply) {
                         say(fmt::format("finished {} {} {}", conversation, reply,
                                         shown(*service.live(conversation))));
                         ask();
                     });
    ask();
    return QCoreApplication::exec();
}

int migrate_slowly(const Profile& profile) {
    Database database(profile.database(), Database::Access::Write);
    say("open");
    migrate(database, later_migrations(), profile.copies());
    say("migrated");
    return 0;
}

int hold(const Profile& profile) {
    const auto lock = ProfileLock::take(profile);
    say(lock ? "held" : "refused");
    if (!lock) return 0;
    for (;;) ::pause();
}

int hold_database(const Profile& profile) {
    Database database(profile.database(), Database::Access::Write);
    database.run("BEGIN IMMEDIATE;");
    say("busy");
    for (;;) ::pause();
}

}  // namespace

int main(int argc, char** argv) {
    QCoreApplication application(argc, argv);
    if (argc < 3) return 1;
    const std::string what = argv[1];
    const Profile profile{argv[2]};
    if (what == "stream") return stream(profile, static_cast<unsigned>(std::atoi(argv[3])));
    if (what == "play") return play(profile);
    if (what == "migrate") return migrate_slowly(profile);
    if (what == "busy") return hold_database(profile);
    return hold(profile);
}
