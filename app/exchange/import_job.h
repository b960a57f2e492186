// A file into a store, in batches of 50 conversations or 4 MiB, each one transaction. A kill loses
// at most the open batch; running it again completes the rest without doubles.
#pragma once

#include <filesystem>

#include "app/exchange/exchange_values.h"
#include "app/storage/store.h"

namespace deepwell::app {

// What is in the file, without changing anything.
Result<ImportReport> look_into(const std::filesystem::path& file,
                               const ExchangeStop* stop = nullptr,
                               const ExchangeProgress& progress = {});

// Runs on the calling thread (a worker's, or the command's), which is not the store's nor the
// window's. Errors: UnknownFormat, Newer, NotFound, InputOutput, and the store's; after a store's
// error the report's batches before it are in.
Result<ImportReport> import_file(const std::filesystem::path& file, Store& store,
                                 const ImportOptions& options, const ExchangeStop* stop = nullptr,
                                 const ExchangeProgress& progress = {});

}  // namespace deepwell::app
