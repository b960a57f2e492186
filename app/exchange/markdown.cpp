#include "app/exchange/markdown.h"

#include <fmt/format.h>

#include <QtCore/QDateTime>
#include <QtCore/QTimeZone>
#include <unordered_set>

#include "app/base/utf8.h"
#include "app/conversations/message_tree.h"
#include "app/exchange/markdown_source.h"

namespace deepwell::app {
namespace {

QTimeZone zone_of(const ExportOptions& options) {
    if (options.time_zone) {
        const QTimeZone named(QByteArray::fromStdString(*options.time_zone));
        if (named.isValid()) return named;
    }
    return QTimeZone::systemTimeZone();
}

// 24 November 2026
std::string day_of(Milliseconds time, const QTimeZone& zone) {
    static constexpr const char* kMonths[] = {"January",   "February", "March",    "April",
                                              "May",       "June",     "July",     "August",
                                              "September", "October",  "November", "December"};
    const auto date = QDateTime::fromMSecsSinceEpoch(time, zone).date();
    return fmt::format("{} {} {}", date.day(), kMonths[date.month() - 1], date.year());
}

std::string iso_of(Milliseconds time) {
    return QDateTime::fromMSecsSinceEpoch(time, Qt::UTC)
        .toString(QStringLiteral("yyyy-MM-ddTHH:mm:ssZ"))
        .toStdString();
}

// 1,204
std::string grouped(std::int64_t number) {
    auto digits = std::to_string(number);
    for (auto at = static_cast<std::ptrdiff_t>(digits.size()) - 3; at > (number < 0 ? 1 : 0);
         at -= 3) {
        digits.insert(static_cast<std::size_t>(at), ",");
    }
    return digits;
}

std::string quoted_value(std::string_view text) {
    std::string out = "\"";
    for (const char c : collapse_blanks(text)) {
        if (c == '"' || c == '\\') out += '\\';
        if (static_cast<unsigned char>(c) >= 0x20) out += c;
    }
    return out + "\"";
}

class Writer {
public:
    Writer(const Conversation& conversation, const std::vector<Variant>& variants,
           const std::vector<Folder>& folders, const ExportOptions& options, const TextSink& sink)
        : conversation_(conversation),
          variants_(variants),
          folders_(folders),
          options_(options),
          sink_(sink),
          tree_(conversation.messages),
          thoughts_(options.thoughts.value_or(ThoughtsOption::Omit)) {}

    Result<void> write(bool front_matter) {
        const auto current = tree_.current_leaf(conversation_.current);
        const auto path = current ? tree_.path_to(*current) : std::vector<const Message*>();
        if (front_matter) write_front_matter(path);
        paragraph("# " + inline_markdown(title()));
        if (options_.model_and_date) write_model_and_date(path);
        if (conversation_.system_prompt && !conversation_.system_prompt->empty()) {
            paragraph("## System prompt");
            paragraph(question_markdown(*conversation_.system_prompt));
        }
        for (const auto* message : path) {
            if (auto given = write_message(*message, heading_of(*message, "## ")); !given) {
                return given;
            }
        }
        if (options_.branches.value_or(BranchesOption::Current) == BranchesOption::All) {
            if (auto given = write_other_versions(path); !given) return given;
        }
        return give();
    }

private:
    std::string title() const {
        auto text = collapse_blanks(conversation_.title);
        return text.empty() ? "Conversation" : text;
    }
    const Variant* variant_of(const Message& message) const {
        if (!message.variant) return nullptr;
        for (const auto& variant : variants_) {
            if (variant.id == *message.variant) return &variant;
        }
        return nullptr;
    }
    // "R1-0528 Qwen3 8B" and "Q4_K_M" of the last reply whose model is known.
    std::string model_line(const std::vector<const Message*>& path,
                           const std::string& between) const {
        for (auto at = path.rbegin(); at != path.rend(); ++at) {
            if (const auto* variant = variant_of(**at)) {
                auto line = variant->name.empty() ? variant->file_name : variant->name;
                if (variant->quantization) line += between + *variant->quantization;
                return line;
            }
            if ((*at)->model_name) return *(*at)->model_name;
        }
        return {};
    }
    void write_front_matter(const std::vector<const Message*>& path) {
        text_ += "---\ntitle: " + quoted_value(title()) + "\n";
        if (conversation_.created) text_ += "created: " + iso_of(*conversation_.created) + "\n";
        if (conversation_.updated) text_ += "updated: " + iso_of(*conversation_.updated) + "\n";
        if (const auto model = model_line(path, ", "); !model.empty()) {
            text_ += "model: " + quoted_value(model) + "\n";
        }
        text_ += "source: " + quoted_value("Deepwell " DEEPWELL_VERSION) + "\n";
        for (const auto& folder : folders_) {
            if (conversation_.folder == folder.id) {
                text_ += "folder: " + quoted_value(folder.name) + "\n";
            }
        }
        if (tree_.leaves().size() > 1) {
            const bool all = options_.branches == BranchesOption::All;
            text_ += std::string("branch: ") + (all ? "\"all\"" : "\"current\"") + "\n";
        }
        text_ += "---\n";
        first_ = true;
    }
    void write_model_and_date(const std::vector<const Message*>& path) {
        auto line = inline_markdown(model_line(path, " · "));
        const auto time = conversation_.created ? conversation_.created : conversation_.updated;
        if (time) {
            if (!line.empty()) line += " · ";
            line += day_of(*time, zone_of(options_));
        }
        if (!line.empty()) paragraph(line);
    }
    static std::string heading_of(const Message& message, const std::string& marks) {
        switch (message.role) {
            case Role::System:
                return marks + "System";
            case Role::User:
                return marks + "Question";
            case Role::Assistant:
                break;
        }
        return marks + "Answer";
    }

    Result<void> write_message(const Message& message, const std::string& heading) {
        paragraph(heading);
        for (const auto& attachment : message.attachments) write_attachment(attachment);
        if (message.role != Role::Assistant) {
            paragraph(question_markdown(message.answer));
            return give();
        }
        if (message.thought) write_thought(*message.thought);
        paragraph(answer_markdown(message.answer));
        switch (message.state) {
            case MessageState::Stopped:
            case MessageState::Interrupted:
                paragraph("*(stopped)*");
                break;
            case MessageState::Failed:
                paragraph("*(failed" +
                          (message.error ? ": " + inline_markdown(message.error->text) : "") +
                          ")*");
                break;
            case MessageState::Queued:
                paragraph("*(no answer yet)*");
                break;
            case MessageState::Complete:
                break;
        }
        write_figures(message);
        return give();
    }
    void write_attachment(const Attachment& attachment) {
        paragraph("Attachment: " + inline_markdown(attachment.name));
        if (attachment.text) paragraph(fenced_markdown(*attachment.text));
    }
    // "Thought for 41 s", then the tokens where they are known.
    static std::string thought_words(const Thought& thought, const std::string& between) {
        std::string words = "Thought";
        if (thought.ms) {
            const auto seconds = static_cast<std::int64_t>((*thought.ms + 500) / 1000);
            words += seconds < 60 ? fmt::format(" for {} s", seconds)
                                  : fmt::format(" for {} min {:02} s", seconds / 60, seconds % 60);
        }
        if (thought.tokens) words += between + grouped(*thought.tokens) + " tokens";
        return words;
    }
    void write_thought(const Thought& thought) {
        if (thoughts_ == ThoughtsOption::Omit || thought.omitted) {
            paragraph("> " + thought_words(thought, ", ") + " (left out)");
        } else if (thoughts_ == ThoughtsOption::Fold) {
            paragraph("<details><summary>" + thought_words(thought, " · ") + "</summary>");
            paragraph(answer_markdown(thought.text));
            paragraph("</details>");
        } else {
            paragraph("### " + thought_words(thought, ", "));
            paragraph(quoted_markdown(answer_markdown(thought.text)));
        }
    }
    void write_figures(const Message& message) {
        std::string line;
        const auto add = [&](const std::string& part) {
            if (!line.empty()) line += " · ";
            line += part;
        };
        if (options_.speed_and_tokens) {
            if (message.answer_tokens) add(grouped(*message.answer_tokens) + " tokens");
            if (message.statistics && message.statistics->answer_tokens_per_s) {
                add(fmt::format("{:.1f} tokens/s", *message.statistics->answer_tokens_per_s));
            }
            if (message.statistics && message.statistics->first_token_ms) {
                add(fmt::format("first token after {:.1f} s",
                                *message.statistics->first_token_ms / 1000));
            }
        }
        if (options_.exact_settings && message.generation) {
            add(fmt::format("seed {}", message.generation->seed));
            if (const auto& temperature = message.generation->sampler.temperature) {
                add(fmt::format("temperature {}", *temperature));
            }
            if (const auto& top_p = message.generation->sampler.top_p) {
                add(fmt::format("top-p {}", *top_p));
            }
            if (const auto* variant = variant_of(message); variant && variant->sha256) {
                add("file " + *variant->sha256);
            }
        }
        if (!line.empty()) paragraph("*" + line + "*");
    }

    // Each message that is not on the path, once: a version with what follows it.
    Result<void> write_other_versions(const std::vector<const Message*>& path) {
        std::unordered_set<std::string> shown;
        for (const auto* message : path) shown.insert(message->id);
        bool first = true;
        for (const auto* message : tree_.depth_first()) {
            if (shown.contains(message->id)) continue;
            if (first) paragraph("## Other versions");
            first = false;
            if (auto given = write_message(*message, version_heading(*message)); !given) {
                return given;
            }
        }
        return {};
    }
    // "### Question 2, version 1 of 3"
    std::string version_heading(const Message& message) const {
        int number = 0;
        for (const auto* above : tree_.path_to(message.id)) {
            if (above->role == message.role) ++number;
        }
        auto heading = fmt::format("{} {}", heading_of(message, "### "), number);
        const auto version = tree_.version_of(message.id);
        if (version.count > 1) {
            heading += fmt::format(", version {} of {}", version.index + 1, version.count);
        }
        return heading;
    }

    void paragraph(const std::string& text) {
        if (text.empty()) return;
        if (!first_) text_ += '\n';
        first_ = false;
        text_ += text;
        text_ += '\n';
    }
    Result<void> give() {
        auto given = sink_(text_);
        text_.clear();
        return given;
    }

    const Conversation& conversation_;
    const std::vector<Variant>& variants_;
    const std::vector<Folder>& folders_;
    const ExportOptions& options_;
    const TextSink& sink_;
    MessageTree tree_;
    ThoughtsOption thoughts_;
    std::string text_;
    bool first_ = true;
};

}  // namespace

Result<void> write_markdown(const Conversation& conversation, const std::vector<Variant>& variants,
                            const std::vector<Folder>& folders, const ExportOptions& options,
                            bool front_matter, const TextSink& sink) {
    return Writer(conversation, variants, folders, options, sink).write(front_matter);
}

}  // namespace deepwell::app
