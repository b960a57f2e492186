#include "ui/viewmodels/conversation/message_entry.h"

#include "ui/viewmodels/conversation/reply_problem.h"

namespace deepwell::ui {

using namespace app::rendering;

QString row_kind_name(RowKind kind) {
    switch (kind) {
        case RowKind::Note:
            return QStringLiteral("note");
        case RowKind::Question:
            return QStringLiteral("question");
        case RowKind::Thought:
            return QStringLiteral("thought");
        case RowKind::Prose:
            return QStringLiteral("prose");
        case RowKind::Code:
            return QStringLiteral("code");
        case RowKind::Table:
            return QStringLiteral("table");
        case RowKind::Formula:
            return QStringLiteral("formula");
        case RowKind::Rule:
            return QStringLiteral("rule");
        case RowKind::Problem:
            return QStringLiteral("problem");
        case RowKind::Foot:
            break;
    }
    return QStringLiteral("foot");
}

RowKind row_kind_of(const Block& block) {
    static constexpr RowKind kKinds[] = {RowKind::Prose, RowKind::Code, RowKind::Table,
                                         RowKind::Formula, RowKind::Rule};
    return kKinds[block.index()];
}

std::vector<MessageRow> MessageEntry::rows() const {
    std::vector<MessageRow> rows;
    if (!reply()) {
        if (left_out > 0) rows.push_back({RowKind::Note, message.id, false, Rule{}, false, false});
        rows.push_back({RowKind::Question, message.id, false, Rule{}, false, false});
        return rows;
    }
    if (!running || thought_due) {
        rows.push_back({RowKind::Thought, message.id, false, Rule{}, false, false});
        if (thought && !thought->folded() && !thought->asText()) {
            for (const Block& block : thought_blocks) {
                rows.push_back({row_kind_of(block), message.id, true, block, false, false});
            }
        }
    }
    for (const Block& block : answer) {
        rows.push_back({row_kind_of(block), message.id, false, block, false, false});
    }
    // Not before the words above it.
    if (!running && (message.answer.empty() || !answer.empty())) {
        if (!problem_dismissed && reply_problem(message, loop).isValid()) {
            rows.push_back({RowKind::Problem, message.id, false, Rule{}, false, false});
        }
        rows.push_back({RowKind::Foot, message.id, false, Rule{}, false, false});
    }
    return rows;
}

}  // namespace deepwell::ui
