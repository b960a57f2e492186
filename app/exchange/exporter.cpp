#include "app/exchange/exporter.h"

#include <fmt/format.h>

#include <QtCore/QDateTime>
#include <QtCore/QTimeZone>
#include <algorithm>
#include <unordered_set>

#include "app/base/atomic_file.h"
#include "app/exchange/file_name.h"
#include "app/exchange/lossless_json.h"
#include "app/exchange/markdown.h"
#include "app/exchange/markdown_source.h"

namespace deepwell::app {
namespace fs = std::filesystem;

namespace {

bool stopped(const ExchangeStop* stop) {
    return stop != nullptr && *stop;
}

auto cancelled() {
    return fail(ErrorCode::Cancelled, "Cancelled. Nothing was changed.");
}

std::string time_zone_of(const ExportOptions& options) {
    return options.time_zone.value_or(QTimeZone::systemTimeZoneId().toStdString());
}

bool keeps_thoughts(const ExportOptions& options) {
    return options.thoughts.value_or(ThoughtsOption::Fold) != ThoughtsOption::Omit;
}

bool keeps_branches(const ExportOptions& options) {
    return options.branches.value_or(BranchesOption::All) == BranchesOption::All;
}

// What the chosen conversations name: variants of replies and settings, folders with those above.
struct Named {
    std::unordered_set<VariantId> variants;
    std::unordered_set<FolderId> folders;

    void note(const Conversation& conversation) {
        if (conversation.folder) folders.insert(*conversation.folder);
        if (conversation.settings && conversation.settings->variant) {
            variants.insert(*conversation.settings->variant);
        }
        for (const auto& message : conversation.messages) {
            if (message.variant) variants.insert(*message.variant);
        }
    }
};

std::vector<Folder> with_those_above(const std::vector<Folder>& folders,
                                     std::unordered_set<FolderId> wanted) {
    for (std::size_t before = 0; before != wanted.size();) {
        before = wanted.size();
        for (const auto& folder : folders) {
            if (folder.parent && wanted.contains(folder.id)) wanted.insert(*folder.parent);
        }
    }
    std::vector<Folder> kept;
    for (const auto& folder : folders) {
        if (wanted.contains(folder.id)) kept.push_back(folder);
    }
    return kept;
}

Result<void> write_json(const ExportSource& source, const ExportOptions& options, Milliseconds now,
                        const TextSink& sink, const ExchangeStop* stop,
                        const ExchangeProgress& progress, ExportReport& report) {
    auto variants = source.snapshot.variants();
    if (!variants) return fail(variants.error());
    auto folders = source.snapshot.folders();
    if (!folders) return fail(folders.error());
    if (!source.everything) {
        // Variants and folders stand before the conversations, so these are read twice.
        Named named;
        for (const auto& id : source.conversations) {
            if (stopped(stop)) return cancelled();
            const auto conversation = source.snapshot.conversation(id);
            if (!conversation) return fail(conversation.error());
            named.note(*conversation);
        }
        std::erase_if(*variants,
                      [&](const Variant& variant) { return !named.variants.contains(variant.id); });
        *folders = with_those_above(*folders, named.folders);
    }
    ExportedNote note;
    note.at = now;
    note.scope = source.everything                  ? "all"
                 : source.conversations.size() == 1 ? "conversation"
                                                    : "selection";
    note.thoughts = keeps_thoughts(options);
    note.all_branches = keeps_branches(options);
    note.time_zone = time_zone_of(options);
    LosslessJsonWriter writer(sink, note);
    if (auto begun = writer.begin(*variants, *folders); !begun) return begun;
    std::int64_t done = 0;
    for (const auto& id : source.conversations) {
        if (stopped(stop)) return cancelled();
        auto conversation = source.snapshot.conversation(id);
        if (!conversation) return fail(conversation.error());
        if (auto written = writer.conversation(std::move(*conversation)); !written) return written;
        if (progress) progress(++done, static_cast<std::int64_t>(source.conversations.size()));
    }
    report.conversations = static_cast<int>(writer.conversations());
    report.messages = static_cast<int>(writer.messages());
    report.attachments = static_cast<int>(writer.attachments());
    if (!note.thoughts) report.left_out.push_back("The texts of thoughts were left out.");
    if (!note.all_branches) report.left_out.push_back("Only the chosen versions are in the file.");
    return writer.end();
}

void count(const Conversation& conversation, ExportReport& report) {
    ++report.conversations;
    report.messages += static_cast<int>(conversation.messages.size());
    for (const auto& message : conversation.messages) {
        report.attachments += static_cast<int>(message.attachments.size());
    }
}

Result<void> write_markdown_of(const ExportSource& source, const ConversationId& id,
                               const std::vector<Variant>& variants,
                               const std::vector<Folder>& folders, const ExportOptions& options,
                               bool front_matter, const TextSink& sink, ExportReport& report) {
    const auto conversation = source.snapshot.conversation(id);
    if (!conversation) return fail(conversation.error());
    count(*conversation, report);
    return write_markdown(*conversation, variants, folders, options, front_matter, sink);
}

// One behind the other, parted by rules.
Result<void> write_all_markdown(const ExportSource& source, const ExportOptions& options,
                                const TextSink& sink, const ExchangeStop* stop,
                                const ExchangeProgress& progress, ExportReport& report) {
    const auto variants = source.snapshot.variants();
    if (!variants) return fail(variants.error());
    const auto folders = source.snapshot.folders();
    if (!folders) return fail(folders.error());
    const bool front_matter =
        options.front_matter.value_or(false) && source.conversations.size() == 1;
    std::int64_t done = 0;
    for (const auto& id : source.conversations) {
        if (stopped(stop)) return cancelled();
        if (done > 0) {
            if (auto parted = sink("\n---\n\n"); !parted) return parted;
        }
        auto written =
            write_markdown_of(source, id, *variants, *folders, options, front_matter, sink, report);
        if (!written) return written;
        ++done;
        if (progress) progress(done, static_cast<std::int64_t>(source.conversations.size()));
    }
    return {};
}

}  // namespace

Result<ExportSource> export_everything(const Snapshot& snapshot, ExportFormat format) {
    const auto rows = snapshot.rows(format == ExportFormat::Json);
    if (!rows) return fail(rows.error());
    ExportSource source{snapshot, {}, true};
    for (const auto& row : *rows) source.conversations.push_back(row.id);
    return source;
}

Result<ExportReport> export_to_sink(const ExportSource& source, const ExportOptions& options,
                                    const TextSink& sink, Milliseconds now,
                                    const ExchangeStop* stop, const ExchangeProgress& progress) {
    ExportReport report;
    const TextSink counted = [&](std::string_view text) {
        report.bytes += static_cast<std::int64_t>(text.size());
        return sink(text);
    };
    const auto written = options.format == ExportFormat::Json
                             ? write_json(source, options, now, counted, stop, progress, report)
                             : write_all_markdown(source, options, counted, stop, progress, report);
    if (!written) return fail(written.error());
    if (stopped(stop)) return cancelled();
    return report;
}

Result<ExportReport> export_to_file(const ExportSource& source, const ExportOptions& options,
                                    const fs::path& file, Milliseconds now,
                                    const ExchangeStop* stop, const ExchangeProgress& progress) {
    auto out = AtomicFile::create(file, AtomicFile::Mode::User);
    if (!out) return fail(out.error());
    const TextSink sink = [&](std::string_view text) { return out->write(text); };
    auto report = export_to_sink(source, options, sink, now, stop, progress);
    if (!report) return report;
    if (auto committed = out->commit(); !committed) return fail(committed.error());
    report->files.push_back(out->target().string());
    return report;
}

Result<ExportReport> export_to_folder(const ExportSource& source, const ExportOptions& options,
                                      const fs::path& folder, Milliseconds now,
                                      const ExchangeStop* stop, const ExchangeProgress& progress) {
    std::error_code error;
    fs::create_directories(folder, error);
    if (error) return fail(error_from_errno(error.value(), "make folder", folder.string()));
    remove_old_parts(folder);
    FileNames names;
    for (const auto& entry : fs::directory_iterator(folder, error)) {
        names.taken(entry.path().filename().string());
    }
    const auto index_file = folder / names.unique("index", ".md");
    const auto variants = source.snapshot.variants();
    if (!variants) return fail(variants.error());
    const auto folders = source.snapshot.folders();
    if (!folders) return fail(folders.error());
    const auto zone = QTimeZone(QByteArray::fromStdString(time_zone_of(options)));

    ExportReport report;
    std::string index = "# Conversations\n\n";
    std::int64_t done = 0;
    for (const auto& id : source.conversations) {
        if (stopped(stop)) return cancelled();
        const auto conversation = source.snapshot.conversation(id);
        if (!conversation) return fail(conversation.error());
        const auto time = conversation->created.value_or(conversation->updated.value_or(now));
        const auto day =
            QDateTime::fromMSecsSinceEpoch(time, zone.isValid() ? zone : QTimeZone::utc())
                .date()
                .toString(Qt::ISODate)
                .toStdString();
        const auto name = names.unique(day + " " + file_stem(conversation->title), ".md");
        auto out =
            AtomicFile::create(folder / name, AtomicFile::Mode::User, AtomicFile::Replace::No);
        if (!out) return fail(out.error());
        const TextSink sink = [&](std::string_view text) { return out->write(text); };
        auto written = write_markdown(*conversation, *variants, *folders, options,
                                      options.front_matter.value_or(true), sink);
        if (!written) return fail(written.error());
        if (auto committed = out->commit(); !committed) return fail(committed.error());
        count(*conversation, report);
        report.bytes += static_cast<std::int64_t>(out->bytes_written());
        report.files.push_back(out->target().string());
        index += fmt::format("- {} [{}](<{}>)\n", day, inline_markdown(conversation->title), name);
        ++done;
        if (progress) progress(done, static_cast<std::int64_t>(source.conversations.size()));
    }
    if (auto written = write_file_atomically(index_file, index, AtomicFile::Mode::User); !written) {
        return fail(written.error());
    }
    report.files.push_back(index_file.string());
    return report;
}

Result<std::string> export_text(const Conversation& conversation,
                                const std::vector<Variant>& variants, const ExportOptions& options,
                                Milliseconds now, std::size_t lines) {
    // Enough is said by an error of the sink: the writers stop at the first one.
    std::string text;
    std::size_t count = 0;
    const TextSink sink = [&](std::string_view piece) -> Result<void> {
        for (const char c : piece) {
            if (count >= lines) return fail(ErrorCode::Cancelled, "");
            text += c;
            if (c == '\n') ++count;
        }
        return {};
    };
    Result<void> written;
    if (options.format == ExportFormat::Markdown) {
        written = write_markdown(conversation, variants, {}, options,
                                 options.front_matter.value_or(false), sink);
    } else {
        ExportedNote note;
        note.at = now;
        note.scope = "conversation";
        note.thoughts = keeps_thoughts(options);
        note.all_branches = keeps_branches(options);
        note.time_zone = time_zone_of(options);
        Named named;
        named.note(conversation);
        auto used = variants;
        std::erase_if(used,
                      [&](const Variant& variant) { return !named.variants.contains(variant.id); });
        LosslessJsonWriter writer(sink, note);
        written = writer.begin(used, {});
        if (written) written = writer.conversation(conversation);
        if (written) written = writer.end();
    }
    if (!written && written.error().code != ErrorCode::Cancelled) return fail(written.error());
    return text;
}

}  // namespace deepwell::app
