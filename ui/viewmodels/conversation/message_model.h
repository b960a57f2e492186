// The messages of the path that is shown, flat: a row a block (question, thought, prose, code,
// table, formula, rule, problem, foot). Equal blocks are not touched when an answer grows.
#pragma once

#include <QtQml/qqmlregistration.h>

#include <QtCore/QAbstractListModel>
#include <vector>

#include "app/base/settings.h"
#include "app/generation/live_reply.h"
#include "ui/viewmodels/conversation/block_parser.h"
#include "ui/viewmodels/conversation/message_entry.h"

namespace deepwell::ui {

// A message of a path, with its place among its versions.
struct PathMessage {
    app::Message message;
    int version = 0;
    int versions = 1;
};

class MessageModel : public QAbstractListModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by ConversationModel")
    Q_PROPERTY(int count READ count NOTIFY countChanged)

public:
    enum Role {
        Kind = Qt::UserRole + 1,
        MessageId,
        BlockValue,
        QuestionText,
        Thought,
        InThought,
        Wrap,
        Unfolded,
        Gap,
        Indent,
        StateText,
        StateIcon,
        CanContinue,
        CanAnswerNow,
        LastReply,
        VersionIndex,
        VersionCount,
        Statistics,
        AccessibleName,
        Editing
    };

    explicit MessageModel(QObject* parent = nullptr);
    ~MessageModel() override;

    // Shows this path. Messages that stand at the same place with the same words keep their rows;
    // answers are parsed in the background, shown() tells when all rows are there.
    void show(const std::vector<PathMessage>& path);
    // A reply of the path runs, or has just ended.
    void follow(const app::LiveReply& reply, app::Milliseconds now);
    void tick(app::Milliseconds now);
    void setThoughtView(app::ThoughtView view) { thought_view_ = view; }
    // Which question is a field now; empty: none.
    void setEditing(const app::MessageId& question);

    const app::Message* find(const app::MessageId& id) const;
    const app::Message* lastReply() const;
    const app::Message* lastQuestion() const;
    int count() const { return static_cast<int>(rows_.size()); }

    Q_INVOKABLE void toggleFold(const QString& message);
    // The list tells whether it follows its end: only then a thought folds by itself at once.
    Q_INVOKABLE void applyFold(bool following);
    Q_INVOKABLE void setWrap(int row, bool wrap);
    Q_INVOKABLE void unfold(int row);
    Q_INVOKABLE void copy(const QString& message);
    Q_INVOKABLE void copyMarkdown(const QString& message);
    Q_INVOKABLE void dismissProblem(const QString& message);
    Q_INVOKABLE QString questionOf(const QString& reply) const;
    // The row where the message before or after that of `row` begins; -1: none.
    Q_INVOKABLE int messageRow(int row, int step) const;
    Q_INVOKABLE int firstRowOf(const QString& message) const;
    void toggleAllThoughts();
    void toggleLastThought();

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;

signals:
    void countChanged();
    void copied();
    // An answer began: its thought would fold by itself.
    void foldDue();
    void shown();

private:
    static constexpr std::size_t kNone = static_cast<std::size_t>(-1);

    std::size_t entryOf(const app::MessageId& id) const;
    std::size_t firstRow(std::size_t entry) const;
    void syncRows(std::size_t entry);
    void dropFrom(std::size_t entry);
    void refresh(std::size_t entry, const QList<int>& roles = {});
    void parse(const MessageEntry& entry);
    void parseThought(const MessageEntry& entry);
    void takeBlocks(const QString& key, const app::rendering::Blocks& blocks);
    void takeOver(std::size_t at, const PathMessage& message);
    bool anyUnparsed() const;
    void syncAll();
    void findLeftOut();
    MessageEntry makeEntry(const PathMessage& message);
    int gap(int row) const;
    QString accessibleName(int row) const;

    BlockParser parser_;
    std::vector<MessageEntry> entries_;
    std::vector<MessageRow> rows_;
    std::vector<std::size_t> row_counts_;  // of each entry
    app::MessageId editing_;
    app::ThoughtView thought_view_ = app::ThoughtView::Follow;
    bool fold_waits_ = false;
};

}  // namespace deepwell::ui
