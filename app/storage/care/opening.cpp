#include "app/storage/care/opening.h"

#include "app/base/atomic_file.h"
#include "app/storage/care/salvage.h"
#include "app/storage/care/schema_check.h"
#include "app/storage/rows/reply_rows.h"
#include "app/storage/sqlite/failure.h"
#include "app/storage/sqlite/migrations.h"

namespace deepwell::app {
namespace {

constexpr int kCheckMs = 300;  // a few hundred megabytes; the rest is looked at later, at idle

std::unique_ptr<Database> open_migrated(const Profile& profile, Milliseconds now,
                                        OpenReport& report) {
    auto database = std::make_unique<Database>(profile.database(), Database::Access::Write);
    const auto migrated = migrate(*database, all_migrations(), profile.copies());
    if (!schema_agrees(*database)) {
        throw Failure(ErrorCode::Damaged, "The file of the conversations is damaged.",
                      "its list of tables");
    }
    report.schema = migrated.to;
    if (migrated.from != 0 && migrated.from != migrated.to) report.migrated_from = migrated.from;
    Transaction transaction(*database, Durability::Full);
    report.interrupted = recover(*database, now);
    transaction.commit();
    return database;
}

}  // namespace

std::pair<std::unique_ptr<Database>, OpenReport> open_store(const Profile& profile,
                                                            Milliseconds now) {
    if (auto made = create_profile(profile); !made) throw Failure(made.error());
    remove_old_parts(profile.folder);
    remove_old_parts(profile.copies());
    OpenReport report;
    for (int attempt = 0;; ++attempt) {
        try {
            auto database = open_migrated(profile, now, report);
            if (attempt == 0 && !looks_sound(*database, kCheckMs)) {
                throw Failure(ErrorCode::Damaged, "The file of the conversations is damaged.");
            }
            return {std::move(database), std::move(report)};
        } catch (...) {
            const auto error = current_error();
            if (error.code != ErrorCode::Damaged || attempt > 0) throw Failure(error);
        }
        const auto saved = salvage(profile, now);
        report.set_aside = saved.damaged.string();
        report.salvage = describe(saved);
    }
}

}  // namespace deepwell::app
