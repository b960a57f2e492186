// Conversations from files into the store. A format is one Importer; a new one is one file and one
// row of the table in importer.cpp.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string_view>
#include <vector>

#include "app/exchange/exchange_values.h"

namespace deepwell::app {

// Where a reader's conversations go: the dry run counts them, the job stores them in batches. What
// they return false for ends the reading (cancelled, or the store failed).
struct ImportSink {
    std::function<bool(Variant)> variant;
    std::function<bool(Folder)> folder;
    // item: its number in the file, from 0.
    std::function<bool(std::int64_t item, Conversation)> conversation;
    std::function<void(ItemReport)> problem;  // the item is lost
    std::function<void(ItemReport)> warning;  // it came in, but something was odd
};

// The bytes of one file, front to back.
class ImportSource {
public:
    virtual ~ImportSource() = default;
    // Up to `size` bytes; 0 at the end.
    virtual Result<std::size_t> read(char* into, std::size_t size) = 0;
    virtual Result<void> rewind() = 0;
    virtual std::int64_t size() const = 0;
    virtual std::string name() const = 0;  // without folders
};

struct ReadSummary {
    std::int64_t items = 0;  // met in the file
    bool cut = false;        // it ended too early, or its own counts do not agree
};

class Importer {
public:
    virtual ~Importer() = default;
    virtual std::string_view format() const = 0;  // "deepwell", …
    // 0 (not mine) … 100 (surely mine), by the first 64 KiB of the content, never by the name.
    virtual int sniff(std::string_view beginning) const = 0;
    // Tolerant and streaming: one conversation in memory. Errors only where nothing can be read at
    // all (UnknownFormat, Newer, InputOutput); all else goes to the sink.
    virtual Result<ReadSummary> read(ImportSource& source, const ImportSink& sink,
                                     const ExchangeStop* stop,
                                     const ExchangeProgress& progress) const = 0;
};

// All formats that this program reads.
std::vector<std::unique_ptr<Importer>> all_importers();

Result<std::unique_ptr<ImportSource>> open_import_source(const std::filesystem::path& file);

}  // namespace deepwell::app
