#include "app/exchange/import_job.h"

#include <fmt/format.h>

#include <string>

#include "app/base/wait_for.h"
#include "app/exchange/importer.h"

namespace deepwell::app {
namespace {

constexpr std::size_t kBatch = 50;
constexpr std::size_t kBatchBytes = 4u * 1024 * 1024;
constexpr std::size_t kBeginning = 64 * 1024;

Result<std::unique_ptr<Importer>> choose_importer(ImportSource& source) {
    std::string beginning(kBeginning, '\0');
    std::size_t filled = 0;
    while (filled < beginning.size()) {
        const auto got = source.read(beginning.data() + filled, beginning.size() - filled);
        if (!got) return fail(got.error());
        if (*got == 0) break;
        filled += *got;
    }
    beginning.resize(filled);
    if (auto back = source.rewind(); !back) return fail(back.error());
    std::unique_ptr<Importer> best;
    int score = 0;
    for (auto& importer : all_importers()) {
        if (const int value = importer->sniff(beginning); value > score) {
            score = value;
            best = std::move(importer);
        }
    }
    if (best) return best;
    return fail(ErrorCode::UnknownFormat,
                "This file is not a conversation export that Deepwell knows. It reads its own "
                "JSON files.",
                source.name());
}

std::size_t size_of(const Conversation& conversation) {
    std::size_t bytes = 1024;
    for (const auto& message : conversation.messages) {
        bytes += 512 + message.answer.size();
        if (message.thought) bytes += message.thought->text.size();
        for (const auto& attachment : message.attachments) {
            bytes += attachment.text.value_or("").size() + attachment.bytes.value_or("").size();
        }
    }
    return bytes;
}

// Collects what is read and hands it to the store batch by batch.
class Batches {
public:
    Batches(Store& store, const ImportOptions& options, ImportReport& report)
        : store_(store), options_(options), report_(report) {}

    bool add(Conversation conversation) {
        bytes_ += size_of(conversation);
        conversations_.push_back(std::move(conversation));
        return conversations_.size() < kBatch && bytes_ < kBatchBytes ? true : flush();
    }
    // False after an error of the store.
    bool flush() {
        if (error_) return false;
        if (conversations_.empty() && done_once_) return true;
        done_once_ = true;
        Store::ImportBatch batch{variants, folders, std::move(conversations_), options_};
        const auto size = static_cast<int>(batch.conversations.size());
        conversations_.clear();
        bytes_ = 0;
        const auto counts =
            wait_for<ImportCounts>([&](auto done) { store_.import_batch(std::move(batch), done); });
        if (!counts) {
            error_ = counts.error();
            report_.failed += size;
            return false;
        }
        report_.brought += counts->brought;
        report_.already_there += counts->already_there;
        report_.updated += counts->updated;
        report_.in_bin += counts->in_bin;
        report_.failed += counts->failed;
        report_.added.insert(report_.added.end(), counts->added.begin(), counts->added.end());
        return true;
    }
    const std::optional<Error>& error() const { return error_; }

    std::vector<Variant> variants;
    std::vector<Folder> folders;

private:
    Store& store_;
    const ImportOptions& options_;
    ImportReport& report_;
    std::vector<Conversation> conversations_;
    std::size_t bytes_ = 0;
    bool done_once_ = false;
    std::optional<Error> error_;
};

ImportSink reporting_sink(ImportReport& report) {
    ImportSink sink;
    sink.variant = [](Variant) { return true; };
    sink.folder = [](Folder) { return true; };
    sink.problem = [&report](ItemReport problem) {
        ++report.failed;
        report.problems.push_back(std::move(problem));
    };
    sink.warning = [&report](ItemReport warning) { report.warnings.push_back(std::move(warning)); };
    return sink;
}

}  // namespace

Result<ImportReport> look_into(const std::filesystem::path& file, const ExchangeStop* stop,
                               const ExchangeProgress& progress) {
    auto source = open_import_source(file);
    if (!source) return fail(source.error());
    auto importer = choose_importer(**source);
    if (!importer) return fail(importer.error());
    ImportReport report;
    auto sink = reporting_sink(report);
    sink.conversation = [&](std::int64_t, Conversation) {
        ++report.brought;
        return true;
    };
    const auto read = (*importer)->read(**source, sink, stop, progress);
    if (!read) return fail(read.error());
    report.cut = read->cut;
    report.met = static_cast<int>(read->items);
    return report;
}

Result<ImportReport> import_file(const std::filesystem::path& file, Store& store,
                                 const ImportOptions& options, const ExchangeStop* stop,
                                 const ExchangeProgress& progress) {
    auto source = open_import_source(file);
    if (!source) return fail(source.error());
    auto importer = choose_importer(**source);
    if (!importer) return fail(importer.error());
    ImportReport report;
    Batches batches(store, options, report);
    auto sink = reporting_sink(report);
    sink.variant = [&](Variant variant) {
        batches.variants.push_back(std::move(variant));
        return true;
    };
    sink.folder = [&](Folder folder) {
        batches.folders.push_back(std::move(folder));
        return true;
    };
    sink.conversation = [&](std::int64_t, Conversation conversation) {
        return batches.add(std::move(conversation));
    };
    const auto read = (*importer)->read(**source, sink, stop, progress);
    if (batches.error()) return fail(*batches.error());
    if (!read) return fail(read.error());
    if (!batches.flush()) return fail(*batches.error());
    report.cut = read->cut;
    report.met = static_cast<int>(read->items);
    return report;
}

}  // namespace deepwell::app
