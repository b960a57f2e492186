#include "app/exchange/lossless_json_import.h"

#include <fmt/format.h>

#include "app/conversations/conversation_json.h"
#include "app/exchange/item_builder.h"
#include "app/exchange/lossless_json.h"
#include "app/exchange/text_filter.h"

namespace deepwell::app {
namespace {

// What one walk through the file looks for. Keys in another order than ours (a tool sorted them)
// need two: first all but the conversations, then these.
enum class Walk { Everything, Frame, Conversations };

class Reader {
public:
    Reader(const ImportSink& sink, TextFilter& filter, const ExchangeProgress& progress,
           std::int64_t size, Walk walk)
        : sink_(sink), filter_(filter), progress_(progress), size_(size), walk_(walk) {}

    // --- what nlohmann::json::sax_parse calls ---
    bool null() { return scalar(Json()); }
    bool boolean(bool value) { return scalar(Json(value)); }
    bool number_integer(std::int64_t value) { return scalar(Json(value)); }
    bool number_unsigned(std::uint64_t value) { return scalar(Json(value)); }
    bool number_float(double value, const std::string&) { return scalar(Json(value)); }
    bool binary(Json::binary_t&) { return false; }
    bool string(std::string& value) {
        begin_value();
        return !building() || !builder_.text(value) || whole();
    }
    bool start_object(std::size_t) { return open(true); }
    bool start_array(std::size_t) { return open(false); }
    bool end_object() { return close(); }
    bool end_array() { return close(); }
    bool key(std::string& name) {
        if (depth_ == 1) {
            top_ = name;
        } else if (building()) {
            builder_.key(name);
        }
        return true;
    }
    bool parse_error(std::size_t position, const std::string&, const Json::exception&) {
        failed_at_ = static_cast<std::int64_t>(position);
        return false;
    }

    std::int64_t items = 0;
    std::int64_t messages = 0;
    bool out_of_order = false;  // conversations came before what they name
    bool newer = false;
    std::int64_t min_reader = 1;
    bool wrong_format = false;
    std::optional<Json> end;
    bool halted = false;  // the sink has had enough
    std::int64_t failed_at() const { return failed_at_; }

private:
    bool list_key() const {
        return top_ == "variants" || top_ == "folders" || top_ == "conversations";
    }
    bool wanted() const {
        const bool conversation = top_ == "conversations";
        if (walk_ == Walk::Frame) return !conversation;
        if (walk_ == Walk::Conversations) return conversation;
        return true;
    }
    bool building() const { return in_item_ && wanted(); }

    void begin_value() {
        const std::size_t item_depth = list_key() && in_list_ ? 2 : 1;
        if (depth_ == item_depth && !in_item_) {
            in_item_ = true;
            builder_.start();
        }
    }
    bool scalar(Json value) {
        begin_value();
        if (!building()) return skip_scalar();
        return !builder_.scalar(std::move(value)) || whole();
    }
    bool skip_scalar() {
        const std::size_t item_depth = list_key() && in_list_ ? 2 : 1;
        if (in_item_ && depth_ == item_depth) in_item_ = false;
        return true;
    }
    bool open(bool object) {
        if (depth_ == 1 && list_key() && !object) {
            in_list_ = true;
            ++depth_;
            note_order();
            return true;
        }
        if (depth_ == 0) {
            ++depth_;
            wrong_format = !object;
            return object;
        }
        begin_value();
        ++depth_;
        if (building()) builder_.open(object);
        return true;
    }
    bool close() {
        --depth_;
        if (depth_ == 0) return true;
        if (depth_ == 1 && in_list_) {
            in_list_ = false;
            return true;
        }
        const std::size_t item_depth = in_list_ ? 2 : 1;
        if (!building()) {
            if (in_item_ && depth_ == item_depth) in_item_ = false;
            return true;
        }
        return !builder_.close() || whole();
    }
    void note_order() {
        if (top_ == "variants") seen_variants_ = true;
        if (top_ == "folders") seen_folders_ = true;
        if (top_ == "conversations" && walk_ == Walk::Everything &&
            !(seen_variants_ && seen_folders_ && seen_min_reader_)) {
            out_of_order = true;
            walk_ = Walk::Frame;
        }
    }
    // A value of the top, or an item of a list, is whole.
    bool whole() {
        in_item_ = false;
        auto value = builder_.take();
        if (!in_list_) return take_top(value);
        return top_ == "conversations" ? take_conversation(value) : take_named(value);
    }
    bool take_top(const Json& value) {
        if (top_ == "format") {
            wrong_format =
                !value.is_string() || value.get_ref<const std::string&>() != kLosslessFormat;
            return !wrong_format;
        }
        if (top_ == "min_reader" && value.is_number_integer()) {
            seen_min_reader_ = true;
            min_reader = value.get<std::int64_t>();
            newer = min_reader > kLosslessVersion;
            return !newer;
        }
        if (top_ == "end") end = value;
        return true;
    }
    bool take_named(const Json& value) {
        WrongKeys wrong;
        bool more = true;
        if (top_ == "variants") {
            if (auto variant = variant_from_json(value, &wrong)) more = sink_.variant(*variant);
        } else if (auto folder = folder_from_json(value, &wrong)) {
            more = sink_.folder(*folder);
        }
        halted = !more;
        return more;
    }
    bool take_conversation(const Json& value) {
        const auto number = items++;
        const auto reported = filter_.bad_bytes() + filter_.bad_escapes();
        if (progress_) progress_(filter_.offset(), size_);
        if (builder_.too_deep()) {
            sink_.problem({number, "", "too-deep", filter_.offset(),
                           fmt::format("Item {} is nested too deeply to be read.", number + 1)});
            return true;
        }
        if (builder_.cut_text()) {
            sink_.warning(
                {number, "", "text-cut", filter_.offset(),
                 fmt::format("A text of item {} was longer than 64 MiB and was cut.", number + 1)});
        }
        if (reported > reported_) {
            reported_ = reported;
            sink_.warning({number, "", "bad-text", filter_.offset(),
                           fmt::format("Item {} has letters that cannot be read; they are shown "
                                       "as �.",
                                       number + 1)});
        }
        auto conversation = conversation_from_item(value, number, sink_);
        if (!conversation) return true;
        messages += static_cast<std::int64_t>(conversation->messages.size());
        halted = !sink_.conversation(number, std::move(*conversation));
        return !halted;
    }

    const ImportSink& sink_;
    TextFilter& filter_;
    const ExchangeProgress& progress_;
    std::int64_t size_;
    Walk walk_;
    ItemBuilder builder_;
    std::string top_;
    std::size_t depth_ = 0;
    bool in_list_ = false;
    bool in_item_ = false;
    bool seen_variants_ = false;
    bool seen_folders_ = false;
    bool seen_min_reader_ = false;
    std::int64_t reported_ = 0;
    std::int64_t failed_at_ = -1;
};

std::int64_t count_in(const std::optional<Json>& end, const char* key) {
    if (!end || !end->is_object() || !end->contains(key) || !(*end)[key].is_number_integer()) {
        return -1;
    }
    return (*end)[key].get<std::int64_t>();
}

}  // namespace

int LosslessJsonImporter::sniff(std::string_view beginning) const {
    const auto first = beginning.find_first_not_of(" \t\r\n\xEF\xBB\xBF");
    if (first == std::string_view::npos || beginning[first] != '{') return 0;
    return beginning.find(std::string("\"") + kLosslessFormat + "\"") != std::string_view::npos
               ? 100
               : 0;
}

Result<ReadSummary> LosslessJsonImporter::read(ImportSource& source, const ImportSink& sink,
                                               const ExchangeStop* stop,
                                               const ExchangeProgress& progress) const {
    ReadSummary summary;
    std::int64_t messages = 0;
    std::optional<Json> end;
    for (auto walk = Walk::Everything;;) {
        TextFilter filter(source, stop);
        Reader reader(sink, filter, progress, source.size(), walk);
        const bool good = nlohmann::json::sax_parse(TextFilter::Iterator(filter),
                                                    TextFilter::Iterator(), &reader);
        if (filter.error()) return fail(*filter.error());
        if (reader.newer) {
            return fail(ErrorCode::Newer,
                        fmt::format("This file was written by a newer Deepwell (format {}). Update "
                                    "to read it.",
                                    reader.min_reader));
        }
        if (reader.wrong_format) {
            return fail(ErrorCode::UnknownFormat,
                        "This file is not a conversation export that Deepwell knows.");
        }
        if (reader.halted) return fail(ErrorCode::Cancelled, "Cancelled.");
        summary.items += reader.items;
        messages += reader.messages;
        if (reader.end) end = reader.end;
        if (!good) {
            summary.cut = true;
            // At the end of the input the parser stands one byte behind the last one.
            const bool ended = filter.next() < 0 && reader.failed_at() >= filter.offset();
            sink.problem({summary.items, "", ended ? "truncated" : "not-json", filter.offset(),
                          ended ? fmt::format("The file ends in the middle of item {}. The {} "
                                              "before it can be brought in.",
                                              summary.items + 1, summary.items)
                                : fmt::format("The file is damaged at byte {}. The {} "
                                              "conversations before it can be brought in.",
                                              reader.failed_at(), summary.items)});
            ++summary.items;  // the damaged one was met, too
            if (walk == Walk::Everything && !reader.out_of_order) return summary;
        }
        if (walk != Walk::Everything || !reader.out_of_order) break;
        if (auto again = source.rewind(); !again) return fail(again.error());
        walk = Walk::Conversations;
    }
    if (count_in(end, "conversations") != summary.items || count_in(end, "messages") != messages) {
        if (!summary.cut) {
            sink.warning({summary.items, "", "truncated", source.size(),
                          "The counts at the end of the file do not agree with what is in it: "
                          "something may be missing."});
        }
        summary.cut = true;
    }
    return summary;
}

}  // namespace deepwell::app
