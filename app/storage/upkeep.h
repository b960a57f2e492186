// Looks after a store while nobody needs it: the log is merged, a copy of the day is made, the
// bin's old contents go, in this order; soon after the start and then every few minutes, only while
// no reply runs. Each step is short or can be cancelled, and none runs on the thread of the window.
#pragma once

#include <QtCore/QObject>
#include <QtCore/QTimer>
#include <atomic>
#include <chrono>
#include <filesystem>
#include <functional>
#include <thread>
#include <vector>

#include "app/storage/care/daily_copy.h"
#include "app/storage/store.h"

namespace deepwell::app {

class Upkeep : public QObject {
    Q_OBJECT
public:
    struct Times {
        std::chrono::milliseconds quiet = std::chrono::seconds(20);  // after the start, a reply
        std::chrono::milliseconds every = std::chrono::minutes(10);
        std::chrono::milliseconds bin_kept = std::chrono::hours(24 * 30);
    };
    // `busy`: whether a reply runs. The store must outlive it, open or not.
    Upkeep(Store& store, std::function<bool()> busy, Times times, QObject* parent = nullptr);
    // Cancels a restore that runs, and waits for its batch.
    ~Upkeep() override;

    void start();  // once the store has opened

    // A turn now, after one that failed.
    void try_again();

    // The copies there are, newest first, read on a thread of its own.
    void list(Done<std::vector<StoreCopy>> done);
    // Brings back what a copy has and the store lacks, on a thread of its own (copies.h). One at a
    // time: while one runs a further one fails with InvalidArgument.
    void restore(const std::filesystem::path& copy, Done<ImportCounts> done);

signals:
    void turned();  // all steps of one turn are through
    // A step failed; it is tried again with the next turn.
    void failed(const deepwell::app::Error& error);

private:
    void turn();
    void copy();
    void purge();
    // Whether to go on; else the turn begins anew after a quiet while.
    bool quiet();
    void note(const Error& error);

    Store& store_;
    std::function<bool()> busy_;
    Times times_;
    QTimer timer_;
    std::thread listing_;
    std::thread restoring_;
    std::atomic<bool> restore_runs_{false};
    std::atomic<bool> stop_{false};
};

}  // namespace deepwell::app
