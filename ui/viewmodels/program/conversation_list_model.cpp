#include "ui/viewmodels/program/conversation_list_model.h"

#include <QtCore/QDateTime>
#include <QtCore/QLocale>
#include <algorithm>
#include <string_view>
#include <unordered_set>

namespace deepwell::ui {

ConversationListModel::ConversationListModel(const Services& services, QObject* parent)
    : QAbstractListModel(parent), services_(services) {
    // Several changes in one turn (a question, its reply, a title) are one reading.
    reload_timer_.setSingleShot(true);
    reload_timer_.setInterval(20);
    connect(&reload_timer_, &QTimer::timeout, this, &ConversationListModel::reload);
    const auto soon = [this] {
        if (!reload_timer_.isActive()) reload_timer_.start();
    };
    connect(&services_.store, &app::Store::conversationChanged, this, soon);
    connect(&services_.store, &app::Store::listChanged, this, soon);
    connect(&services_.generation, &app::GenerationService::replyChanged, this,
            &ConversationListModel::refreshStates);
    connect(&services_.generation, &app::GenerationService::replyEnded, this,
            [this, soon](const std::string& id) {
                if (current_.toStdString() != id) services_.store.set_unread(id, true, {});
                refreshStates();
                soon();
            });
}

void ConversationListModel::reload() {
    services_.store.list({}, app::Done<std::vector<app::ConversationRow>>(
                                 this, [this](app::Result<std::vector<app::ConversationRow>> rows) {
                                     if (rows) take(std::move(*rows));
                                     emit loaded();
                                 }));
}

QString ConversationListModel::groupName(const app::DayGroup& group) const {
    switch (group.kind) {
        case app::DayGroup::Kind::Pinned:
            return tr("Pinned");
        case app::DayGroup::Kind::Today:
            return tr("Today");
        case app::DayGroup::Kind::Yesterday:
            return tr("Yesterday");
        case app::DayGroup::Kind::EarlierThisWeek:
            return tr("Earlier this week");
        case app::DayGroup::Kind::Month:
            break;
    }
    const QString month = QLocale(QLocale::English).standaloneMonthName(group.month);
    return group.year == QDate::currentDate().year()
               ? month
               : QStringLiteral("%1 %2").arg(month).arg(group.year);
}

QString ConversationListModel::stateOf(const app::ConversationRow& row) const {
    if (const app::LiveReply* live = services_.generation.live(row.id);
        live != nullptr && live->running()) {
        const bool waits = live->phase == app::Phase::Queued || live->phase == app::Phase::Saving;
        return waits && live->ahead > 0 ? QStringLiteral("waiting") : QStringLiteral("running");
    }
    if (row.unread && row.id != current_.toStdString()) return QStringLiteral("unread");
    if (row.last_state == app::MessageState::Interrupted) return QStringLiteral("interrupted");
    return QStringLiteral("idle");
}

// The new rows against those that stand: moved, changed, come and gone ones by themselves, so that
// the list keeps its place.
void ConversationListModel::take(std::vector<app::ConversationRow> values) {
    const auto groups =
        app::day_groups(values, services_.clock.now_ms(), QTimeZone::systemTimeZone());
    std::vector<Row> wanted;
    for (std::size_t i = 0; i < values.size(); ++i) {
        wanted.push_back({std::move(values[i]), groupName(groups[i]), {}});
        wanted.back().state = stateOf(wanted.back().value);
    }
    std::unordered_set<std::string_view> ids;
    for (const Row& row : wanted) ids.insert(row.value.id);
    for (std::size_t i = rows_.size(); i-- > 0;) {
        if (ids.count(rows_[i].value.id) > 0) continue;
        beginRemoveRows({}, static_cast<int>(i), static_cast<int>(i));
        rows_.erase(rows_.begin() + static_cast<std::ptrdiff_t>(i));
        endRemoveRows();
    }
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        const int here = static_cast<int>(i);
        // What comes behind all that stands comes at once.
        if (i == rows_.size()) {
            beginInsertRows({}, here, static_cast<int>(wanted.size()) - 1);
            rows_.insert(rows_.end(), wanted.begin() + here, wanted.end());
            endInsertRows();
            break;
        }
        const auto found = std::find_if(rows_.begin() + here, rows_.end(), [&](const Row& row) {
            return row.value.id == wanted[i].value.id;
        });
        if (found == rows_.end()) {
            beginInsertRows({}, here, here);
            rows_.insert(rows_.begin() + here, wanted[i]);
            endInsertRows();
            continue;
        }
        const int from = static_cast<int>(found - rows_.begin());
        if (from != here) {
            beginMoveRows({}, from, from, {}, here);
            std::rotate(rows_.begin() + here, found, found + 1);
            endMoveRows();
        }
        if (!(rows_[i] == wanted[i])) {
            rows_[i] = wanted[i];
            emit dataChanged(index(here), index(here));
        }
    }
    emit currentChanged();
}

void ConversationListModel::refreshStates() {
    for (std::size_t i = 0; i < rows_.size(); ++i) {
        QString state = stateOf(rows_[i].value);
        if (state == rows_[i].state) continue;
        rows_[i].state = state;
        const QModelIndex at = index(static_cast<int>(i));
        emit dataChanged(at, at, {RunState, AccessibleName});
    }
}

void ConversationListModel::setCurrent(const QString& id) {
    if (current_ == id) return;
    current_ = id;
    refreshStates();
    emit currentChanged();
}

int ConversationListModel::rowOf(const QString& id) const {
    const std::string wanted = id.toStdString();
    for (std::size_t i = 0; i < rows_.size(); ++i) {
        if (rows_[i].value.id == wanted) return static_cast<int>(i);
    }
    return -1;
}

QString ConversationListModel::neighbour(const QString& id, int step) const {
    if (rows_.empty()) return {};
    const int here = rowOf(id);
    const int wanted = here < 0 ? (step > 0 ? 0 : static_cast<int>(rows_.size()) - 1) : here + step;
    if (wanted < 0 || wanted >= static_cast<int>(rows_.size())) return {};
    return QString::fromStdString(rows_[static_cast<std::size_t>(wanted)].value.id);
}

QString ConversationListModel::titleOf(const QString& id) const {
    const int row = rowOf(id);
    return row < 0 ? QString()
                   : QString::fromStdString(rows_[static_cast<std::size_t>(row)].value.title);
}

void ConversationListModel::rename(const QString& id, const QString& title) {
    services_.store.rename(id.toStdString(), title.trimmed().toStdString(), app::TitleSource::User,
                           {});
}

void ConversationListModel::setPinned(const QString& id, bool pinned) {
    services_.store.set_pinned(id.toStdString(), pinned, {});
}

int ConversationListModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(rows_.size());
}

QVariant ConversationListModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= rowCount()) return {};
    const Row& row = rows_[static_cast<std::size_t>(index.row())];
    const QString title =
        row.value.title.empty() ? tr("New conversation") : QString::fromStdString(row.value.title);
    switch (role) {
        case Id:
            return QString::fromStdString(row.value.id);
        case Title:
            return title;
        case Group:
            return row.group;
        case RunState:
            return row.state;
        case Pinned:
            return row.value.pinned;
        case AccessibleName: {
            QString name = title + ", " + row.group.toLower();
            if (row.state == QLatin1String("running")) name += tr(", reply running");
            if (row.state == QLatin1String("waiting")) name += tr(", waiting");
            if (row.state == QLatin1String("unread")) name += tr(", unread reply");
            if (row.state == QLatin1String("interrupted")) name += tr(", interrupted");
            return name;
        }
        default:
            return {};
    }
}

QHash<int, QByteArray> ConversationListModel::roleNames() const {
    return {{Id, "conversationId"}, {Title, "title"},   {Group, "group"},
            {RunState, "runState"}, {Pinned, "pinned"}, {AccessibleName, "accessibleName"}};
}

}  // namespace deepwell::ui
