// Folders, models, imports and care of the store.
#include <utility>

#include "app/storage/care/daily_copy.h"
#include "app/storage/rows/import_rows.h"
#include "app/storage/rows/variant_rows.h"
#include "app/storage/store_private.h"

namespace deepwell::app {
namespace {

constexpr auto kStep = std::chrono::milliseconds(30);  // of an ordinary job

}  // namespace

// --- folders, models ---

void Store::list_folders(Done<std::vector<Folder>> done) {
    d_->post<std::vector<Folder>>(Lane::Ordinary, std::move(done),
                                  [](Database& database) { return read_folders(database); });
}

void Store::save_folder(Folder folder, Done<Nothing> done) {
    d_->change<Nothing>(std::move(done), "", [folder = std::move(folder)](Database& database) {
        app::save_folder(database, folder);
        return Nothing{};
    });
}

void Store::remove_folder(FolderId id, Done<Nothing> done) {
    d_->change<Nothing>(std::move(done), "", [id = std::move(id)](Database& database) {
        app::remove_folder(database, id);
        return Nothing{};
    });
}

void Store::list_variants(Done<std::vector<Variant>> done) {
    d_->post<std::vector<Variant>>(Lane::Ordinary, std::move(done),
                                   [](Database& database) { return read_variants(database); });
}

void Store::save_variant(Variant variant, Done<Nothing> done) {
    // Urgent: a reply that is sent next names it.
    d_->post<Nothing>(Lane::Urgent, std::move(done),
                      [variant = std::move(variant)](Database& database) {
                          Transaction transaction(database, Durability::Full);
                          app::save_variant(database, variant);
                          transaction.commit();
                          return Nothing{};
                      });
}

void Store::list_model_files(Done<std::vector<ModelFileRow>> done) {
    d_->post<std::vector<ModelFileRow>>(Lane::Ordinary, std::move(done), [](Database& database) {
        return read_model_files(database);
    });
}

void Store::save_model_files(std::vector<ModelFileRow> files, std::vector<std::string> gone,
                             Done<Nothing> done) {
    d_->post<Nothing>(Lane::Ordinary, std::move(done),
                      [files = std::move(files), gone = std::move(gone)](Database& database) {
                          Transaction transaction(database, Durability::Normal);
                          app::save_model_files(database, files, gone);
                          transaction.commit();
                          return Nothing{};
                      });
}

// --- exchange, care ---

void Store::import_batch(ImportBatch batch, Done<ImportCounts> done) {
    struct Work {
        ImportBatch batch;
        ImportNames names;
        bool named = false;
        std::size_t next = 0;
        ImportCounts counts;
    };
    auto work = std::make_shared<Work>();
    work->batch = std::move(batch);
    const bool taken = d_->thread.post_steps([core = d_->core, done, work] {
        const auto until = std::chrono::steady_clock::now() + kStep;
        auto again = guarded([&] {
            auto& database = core->open_database();
            auto& conversations = work->batch.conversations;
            Transaction transaction(database, Durability::Normal);
            if (!std::exchange(work->named, true)) {
                work->names = import_names(database, work->batch.variants, work->batch.folders);
            }
            auto counts = work->counts;  // kept only with its transaction
            auto next = work->next;
            while (next < conversations.size() && std::chrono::steady_clock::now() < until) {
                import_conversation(database, std::move(conversations[next++]), work->names,
                                    work->batch.options, counts);
            }
            transaction.commit();
            work->counts = std::move(counts);
            work->next = next;
            return next < conversations.size();
        });
        if (!again) {
            done(fail(again.error()));
            return false;
        }
        if (*again) return true;
        core->tell([](Store& store) { emit store.listChanged(); });
        done(std::move(work->counts));
        return false;
    });
    if (!taken) done(fail(closed_error()));
}

void Store::tidy(Done<Nothing> done) {
    d_->post<Nothing>(Lane::Ordinary, std::move(done), [](Database& database) {
        database.run("PRAGMA optimize;");
        database.run("PRAGMA wal_checkpoint(TRUNCATE);");
        return Nothing{};
    });
}

void Store::daily_copy(Done<bool> done) {
    const auto now = d_->core->now_ms();
    const bool taken = d_->care.post(Lane::Ordinary, [core = d_->core, done, now] {
        auto made = guarded([&] { return make_daily_copy(core->profile, now, core->closing); });
        // Once a day the whole database is looked over; the start has no time for that.
        const bool look = made ? *made : made.error().code == ErrorCode::Damaged;
        if (look && !is_sound(core->profile, core->closing)) core->suspect = true;
        done(std::move(made));
    });
    if (!taken) done(fail(closed_error()));
}

}  // namespace deepwell::app
