// deepwell-cli conversations list | export | import | restore: what is in the profile, out of it,
// into it.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <QtCore/QDateTime>
#include <algorithm>
#include <cstdio>
#include <iostream>
#include <memory>

#include "app/base/paths.h"
#include "app/base/profile_lock.h"
#include "app/base/wait_for.h"
#include "app/cli/commands.h"
#include "app/cli/restore_command.h"
#include "app/exchange/exporter.h"
#include "app/exchange/import_job.h"
#include "app/storage/snapshot.h"
#include "app/storage/store.h"

namespace deepwell::app::cli {
namespace {

// A command line that makes no sense is told from what did not work.
int report(const Shell& shell, const Error& error) {
    const int code = shell.report(error);
    return error.code == ErrorCode::InvalidArgument ? kUsage : code;
}

// None yet is no error: nothing has been said in this profile.
Result<std::optional<Snapshot>> look(const Profile& profile) {
    auto snapshot = Snapshot::open(profile);
    if (snapshot) return std::optional<Snapshot>(std::move(*snapshot));
    if (snapshot.error().code == ErrorCode::NotFound) return std::optional<Snapshot>();
    return fail(snapshot.error());
}

// --- list ---

struct ListOptions {
    bool json = false;
    bool bin = false;
};

Json json_of(const ConversationRow& row) {
    const auto or_null = [](const auto& value) { return value ? Json(*value) : Json(); };
    Json json = Json::object();
    json["id"] = row.id;
    json["title"] = row.title;
    json["created"] = or_null(row.created);
    json["updated"] = or_null(row.updated);
    json["order"] = row.order;
    json["pinned"] = row.pinned;
    json["archived"] = row.archived;
    json["deleted"] = or_null(row.deleted);
    json["folder"] = or_null(row.folder);
    json["messages"] = row.messages;
    json["last_state"] = row.last_state ? Json(std::string(name_of(*row.last_state))) : Json();
    return json;
}

int list(const ListOptions& options, const Shell& shell) {
    const auto snapshot = look(shell.profile());
    if (!snapshot) return report(shell, snapshot.error());
    std::vector<ConversationRow> rows;
    if (*snapshot) {
        auto found = (*snapshot)->rows(options.bin);
        if (!found) return report(shell, found.error());
        rows = std::move(*found);
    }
    std::reverse(rows.begin(), rows.end());  // the newest first, as the window shows them
    if (options.json) {
        Json array = Json::array();
        for (const auto& row : rows) array.push_back(json_of(row));
        std::cout << array.dump(2, ' ', false, Json::error_handler_t::replace) << "\n";
        return kOk;
    }
    for (const auto& row : rows) {
        const auto time = row.updated.value_or(row.created.value_or(0));
        std::cout << fmt::format("{}  {}  {:>4}  {}{}\n", row.id,
                                 QDateTime::fromMSecsSinceEpoch(time)
                                     .toString(QStringLiteral("yyyy-MM-dd HH:mm"))
                                     .toStdString(),
                                 row.messages, row.title.empty() ? "(no title)" : row.title,
                                 row.deleted ? "  (in the bin)" : "");
    }
    if (rows.empty()) std::cerr << "There are no conversations in this profile yet.\n";
    return kOk;
}

// --- export ---

struct ExportChoices {
    std::string format = "markdown";
    std::string thoughts;
    std::string branches;
    std::string out;
    bool all = false;
    bool front_matter = false;
    std::vector<std::string> ids;
};

// A whole id, or the beginning of just one.
Result<ConversationId> find_id(const std::vector<ConversationRow>& rows, const std::string& named) {
    std::vector<ConversationId> found;
    for (const auto& row : rows) {
        if (row.id == named) return row.id;
        if (!named.empty() && row.id.starts_with(named)) found.push_back(row.id);
    }
    if (found.size() == 1) return found.front();
    return fail(ErrorCode::NotFound,
                found.empty() ? fmt::format("There is no conversation '{}'. "
                                            "`deepwell-cli conversations list` shows them.",
                                            named)
                              : fmt::format("'{}' is the beginning of {} conversations. "
                                            "Give more of the id.",
                                            named, found.size()));
}

ExportOptions options_of(const ExportChoices& choices) {
    ExportOptions options;
    options.format = choices.format == "json" ? ExportFormat::Json : ExportFormat::Markdown;
    if (choices.thoughts == "omit") options.thoughts = ThoughtsOption::Omit;
    if (choices.thoughts == "fold") options.thoughts = ThoughtsOption::Fold;
    if (choices.thoughts == "inline") options.thoughts = ThoughtsOption::Inline;
    if (choices.branches == "current") options.branches = BranchesOption::Current;
    if (choices.branches == "all") options.branches = BranchesOption::All;
    if (choices.front_matter) options.front_matter = true;
    return options;
}

Result<ExportSource> source_of(const ExportChoices& choices, const Snapshot& snapshot,
                               ExportFormat format) {
    if (choices.all) return export_everything(snapshot, format);
    const auto rows = snapshot.rows(true);
    if (!rows) return fail(rows.error());
    ExportSource source{snapshot, {}, false};
    for (const auto& row : *rows) {
        for (const auto& named : choices.ids) {
            const auto id = find_id(*rows, named);
            if (!id) return fail(id.error());
            if (*id == row.id) {
                source.conversations.push_back(row.id);
                break;
            }
        }
    }
    return source;
}

// A folder gets a file for each: one that is there, a name that ends with a slash, or several
// conversations where the name is not that of a Markdown file.
bool is_folder_target(const ExportChoices& choices, std::size_t count, ExportFormat format) {
    std::error_code error;
    const std::filesystem::path out(choices.out);
    if (format != ExportFormat::Markdown) return false;
    return std::filesystem::is_directory(out, error) || choices.out.ends_with('/') ||
           (count != 1 && out.extension() != ".md");
}

int export_conversations(const ExportChoices& choices, const Shell& shell) {
    if (choices.all == !choices.ids.empty()) {
        return report(shell,
                      {ErrorCode::InvalidArgument,
                       "Name the conversations by their ids, or give --all for all of them.", ""});
    }
    const auto snapshot = Snapshot::open(shell.profile());
    if (!snapshot) return report(shell, snapshot.error());
    const auto options = options_of(choices);
    const auto source = source_of(choices, *snapshot, options.format);
    if (!source) return report(shell, source.error());
    const auto now = SystemClock().now_ms();

    if (choices.out.empty() || choices.out == "-") {
        const TextSink sink = [](std::string_view text) -> Result<void> {
            if (std::fwrite(text.data(), 1, text.size(), stdout) == text.size()) return {};
            return fail(error_from_errno(errno, "write", "standard output"));
        };
        const auto done = export_to_sink(*source, options, sink, now);
        if (!done) return report(shell, done.error());
        return std::fflush(stdout) == 0 ? kOk : kFailed;
    }
    const auto done = is_folder_target(choices, source->conversations.size(), options.format)
                          ? export_to_folder(*source, options, choices.out, now)
                          : export_to_file(*source, options, choices.out, now);
    if (!done) return report(shell, done.error());
    std::cerr << fmt::format("{} conversations, {} messages, {} bytes: {}\n", done->conversations,
                             done->messages, done->bytes, choices.out);
    for (const auto& sentence : done->left_out) std::cerr << sentence << "\n";
    return kOk;
}

// --- import ---

struct ImportChoices {
    std::vector<std::string> files;
    bool copies = false;
    bool look_only = false;
    bool json = false;
};

void print(const ImportReport& result, const std::string& file, bool json) {
    if (json) {
        const auto list = [](const std::vector<ItemReport>& items) {
            Json array = Json::array();
            for (const auto& item : items) {
                array.push_back({{"item", item.item},
                                 {"code", item.code},
                                 {"offset", item.offset},
                                 {"sentence", item.sentence}});
            }
            return array;
        };
        Json line = Json::object();
        line["file"] = file;
        line["met"] = result.met;
        line["brought"] = result.brought;
        line["already_there"] = result.already_there;
        line["updated"] = result.updated;
        line["empty"] = result.empty;
        line["failed"] = result.failed;
        line["cut"] = result.cut;
        line["problems"] = list(result.problems);
        line["warnings"] = list(result.warnings);
        std::cout << to_text(line) << "\n";
        return;
    }
    std::cout << fmt::format(
        "{}: brought {}, already there {}, updated {}, empty {}, failed {} of {}\n", file,
        result.brought, result.already_there, result.updated, result.empty, result.failed,
        result.met);
    if (result.in_bin > 0) {
        std::cout << fmt::format("{} of those already there lie in the bin.\n", result.in_bin);
    }
    for (const auto& item : result.problems) std::cerr << item.sentence << "\n";
    for (const auto& item : result.warnings) std::cerr << item.sentence << "\n";
}

int import_conversations(const ImportChoices& choices, const Shell& shell) {
    int code = kOk;
    const auto note = [&](const std::string& file, const Result<ImportReport>& result) {
        if (!result) {
            report(shell, result.error());
            code = kFailed;
            return;
        }
        print(*result, file, choices.json);
        if (result->failed > 0 || result->cut) code = kFailed;
    };
    if (choices.look_only) {
        for (const auto& file : choices.files) note(file, look_into(file));
        return code;
    }
    const auto profile = shell.profile();
    if (auto made = create_profile(profile); !made) return report(shell, made.error());
    const auto lock = ProfileLock::take(profile);
    if (!lock) return report(shell, lock.error());
    const SystemClock clock;
    Store store(profile, clock);
    const auto opened = wait_for<OpenReport>([&](auto done) { store.open(done); });
    if (!opened) return report(shell, opened.error());
    ImportOptions options;
    options.as_copies = choices.copies;
    for (const auto& file : choices.files) note(file, import_file(file, store, options));
    store.close(std::chrono::seconds(10));
    return code;
}

}  // namespace

void add_conversations(CLI::App& program, Shell& shell) {
    CLI::App* command =
        program.add_subcommand("conversations", "List, export, import and restore conversations");
    command->require_subcommand(1);

    auto list_options = std::make_shared<ListOptions>();
    CLI::App* listing = command->add_subcommand("list", "The conversations, newest first");
    listing->add_flag("--json", list_options->json, "A JSON array on standard output");
    listing->add_flag("--bin", list_options->bin, "Those in the bin, too");
    listing->callback([=, &shell] { shell.exit_code = list(*list_options, shell); });

    auto choices = std::make_shared<ExportChoices>();
    CLI::App* exporting = command->add_subcommand(
        "export",
        "Write conversations as Markdown or as lossless JSON.\n"
        "Also while the window is open: reads one moment, changes nothing.");
    exporting->add_option("ID", choices->ids, "Ids, or their beginnings");
    exporting->add_flag("--all", choices->all, "All of them (JSON: with the bin)");
    exporting->add_option("--format", choices->format, "markdown or json")
        ->check(CLI::IsMember({"markdown", "json"}));
    exporting
        ->add_option("--thoughts", choices->thoughts,
                     "omit, fold or inline (default: Markdown omits, JSON keeps)")
        ->check(CLI::IsMember({"omit", "fold", "inline"}));
    exporting
        ->add_option("--branches", choices->branches,
                     "current or all (default: Markdown current, JSON all)")
        ->check(CLI::IsMember({"current", "all"}));
    exporting->add_flag("--front-matter", choices->front_matter,
                        "Title, dates and model as a header of the Markdown file");
    exporting->add_option("--out", choices->out,
                          "A file, or a folder for one Markdown file each (default: standard "
                          "output)");
    exporting->callback([=, &shell] { shell.exit_code = export_conversations(*choices, shell); });

    auto import_choices = std::make_shared<ImportChoices>();
    CLI::App* importing = command->add_subcommand(
        "import", "Bring conversations in from Deepwell's JSON files; a second time does no harm");
    importing->add_option("FILE", import_choices->files, "The files")->required();
    importing->add_flag("--copies", import_choices->copies,
                        "As new conversations, also where they are here already");
    importing->add_flag("--look", import_choices->look_only,
                        "Only say what is in the files; change nothing");
    importing->add_flag("--json", import_choices->json, "One JSON line a file");
    importing->callback(
        [=, &shell] { shell.exit_code = import_conversations(*import_choices, shell); });

    add_restore(*command, shell);
}

}  // namespace deepwell::app::cli
