#include "app/storage/upkeep.h"

#include <utility>

#include "app/storage/copies.h"

namespace deepwell::app {

Upkeep::Upkeep(Store& store, std::function<bool()> busy, Times times, QObject* parent)
    : QObject(parent), store_(store), busy_(std::move(busy)), times_(times) {
    timer_.setSingleShot(true);
    connect(&timer_, &QTimer::timeout, this, &Upkeep::turn);
}

Upkeep::~Upkeep() {
    stop_ = true;
    if (listing_.joinable()) listing_.join();
    if (restoring_.joinable()) restoring_.join();
}

void Upkeep::start() {
    timer_.start(times_.quiet);
}

void Upkeep::try_again() {
    timer_.start(0);
}

bool Upkeep::quiet() {
    if (!busy_()) return true;
    timer_.start(times_.quiet);
    return false;
}

void Upkeep::note(const Error& error) {
    if (error.code != ErrorCode::Cancelled) emit failed(error);
}

void Upkeep::turn() {
    if (!quiet()) return;
    store_.tidy(Done<Nothing>(this, [this](const Result<Nothing>& done) {
        if (!done) note(done.error());
        copy();
    }));
}

void Upkeep::copy() {
    if (!quiet()) return;
    store_.daily_copy(Done<bool>(this, [this](const Result<bool>& done) {
        if (!done) note(done.error());
        purge();
    }));
}

void Upkeep::purge() {
    if (!quiet()) return;
    store_.purge(times_.bin_kept, Done<int>(this, [this](const Result<int>& done) {
                     if (!done) note(done.error());
                     timer_.start(times_.every);
                     emit turned();
                 }));
}

void Upkeep::list(Done<std::vector<StoreCopy>> done) {
    if (listing_.joinable()) listing_.join();
    listing_ = std::thread(
        [profile = store_.profile(), done = std::move(done)] { done(list_copies(profile)); });
}

void Upkeep::restore(const std::filesystem::path& copy, Done<ImportCounts> done) {
    if (restore_runs_.exchange(true)) {
        done(fail(ErrorCode::InvalidArgument, "A copy is being brought back already."));
        return;
    }
    if (restoring_.joinable()) restoring_.join();
    restoring_ = std::thread([this, copy, done = std::move(done)] {
        auto counts = restore_copy(copy, store_, stop_);
        restore_runs_ = false;
        done(std::move(counts));
    });
}

}  // namespace deepwell::app
