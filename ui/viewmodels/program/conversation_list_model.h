// The sidebar: conversations, pinned first, then by day, each with its state.
#pragma once

#include <QtQml/qqmlregistration.h>

#include <QtCore/QAbstractListModel>
#include <QtCore/QTimer>
#include <vector>

#include "app/conversations/day_groups.h"
#include "ui/viewmodels/services.h"

namespace deepwell::ui {

class ConversationListModel : public QAbstractListModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by ApplicationModel")
    Q_PROPERTY(QString currentId READ currentId NOTIFY currentChanged)
    Q_PROPERTY(int currentRow READ currentRow NOTIFY currentChanged)

public:
    enum Role { Id = Qt::UserRole + 1, Title, Group, RunState, Pinned, AccessibleName };

    explicit ConversationListModel(const Services& services, QObject* parent = nullptr);

    void reload();
    void setCurrent(const QString& id);
    QString currentId() const { return current_; }
    int currentRow() const { return rowOf(current_); }
    // The neighbour in the list; empty: none.
    QString neighbour(const QString& id, int step) const;
    QString titleOf(const QString& id) const;

    Q_INVOKABLE void rename(const QString& id, const QString& title);
    Q_INVOKABLE void setPinned(const QString& id, bool pinned);

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;

signals:
    void currentChanged();
    void loaded();

private:
    struct Row {
        app::ConversationRow value;
        QString group;
        QString state;
        bool operator==(const Row&) const = default;
    };
    int rowOf(const QString& id) const;
    void take(std::vector<app::ConversationRow> rows);
    void refreshStates();
    QString stateOf(const app::ConversationRow& row) const;
    QString groupName(const app::DayGroup& group) const;

    Services services_;
    std::vector<Row> rows_;
    QString current_;
    QTimer reload_timer_;
};

}  // namespace deepwell::ui
