#include "app/exchange/lossless_json.h"

#include "app/conversations/branches.h"
#include "app/conversations/conversation_json.h"

namespace deepwell::app {
namespace {

constexpr int kIndent = 2;

// `json` as it stands `depth` levels deep; the first line is not indented.
std::string indented(const Json& json, int depth) {
    const auto flat = json.dump(kIndent, ' ', false, Json::error_handler_t::replace);
    const std::string blanks(static_cast<std::size_t>(depth) * kIndent, ' ');
    std::string text;
    text.reserve(flat.size() + flat.size() / 8);
    // Line ends inside strings are escaped, so each one here is the layout's.
    for (const char c : flat) {
        text += c;
        if (c == '\n') text += blanks;
    }
    return text;
}

std::string key_of(const std::string& name, int depth) {
    return std::string(static_cast<std::size_t>(depth) * kIndent, ' ') + indented(Json(name), 0) +
           ": ";
}

template <class T>
std::string list_of(const char* name, const std::vector<T>& items) {
    std::string text = key_of(name, 1);
    Json array = Json::array();
    for (const auto& item : items) array.push_back(to_json(item));
    return text + indented(array, 1) + ",\n";
}

void leave_out_thoughts(Conversation& conversation) {
    for (auto& message : conversation.messages) {
        if (!message.thought || message.thought->omitted) continue;
        message.thought->text.clear();
        message.thought->omitted = true;
    }
}

}  // namespace

LosslessJsonWriter::LosslessJsonWriter(TextSink sink, ExportedNote note)
    : sink_(std::move(sink)), note_(std::move(note)) {}

Result<void> LosslessJsonWriter::begin(const std::vector<Variant>& variants,
                                       const std::vector<Folder>& folders) {
    Json exported = Json::object();
    exported["at"] = note_.at;
    exported["program"] = "Deepwell";
    exported["program_version"] = DEEPWELL_VERSION;
    exported["scope"] = note_.scope;
    exported["thoughts"] = note_.thoughts ? "full" : "omitted";
    exported["branches"] = note_.all_branches ? "all" : "current";
    exported["attachments"] = "full";
    if (!note_.time_zone.empty()) exported["timezone"] = note_.time_zone;

    std::string text = "{\n";
    text += key_of("format", 1) + indented(Json(kLosslessFormat), 1) + ",\n";
    text += key_of("version", 1) + std::to_string(kLosslessVersion) + ",\n";
    text += key_of("min_reader", 1) + std::to_string(kLosslessVersion) + ",\n";
    text += key_of("exported", 1) + indented(exported, 1) + ",\n";
    text += list_of("variants", variants);
    text += list_of("folders", folders);
    text += key_of("conversations", 1) + "[";
    return sink_(text);
}

Result<void> LosslessJsonWriter::conversation(Conversation conversation) {
    if (!note_.all_branches) conversation = current_branch(std::move(conversation));
    if (!note_.thoughts) leave_out_thoughts(conversation);
    const Json extra = std::exchange(conversation.extra, Json::object());
    auto header = indented(header_to_json(conversation), 2);
    header.resize(header.rfind("\n    }"));

    std::string text = conversations_ == 0 ? "\n    " : ",\n    ";
    text += header + ",\n" + key_of("messages", 3) + "[";
    ++conversations_;
    bool first = true;
    for (const auto& message : conversation.messages) {
        text += first ? "\n        " : ",\n        ";
        first = false;
        text += indented(to_json(message), 4);
        ++messages_;
        attachments_ += static_cast<std::int64_t>(message.attachments.size());
        if (auto written = sink_(text); !written) return written;
        text.clear();
    }
    text += first ? "]" : "\n      ]";
    for (const auto& [name, value] : extra.items()) {
        text += ",\n" + key_of(name, 3) + indented(value, 3);
    }
    text += "\n    }";
    return sink_(text);
}

Result<void> LosslessJsonWriter::end() {
    std::string text = conversations_ == 0 ? "],\n" : "\n  ],\n";
    Json counts = Json::object();
    counts["conversations"] = conversations_;
    counts["messages"] = messages_;
    counts["attachments"] = attachments_;
    text += key_of("end", 1) + indented(counts, 1) + "\n}\n";
    return sink_(text);
}

}  // namespace deepwell::app
