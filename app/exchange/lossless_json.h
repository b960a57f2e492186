// The lossless exchange file (deepwell-conversations.schema.json), written front to back: the
// schema's key order, two blanks a level, optional keys only where there is a value, counts at the
// end. Equal conversations give equal bytes.
#pragma once

#include <string>
#include <vector>

#include "app/exchange/exchange_values.h"
#include "app/exchange/markdown.h"

namespace deepwell::app {

// What stands in `exported`: nobody takes a reduced file for a full one.
struct ExportedNote {
    Milliseconds at = 0;
    std::string scope;  // all, selection, conversation
    bool thoughts = true;
    bool all_branches = true;
    std::string time_zone;
};

class LosslessJsonWriter {
public:
    LosslessJsonWriter(TextSink sink, ExportedNote note);

    // Once, then conversation() for each, then end().
    Result<void> begin(const std::vector<Variant>& variants, const std::vector<Folder>& folders);
    // Reduced as the note says.
    Result<void> conversation(Conversation conversation);
    Result<void> end();

    std::int64_t conversations() const { return conversations_; }
    std::int64_t messages() const { return messages_; }
    std::int64_t attachments() const { return attachments_; }

private:
    TextSink sink_;
    ExportedNote note_;
    std::int64_t conversations_ = 0;
    std::int64_t messages_ = 0;
    std::int64_t attachments_ = 0;
};

inline constexpr const char* kLosslessFormat = "deepwell-conversations";
inline constexpr int kLosslessVersion = 1;

}  // namespace deepwell::app
