// Options and reports of exports and imports (exchange.md 4 and 6).
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "app/base/result.h"
#include "app/conversations/conversation.h"

namespace deepwell::app {

enum class ExportFormat { Markdown, Json };
enum class ThoughtsOption { Omit, Fold, Inline };  // for JSON: Omit, or full
enum class BranchesOption { Current, All };

struct ExportOptions {
    ExportFormat format = ExportFormat::Markdown;
    // Unset: the format's default (Markdown omits, JSON keeps).
    std::optional<ThoughtsOption> thoughts;
    // Unset: the format's default (Markdown the current path, JSON all).
    std::optional<BranchesOption> branches;
    bool model_and_date = true;
    bool speed_and_tokens = false;
    bool exact_settings = false;
    // Unset: off for one conversation, on for many.
    std::optional<bool> front_matter;
    std::optional<std::string> time_zone;  // IANA name, for people only; unset: the system's
};

// Raised from any thread; the job ends soon, its unfinished file removed.
using ExchangeStop = std::atomic<bool>;
// done of total items; called on the job's thread, at least four times a second.
using ExchangeProgress = std::function<void(std::int64_t done, std::int64_t total)>;

struct ExportReport {
    int conversations = 0;
    int messages = 0;
    int attachments = 0;
    std::int64_t bytes = 0;
    std::vector<std::string> files;
    std::vector<std::string> left_out;  // one sentence each: what is not in the files
};

// One thing that went wrong, or was odd, in a file that is read.
struct ItemReport {
    std::int64_t item = 0;  // counted from 0
    std::string name;       // title or id, where known
    std::string code;       // not-json, truncated, empty, too-deep, wrong-type, …
    std::int64_t offset = -1;
    std::string sentence;
};

// The numbers add up: brought + already_there + updated + empty + failed = met.
struct ImportReport {
    int met = 0;
    int brought = 0;
    int already_there = 0;
    int updated = 0;
    int empty = 0;
    int failed = 0;
    int in_bin = 0;    // of already_there
    bool cut = false;  // the file ended too early, or its counts do not agree
    std::vector<ItemReport> problems;
    std::vector<ItemReport> warnings;
    std::vector<ConversationId> added;

    bool adds_up() const { return brought + already_there + updated + empty + failed == met; }
};

}  // namespace deepwell::app
