// What a row of the messages says of itself.
#include "ui/text/block_text.h"
#include "ui/viewmodels/conversation/message_model.h"
#include "ui/viewmodels/conversation/reply_problem.h"
#include "ui/viewmodels/conversation/run_words.h"

namespace deepwell::ui {

int MessageModel::gap(int row) const {
    const MessageRow& here = rows_[static_cast<std::size_t>(row)];
    if (here.kind == RowKind::Note) return 24;
    if (here.kind == RowKind::Question) {
        const bool note = row > 0 && rows_[static_cast<std::size_t>(row) - 1].kind == RowKind::Note;
        return note ? 8 : 24;
    }
    const MessageRow* above = row > 0 ? &rows_[static_cast<std::size_t>(row) - 1] : nullptr;
    switch (here.kind) {
        case RowKind::Thought:
            return 16;
        case RowKind::Foot:
        case RowKind::Problem:
            return above != nullptr && above->kind == RowKind::Thought ? 4 : 16;
        case RowKind::Code:
        case RowKind::Table:
        case RowKind::Formula: {
            // Close to the heading that it belongs to.
            const auto* prose =
                above != nullptr ? std::get_if<app::rendering::Prose>(&above->block) : nullptr;
            const bool heading =
                prose != nullptr && !prose->paragraphs.empty() &&
                prose->paragraphs.back().kind == app::rendering::Paragraph::Kind::Heading;
            return heading ? 2 : 10;
        }
        default:
            break;
    }
    if (above != nullptr && above->kind == RowKind::Thought) return here.in_thought ? 4 : 8;
    if (above != nullptr && above->in_thought && !here.in_thought) return 20;
    return above != nullptr && (above->kind == RowKind::Code || above->kind == RowKind::Table) ? 18
                                                                                               : 12;
}

QString MessageModel::accessibleName(int row) const {
    const MessageRow& here = rows_[static_cast<std::size_t>(row)];
    const std::size_t at = entryOf(here.message);
    if (at == kNone || static_cast<std::size_t>(row) != firstRow(at)) return {};
    const MessageEntry& entry = entries_[at];
    int number = 0;
    int total = 0;
    for (std::size_t i = 0; i < entries_.size(); ++i) {
        if (entries_[i].reply() != entry.reply()) continue;
        ++total;
        if (i <= at) ++number;
    }
    QString name =
        (entry.reply() ? tr("Answer %1 of %2") : tr("Question %1 of %2")).arg(number).arg(total);
    if (entry.versions > 1) {
        name += tr(", version %1 of %2").arg(entry.version + 1).arg(entry.versions);
    }
    return name;
}

QVariant MessageModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= count()) return {};
    const MessageRow& row = rows_[static_cast<std::size_t>(index.row())];
    const std::size_t at = entryOf(row.message);
    if (at == kNone) return {};
    const MessageEntry& entry = entries_[at];
    const bool last = at + 1 == entries_.size();
    const bool unfinished = entry.message.state == app::MessageState::Stopped ||
                            entry.message.state == app::MessageState::Interrupted;
    switch (role) {
        case Kind:
            return row_kind_name(row.kind);
        case MessageId:
            return QString::fromStdString(row.message);
        case BlockValue:
            if (row.kind == RowKind::Problem) return reply_problem(entry.message, entry.loop);
            return QVariant::fromValue(row.block);
        case QuestionText:
            return row.kind == RowKind::Question ? QString::fromStdString(entry.message.answer)
                                                 : QString();
        case Thought:
            return QVariant::fromValue(entry.thought.get());
        case InThought:
            return row.in_thought;
        case Wrap:
            return row.wrap;
        case Unfolded:
            return row.unfolded;
        case Gap:
            return gap(index.row());
        case Indent: {
            int depth = 0;
            if (const auto* code = std::get_if<app::rendering::Code>(&row.block)) {
                depth = code->list_depth;
            } else if (const auto* table = std::get_if<app::rendering::Table>(&row.block)) {
                depth = table->list_depth;
            }
            return depth * 24;
        }
        case StateText:
            if (row.kind == RowKind::Note) return left_out_text(entry.left_out);
            return row.kind == RowKind::Foot ? ended_text(entry.message) : QString();
        case StateIcon:
            return ended_icon(entry.message);
        case CanContinue:
            return last && unfinished && !ended_text(entry.message).isEmpty();
        case CanAnswerNow:
            return last && unfinished && entry.message.answer.empty() && entry.thought &&
                   entry.thought->hasText();
        case LastReply:
            return last && entry.reply();
        case VersionIndex:
            return entry.version;
        case VersionCount:
            return entry.versions;
        case Statistics:
            return row.kind == RowKind::Foot ? statistics_text(entry.message) : QString();
        case AccessibleName:
            return accessibleName(index.row());
        case Editing:
            return !editing_.empty() && entry.message.id == editing_;
        default:
            return {};
    }
}

QHash<int, QByteArray> MessageModel::roleNames() const {
    return {{Kind, "kind"},
            {MessageId, "messageId"},
            {BlockValue, "block"},
            {QuestionText, "questionText"},
            {Thought, "thought"},
            {InThought, "inThought"},
            {Wrap, "wrap"},
            {Unfolded, "unfolded"},
            {Gap, "gap"},
            {Indent, "indent"},
            {StateText, "stateText"},
            {StateIcon, "stateIcon"},
            {CanContinue, "canContinue"},
            {CanAnswerNow, "canAnswerNow"},
            {LastReply, "lastReply"},
            {VersionIndex, "versionIndex"},
            {VersionCount, "versionCount"},
            {Statistics, "statistics"},
            {AccessibleName, "accessibleName"},
            {Editing, "editing"}};
}

}  // namespace deepwell::ui
