#include "app/cli/terminal/reply_printer.h"

#include "app/problems/numbers.h"

namespace deepwell::app::cli {
namespace {

constexpr const char* kDim = "\x1b[2m";
constexpr const char* kPlain = "\x1b[0m";
constexpr const char* kClearLine = "\r\x1b[K";

std::string percent(double share) {
    return std::to_string(static_cast<int>(share * 100)) + " %";
}

}  // namespace

std::string safe_for_terminal(const std::string& text) {
    std::string safe;
    safe.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto byte = static_cast<unsigned char>(text[i]);
        if (byte == '\n' || byte == '\t') {
            safe += text[i];
        } else if (byte < 0x20) {
            // U+2400 and on: ␀ … ␟
            safe += "\xe2\x90";
            safe += static_cast<char>(0x80 + byte);
        } else if (byte == 0x7f) {
            safe += "\xe2\x90\xa1";
        } else if (byte == 0xc2 && i + 1 < text.size() &&
                   static_cast<unsigned char>(text[i + 1]) < 0xa0) {
            safe += "\xef\xbf\xbd";  // C1 controls
            ++i;
        } else {
            safe += text[i];
        }
    }
    return safe;
}

ReplyPrinter::~ReplyPrinter() {
    clear_progress();
    if (options_.colours && part_ == Part::Thought) std::fputs(kPlain, stdout);
    std::fflush(stdout);
}

void ReplyPrinter::take(const Event& event) {
    if (const auto* load = std::get_if<LoadProgress>(&event)) {
        progress("Loading model " + percent(load->done));
    } else if (const auto* read = std::get_if<ReadProgress>(&event)) {
        progress("Reading the question " + thousands(static_cast<std::uint64_t>(read->done)) +
                 " of " + thousands(static_cast<std::uint64_t>(read->total)) + " tokens");
    } else if (const auto* started = std::get_if<Started>(&event)) {
        clear_progress();
        for (const std::string& note : started->notes) {
            std::fprintf(stderr, "note: %s\n", note.c_str());
        }
    } else if (const auto* delta = std::get_if<Delta>(&event)) {
        if (!delta->thought.empty() && options_.thought) {
            part(Part::Thought);
            write(delta->thought);
        }
        if (!delta->answer.empty()) {
            part(Part::Answer);
            write(delta->answer);
        }
    } else if (std::holds_alternative<Ended>(event)) {
        clear_progress();
        part(Part::Nothing);
    }
    std::fflush(stdout);
}

void ReplyPrinter::part(Part part) {
    if (part == part_) return;
    clear_progress();
    if (options_.text) {
        if (part_ != Part::Nothing && !at_line_start_) write("\n");
        if (options_.colours && part_ == Part::Thought) std::fputs(kPlain, stdout);
        if (part == Part::Answer && part_ == Part::Thought) write("\n");
        if (options_.colours && part == Part::Thought) std::fputs(kDim, stdout);
    }
    part_ = part;
}

void ReplyPrinter::write(const std::string& text) {
    if (!options_.text || text.empty()) return;
    const std::string shown = options_.colours ? safe_for_terminal(text) : text;
    std::fwrite(shown.data(), 1, shown.size(), stdout);
    at_line_start_ = shown.back() == '\n';
}

void ReplyPrinter::progress(const std::string& line) {
    if (!options_.progress || part_ != Part::Nothing) return;
    std::fprintf(stderr, "%s%s", kClearLine, line.c_str());
    std::fflush(stderr);
    progress_shown_ = true;
}

void ReplyPrinter::clear_progress() {
    if (!progress_shown_) return;
    std::fputs(kClearLine, stderr);
    std::fflush(stderr);
    progress_shown_ = false;
}

}  // namespace deepwell::app::cli
