// Conversations out of the store into files that are whole or absent. Runs on the calling thread,
// which is a worker's or the command's, never the window's; reads one snapshot.
#pragma once

#include <filesystem>
#include <span>
#include <string>

#include "app/exchange/exchange_values.h"
#include "app/exchange/markdown.h"
#include "app/storage/snapshot.h"

namespace deepwell::app {

struct ExportSource {
    const Snapshot& snapshot;
    std::vector<ConversationId> conversations;  // by rising order
    bool everything = false;                    // "all": the bin too where the format can say so
};

// What `--all` takes: for JSON the bin too, which the file marks; for readable formats not.
Result<ExportSource> export_everything(const Snapshot& snapshot, ExportFormat format);

// All into one file. An existing file is replaced once the new one is whole.
Result<ExportReport> export_to_file(const ExportSource& source, const ExportOptions& options,
                                    const std::filesystem::path& file, Milliseconds now,
                                    const ExchangeStop* stop = nullptr,
                                    const ExchangeProgress& progress = {});

// The same into any sink: standard output.
Result<ExportReport> export_to_sink(const ExportSource& source, const ExportOptions& options,
                                    const TextSink& sink, Milliseconds now,
                                    const ExchangeStop* stop = nullptr,
                                    const ExchangeProgress& progress = {});

// One file each (Markdown), named by date and title, never over a file that is there; `index.md`
// last. The folder is made where it is missing.
Result<ExportReport> export_to_folder(const ExportSource& source, const ExportOptions& options,
                                      const std::filesystem::path& folder, Milliseconds now,
                                      const ExchangeStop* stop = nullptr,
                                      const ExchangeProgress& progress = {});

// The same writer into memory: the preview (stopped after `lines` lines) and the clipboard.
Result<std::string> export_text(const Conversation& conversation,
                                const std::vector<Variant>& variants, const ExportOptions& options,
                                Milliseconds now, std::size_t lines = static_cast<std::size_t>(-1));

}  // namespace deepwell::app
