#include "ui/viewmodels/conversation/message_model.h"

#include <QtCore/QTimer>
#include <QtGui/QClipboard>
#include <QtGui/QGuiApplication>
#include <algorithm>

#include "app/rendering/markdown.h"
#include "ui/viewmodels/conversation/run_words.h"

namespace deepwell::ui {
namespace {

const QString kThoughtKey = QStringLiteral("/thought");

// The list may still hold a delegate that looks at it.
void forget_later(ThoughtModel* thought) {
    QTimer::singleShot(2000, thought, [thought] { thought->deleteLater(); });
}

bool same_words(const app::Message& a, const app::Message& b) {
    return a.id == b.id && a.answer == b.answer && a.state == b.state && a.thought == b.thought &&
           a.statistics == b.statistics;
}

}  // namespace

MessageModel::MessageModel(QObject* parent) : QAbstractListModel(parent) {
    connect(&parser_, &BlockParser::parsed, this, &MessageModel::takeBlocks);
}

MessageModel::~MessageModel() = default;

MessageEntry MessageModel::makeEntry(const PathMessage& message) {
    MessageEntry entry;
    entry.message = message.message;
    entry.version = message.version;
    entry.versions = message.versions;
    if (entry.reply()) {
        entry.thought = {new ThoughtModel(this), &forget_later};
        entry.thought->show(entry.message);
        if (thought_view_ == app::ThoughtView::Open) entry.thought->openByItself();
    }
    return entry;
}

void MessageModel::show(const std::vector<PathMessage>& path) {
    std::size_t equal = 0;
    while (equal < entries_.size() && equal < path.size() &&
           entries_[equal].message.id == path[equal].message.id) {
        takeOver(equal, path[equal]);
        ++equal;
    }
    dropFrom(equal);
    for (std::size_t i = equal; i < path.size(); ++i) {
        entries_.push_back(makeEntry(path[i]));
        row_counts_.push_back(0);
        MessageEntry& entry = entries_.back();
        if (entry.reply() && !entry.message.answer.empty()) {
            entry.unparsed = true;
            parse(entry);
        }
        if (entry.reply() && !entry.thought->folded()) parseThought(entry);
    }
    findLeftOut();
    // Rows come once the answers are parsed, so that nothing grows before the reader's eyes.
    if (!anyUnparsed()) syncAll();
}

// A message that stands already keeps its rows, and all of itself while it runs: what is on disk is
// older than what is shown.
void MessageModel::takeOver(std::size_t at, const PathMessage& message) {
    MessageEntry& entry = entries_[at];
    if (entry.version != message.version || entry.versions != message.versions) {
        entry.version = message.version;
        entry.versions = message.versions;
        refresh(at, {VersionIndex, VersionCount});
    }
    if (entry.running || same_words(entry.message, message.message)) return;
    const bool other_answer = entry.message.answer != message.message.answer;
    entry.message = message.message;
    if (entry.reply()) {
        entry.thought->show(entry.message);
        if (other_answer) parse(entry);
    }
    refresh(at);
}

bool MessageModel::anyUnparsed() const {
    return std::any_of(entries_.begin(), entries_.end(),
                       [](const MessageEntry& entry) { return entry.unparsed; });
}

// A question from which on more messages are left out than before says so above it.
void MessageModel::findLeftOut() {
    std::size_t before = 0;
    for (std::size_t i = 1; i < entries_.size(); ++i) {
        const auto& generation = entries_[i].message.generation;
        if (!entries_[i].reply() || !generation || !generation->prompt) continue;
        const std::size_t now = generation->prompt->dropped_messages.size();
        MessageEntry& question = entries_[i - 1];
        const std::size_t left_out = now > before ? now : 0;
        before = now;
        if (question.reply() || question.left_out == left_out) continue;
        question.left_out = left_out;
        if (!anyUnparsed()) syncRows(i - 1);
    }
}

void MessageModel::syncAll() {
    for (std::size_t i = 0; i < entries_.size(); ++i) syncRows(i);
    emit shown();
}

void MessageModel::parse(const MessageEntry& entry) {
    parser_.request(QString::fromStdString(entry.message.id),
                    QString::fromStdString(entry.message.answer), entry.running);
}

void MessageModel::parseThought(const MessageEntry& entry) {
    if (!entry.message.thought || entry.message.thought->text.empty()) return;
    parser_.request(QString::fromStdString(entry.message.id) + kThoughtKey,
                    QString::fromStdString(entry.message.thought->text), false);
}

void MessageModel::takeBlocks(const QString& key, const app::rendering::Blocks& blocks) {
    const bool thought = key.endsWith(kThoughtKey);
    const QString id = thought ? key.chopped(kThoughtKey.size()) : key;
    const std::size_t at = entryOf(id.toStdString());
    if (at == kNone) return;
    (thought ? entries_[at].thought_blocks : entries_[at].answer) = blocks;
    const bool first = !thought && std::exchange(entries_[at].unparsed, false);
    if (anyUnparsed()) return;
    if (first) {
        syncAll();
    } else {
        syncRows(at);
    }
}

void MessageModel::follow(const app::LiveReply& reply, app::Milliseconds now) {
    const std::size_t at = entryOf(reply.ref.message);
    if (at == kNone) return;
    MessageEntry& entry = entries_[at];
    const bool was_running = entry.running;
    const bool was_thinking = entry.thought->running();
    const bool answer_grew = entry.message.answer != reply.message.answer;
    entry.message = reply.message;
    entry.running = reply.running();
    entry.loop = reply.loop;
    entry.thought->follow(reply, now);
    if (!entry.running && was_running) entry.thought->show(entry.message);
    entry.thought_due = entry.thought->running() || entry.thought->hasText() ||
                        reply.phase == app::Phase::Answering;
    if (entry.thought->running() && !was_thinking && thought_view_ != app::ThoughtView::Folded) {
        entry.thought->openByItself();
    }
    if (was_thinking && !entry.thought->running() && thought_view_ == app::ThoughtView::Follow &&
        !entry.thought->touched()) {
        fold_waits_ = true;
        emit foldDue();
    }
    if (answer_grew || (was_running && !entry.running)) parse(entry);
    if (!anyUnparsed()) syncRows(at);
    if (was_running != entry.running) refresh(at);
    findLeftOut();
}

void MessageModel::tick(app::Milliseconds now) {
    for (const MessageEntry& entry : entries_) {
        if (entry.running) entry.thought->tick(now);
    }
}

void MessageModel::applyFold(bool following) {
    if (!fold_waits_ || !following) return;
    fold_waits_ = false;
    for (std::size_t i = 0; i < entries_.size(); ++i) {
        if (!entries_[i].thought || entries_[i].thought->running()) continue;
        if (!entries_[i].thought->asText()) continue;
        entries_[i].thought->foldByItself();
        syncRows(i);
    }
}

void MessageModel::toggleFold(const QString& message) {
    const std::size_t at = entryOf(message.toStdString());
    if (at == kNone || !entries_[at].thought) return;
    MessageEntry& entry = entries_[at];
    entry.thought->toggleFold();
    if (!entry.thought->folded() && !entry.thought->asText() && entry.thought_blocks.empty()) {
        parseThought(entry);
    }
    syncRows(at);
}

void MessageModel::toggleLastThought() {
    for (auto entry = entries_.rbegin(); entry != entries_.rend(); ++entry) {
        if (entry->thought && entry->thought->hasText()) {
            toggleFold(QString::fromStdString(entry->message.id));
            return;
        }
    }
}

void MessageModel::toggleAllThoughts() {
    const bool any_open = std::any_of(entries_.begin(), entries_.end(), [](const MessageEntry& e) {
        return e.thought && e.thought->hasText() && !e.thought->folded();
    });
    for (const MessageEntry& entry : entries_) {
        if (entry.thought && entry.thought->hasText() && entry.thought->folded() != any_open) {
            toggleFold(QString::fromStdString(entry.message.id));
        }
    }
}

void MessageModel::setEditing(const app::MessageId& question) {
    const app::MessageId before = editing_;
    editing_ = question;
    for (const auto& id : {before, question}) {
        const std::size_t at = entryOf(id);
        if (at != kNone) refresh(at, {Editing});
    }
}

void MessageModel::setWrap(int row, bool wrap) {
    if (row < 0 || row >= count()) return;
    rows_[static_cast<std::size_t>(row)].wrap = wrap;
    emit dataChanged(index(row), index(row), {Wrap});
}

void MessageModel::unfold(int row) {
    if (row < 0 || row >= count()) return;
    rows_[static_cast<std::size_t>(row)].unfolded = true;
    emit dataChanged(index(row), index(row), {Unfolded});
}

void MessageModel::copy(const QString& message) {
    const std::size_t at = entryOf(message.toStdString());
    if (at == kNone) return;
    const MessageEntry& entry = entries_[at];
    QGuiApplication::clipboard()->setText(entry.reply()
                                              ? app::rendering::plain_text(entry.answer)
                                              : QString::fromStdString(entry.message.answer));
    emit copied();
}

void MessageModel::copyMarkdown(const QString& message) {
    const app::Message* found = find(message.toStdString());
    if (found == nullptr) return;
    QGuiApplication::clipboard()->setText(QString::fromStdString(found->answer));
    emit copied();
}

void MessageModel::dismissProblem(const QString& message) {
    const std::size_t at = entryOf(message.toStdString());
    if (at == kNone) return;
    entries_[at].problem_dismissed = true;
    syncRows(at);
}

QString MessageModel::questionOf(const QString& reply) const {
    const app::Message* found = find(reply.toStdString());
    return found != nullptr && found->parent ? QString::fromStdString(*found->parent) : QString();
}

int MessageModel::messageRow(int row, int step) const {
    if (rows_.empty()) return -1;
    const auto at = static_cast<std::size_t>(std::clamp(row, 0, count() - 1));
    const std::size_t entry = entryOf(rows_[at].message);
    if (entry == kNone) return -1;
    // Up from the middle of a message goes to its beginning first.
    const std::size_t first = firstRow(entry);
    if (step < 0 && at > first) return static_cast<int>(first);
    const auto wanted = static_cast<std::ptrdiff_t>(entry) + step;
    if (wanted < 0 || wanted >= static_cast<std::ptrdiff_t>(entries_.size())) return -1;
    return static_cast<int>(firstRow(static_cast<std::size_t>(wanted)));
}

int MessageModel::firstRowOf(const QString& message) const {
    const std::size_t at = entryOf(message.toStdString());
    return at == kNone || row_counts_[at] == 0 ? -1 : static_cast<int>(firstRow(at));
}

const app::Message* MessageModel::find(const app::MessageId& id) const {
    const std::size_t at = entryOf(id);
    return at == kNone ? nullptr : &entries_[at].message;
}

const app::Message* MessageModel::lastReply() const {
    for (auto entry = entries_.rbegin(); entry != entries_.rend(); ++entry) {
        if (entry->reply()) return &entry->message;
    }
    return nullptr;
}

const app::Message* MessageModel::lastQuestion() const {
    for (auto entry = entries_.rbegin(); entry != entries_.rend(); ++entry) {
        if (!entry->reply()) return &entry->message;
    }
    return nullptr;
}

std::size_t MessageModel::entryOf(const app::MessageId& id) const {
    for (std::size_t i = entries_.size(); i-- > 0;) {
        if (entries_[i].message.id == id) return i;
    }
    return kNone;
}

std::size_t MessageModel::firstRow(std::size_t entry) const {
    std::size_t row = 0;
    for (std::size_t i = 0; i < entry; ++i) row += row_counts_[i];
    return row;
}

void MessageModel::dropFrom(std::size_t entry) {
    if (entry >= entries_.size()) return;
    for (std::size_t i = entry; i < entries_.size(); ++i) {
        parser_.forget(QString::fromStdString(entries_[i].message.id));
        parser_.forget(QString::fromStdString(entries_[i].message.id) + kThoughtKey);
    }
    const std::size_t first = firstRow(entry);
    const bool rows_go = first < rows_.size();
    if (rows_go) beginRemoveRows({}, static_cast<int>(first), count() - 1);
    rows_.resize(first);
    row_counts_.resize(entry);
    entries_.erase(entries_.begin() + static_cast<std::ptrdiff_t>(entry), entries_.end());
    if (rows_go) {
        endRemoveRows();
        emit countChanged();
    }
}

// Brings the rows of one message to what they should be: equal ones in front and at the end stay,
// the same kind at the same place is updated, the rest is taken out and put in.
void MessageModel::syncRows(std::size_t entry) {
    std::vector<MessageRow> wanted = entries_[entry].rows();
    const std::size_t first = firstRow(entry);
    const std::size_t have = row_counts_[entry];
    std::size_t front = 0;
    while (front < have && front < wanted.size() &&
           rows_[first + front].same_place(wanted[front])) {
        MessageRow& row = rows_[first + front];
        if (!(row.block == wanted[front].block)) {
            row.block = std::move(wanted[front].block);
            const int at = static_cast<int>(first + front);
            emit dataChanged(index(at), index(at), {BlockValue});
        }
        ++front;
    }
    std::size_t back = 0;
    while (back < have - front && back < wanted.size() - front &&
           rows_[first + have - 1 - back].same(wanted[wanted.size() - 1 - back])) {
        ++back;
    }
    const std::size_t gone = have - front - back;
    const std::size_t come = wanted.size() - front - back;
    const std::size_t at = first + front;
    if (gone > 0) {
        beginRemoveRows({}, static_cast<int>(at), static_cast<int>(at + gone) - 1);
        const auto from = rows_.begin() + static_cast<std::ptrdiff_t>(at);
        rows_.erase(from, from + static_cast<std::ptrdiff_t>(gone));
        row_counts_[entry] -= gone;
        endRemoveRows();
    }
    if (come > 0) {
        beginInsertRows({}, static_cast<int>(at), static_cast<int>(at + come) - 1);
        rows_.insert(
            rows_.begin() + static_cast<std::ptrdiff_t>(at),
            std::make_move_iterator(wanted.begin() + static_cast<std::ptrdiff_t>(front)),
            std::make_move_iterator(wanted.begin() + static_cast<std::ptrdiff_t>(front + come)));
        row_counts_[entry] += come;
        endInsertRows();
    }
    if (gone != come) emit countChanged();
}

void MessageModel::refresh(std::size_t entry, const QList<int>& roles) {
    if (row_counts_[entry] == 0) return;
    const int first = static_cast<int>(firstRow(entry));
    emit dataChanged(index(first), index(first + static_cast<int>(row_counts_[entry]) - 1), roles);
}

int MessageModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : count();
}

}  // namespace deepwell::ui
