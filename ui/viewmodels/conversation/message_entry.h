// One message of the path that is shown, and the rows of the list that it makes.
#pragma once

#include <QtCore/QVariant>
#include <memory>
#include <vector>

#include "app/conversations/message.h"
#include "app/rendering/block.h"
#include "ui/viewmodels/conversation/thought_model.h"

namespace deepwell::ui {

enum class RowKind { Note, Question, Thought, Prose, Code, Table, Formula, Rule, Problem, Foot };
QString row_kind_name(RowKind kind);
RowKind row_kind_of(const app::rendering::Block& block);

struct MessageRow {
    RowKind kind = RowKind::Foot;
    app::MessageId message;
    bool in_thought = false;
    app::rendering::Block block = app::rendering::Rule{};
    bool wrap = false;
    bool unfolded = false;

    // A row that can become the other by changing its block.
    bool same_place(const MessageRow& other) const {
        return kind == other.kind && in_thought == other.in_thought && message == other.message;
    }
    bool same(const MessageRow& other) const { return same_place(other) && block == other.block; }
};

struct MessageEntry {
    app::Message message;
    int version = 0;
    int versions = 1;
    std::unique_ptr<ThoughtModel, void (*)(ThoughtModel*)> thought{nullptr, nullptr};
    app::rendering::Blocks answer;
    app::rendering::Blocks thought_blocks;
    bool unparsed = false;  // its answer is being parsed for the first time
    bool running = false;
    bool thought_due = false;  // while it runs: the thought, or its absence, is known
    bool problem_dismissed = false;
    std::string loop;
    std::size_t left_out = 0;  // a question: messages that do not go along from here on

    bool reply() const { return message.role == app::Role::Assistant; }
    std::vector<MessageRow> rows() const;
};

}  // namespace deepwell::ui
