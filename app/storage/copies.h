// The way back from a daily copy: what is missing comes back, nothing that is there is touched
// (reliability.md rows 5 and 8).
#pragma once

#include <atomic>
#include <filesystem>

#include "app/storage/care/daily_copy.h"
#include "app/storage/store.h"

namespace deepwell::app {

// Conversations and messages that the copy has and the store lacks, by the rules of an import: what
// is there stays as it is, what lies in the bin stays there. In batches, each one transaction. Runs
// on the calling thread (a worker's, or the command's), which is not the store's nor the window's.
// Errors: NotFound, Damaged, Newer, InvalidArgument (of an older schema), Cancelled, and the
// store's.
Result<ImportCounts> restore_copy(const std::filesystem::path& copy, Store& store,
                                  const std::atomic<bool>& stop);

}  // namespace deepwell::app
