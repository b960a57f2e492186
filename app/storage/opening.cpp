#include "app/storage/opening.h"

#include "app/base/atomic_file.h"
#include "app/storage/failure.h"
#include "app/storage/migrations.h"
#include "app/storage/reply_rows.h"

namespace deepwell::app {
namespace {

std::unique_ptr<Database> open_migrated(const Profile& profile, Milliseconds now,
                                        OpenReport& report) {
    auto database = std::make_unique<Database>(profile.database(), Database::Access::Write);
    const auto migrated = migrate(*database, all_migrations(), profile.copies());
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
    auto database = open_migrated(profile, now, report);
    return {std::move(database), std::move(report)};
}

}  // namespace deepwell::app
